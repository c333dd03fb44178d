"""What time brings with it: letters that are due, offers that ran out, files whose day is over.

Safe to run at any moment, however often, and twice at once: what is sent is taken first, in a transaction
that the database lets one run win, and nothing is worked out before it is sent.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from alongside.accounts.texting import Texting, texting
from alongside.exchange.people.actions import forget_old_people_files
from alongside.stewardship.noticing import Noticed, notices_due
from alongside.training.actions import (
    begin_tick,
    end_tick,
    forget_applications,
    give_back,
    lapse_offers,
    mark_applicants_written_to,
    mark_sent,
    take_applicant_letters,
    take_reminders,
    tell_of_unsent,
)
from alongside.training.actions.reminders import Taken
from alongside.training.models import Reminder
from alongside.training.queries.reminders import Due, called_off, due
from alongside.training.reaching import reaches

T = TypeVar("T")
log = logging.getLogger(__name__)
BATCH = 500
# So many are marked as sent at a time: what a crash leaves in doubt is no more than this.
MARKED = 50
NAMES = {
    Reminder.Kind.SESSION: "reminders of sessions",
    Reminder.Kind.OFFER: "letters about an offered place",
    Reminder.Kind.PAIR: "letters to the other half of a pair",
}


@dataclass
class Done:
    """What one run did, a line each, and what went wrong."""

    lines: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


@dataclass
class Posted:
    sent: Counter[str] = field(default_factory=Counter)
    by_hand: int = 0
    failed: int = 0


def tick(now: datetime | None = None) -> Done:
    """Do everything that is due. One kind that fails keeps none of the others back."""
    moment = now or timezone.now()
    done = Done()
    begin_tick(now=moment)
    for name, work in STEPS.items():
        try:
            done.lines += work(moment, done)
        # Whatever went wrong with one, the others are due all the same.
        except Exception as trouble:
            log.exception("alongside tick: %s", name)
            done.troubles.append(f"{name}: {trouble}")
    end_tick(now=now)
    return done


def _offers(now: datetime, done: Done) -> list[str]:
    came = lapse_offers(now=now)
    done.troubles += [f"offers of {name}: they could not be ended or made" for name in came.failed]
    return [
        f"{came.offers} offers ran out, {came.questions} questions to pairs ran out,"
        f" {came.offered} places were offered to the next in line."
    ]


def _reminders(now: datetime, done: Done) -> list[str]:
    posted = send_reminders(now)
    if posted.failed:
        done.troubles.append(f"{posted.failed} letters could not be sent. “Messages” on the site names them.")
    lines = [f"{posted.sent[kind]} {name} sent." for kind, name in NAMES.items()]
    return [*lines, f"{posted.by_hand} to be told by hand: “Messages” on the site names them."]


def _applicants(now: datetime, done: Done) -> list[str]:
    connection = get_connection()
    connection.open()
    sent = []
    for taken in take_applicant_letters(now=now):
        written = taken.letter
        try:
            EmailMessage(written.subject, written.words, to=[written.to], connection=connection).send()
        # Any mail backend has its own exceptions.
        except Exception:
            log.exception("A letter to an applicant could not be sent.")
            done.troubles.append("A letter to somebody who asked for a place could not be sent.")
        else:
            sent.append(taken.row.pk)
    mark_applicants_written_to(letters=sent)
    connection.close()
    return [f"{len(sent)} letters to people who asked for a place sent."]


def _unsent(now: datetime, done: Done) -> list[str]:
    unsure = tell_of_unsent(now=now)
    return (
        [f"{unsure} letters of an earlier run may not have gone. They are not sent again."] if unsure else []
    )


def _stewards(now: datetime, done: Done) -> list[str]:
    connection = get_connection()
    sent = sum(_sends(connection, noticed) for noticed in notices_due(now))
    connection.close()
    return [f"{sent} data stewards told that something waits."]


def _tables(now: datetime, done: Done) -> list[str]:
    return [f"{forget_old_people_files()} tables of people thrown away, whose day was over."]


def _applications(now: datetime, done: Done) -> list[str]:
    return [f"{forget_applications(now=now)} applications erased that were answered three months ago."]


STEPS: dict[str, Callable[[datetime, Done], list[str]]] = {
    "offers": _offers,
    "reminders": _reminders,
    "letters to applicants": _applicants,
    "what may not have gone": _unsent,
    "stewards": _stewards,
    "applications": _applications,
    "tables of people": _tables,
}


def send_reminders(now: datetime) -> Posted:
    """Batch by batch: taken in one transaction, then sent over one connection, then marked as sent."""
    posted, post = Posted(), Post()
    off = called_off(now)
    wish_to_know = reaches({each.person for each in off})
    posted.by_hand += sum(each.person in wish_to_know for each in off)
    try:
        for batch in _batches(due(now), BATCH):
            ways = reaches({each.person for each in batch})
            known = [each for each in batch if each.person in ways]
            wanted = [each for each in known if ways[each.person].means]
            posted.by_hand += len(known) - len(wanted)
            if wanted:
                _send_batch(wanted, post, posted, now)
    finally:
        post.close()
    return posted


def _send_batch(wanted: Sequence[Due], post: "Post", posted: Posted, now: datetime) -> None:
    # A mail server that can't be reached is found out before anything is taken.
    post.open()
    left = take_reminders(dues=wanted, now=now)
    while left:
        piece, left = left[:MARKED], left[MARKED:]
        gone: list[UUID] = []
        for place, taken in enumerate(piece):
            try:
                post.send(taken)
            # Any backend, of mail or of text messages, has its own exceptions.
            except Exception:
                log.exception("A letter could not be sent.")
                posted.failed += 1
                if not post.is_there_again():
                    give_back(reminders=[each.reminder.pk for each in [*piece[place + 1 :], *left]])
                    mark_sent(reminders=gone)
                    raise
            else:
                gone.append(taken.reminder.pk)
                posted.sent[taken.reminder.kind] += 1
        mark_sent(reminders=gone)


class Post:
    """One connection for mail and one way for text messages, opened when they are first needed."""

    def __init__(self) -> None:
        self.mail: BaseEmailBackend = get_connection()
        self.texts: Texting | None = None
        self.is_open = False

    def open(self) -> None:
        if not self.is_open:
            self.mail.open()
            self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.mail.close()
            self.is_open = False

    def send(self, taken: Taken) -> None:
        letter = taken.letter
        if taken.reminder.means == Reminder.By.TEXT:
            self.texts = self.texts or texting()
            self.texts.send(letter.to, letter.words)
        else:
            self.mail.send_messages([EmailMessage(letter.subject, letter.words, to=[letter.to])])

    def is_there_again(self) -> bool:
        """After something went wrong: whether the mail server answers to a new connection."""
        try:
            self.close()
            self.open()
        except Exception:
            log.exception("The mail server can't be reached.")
            return False
        return True


def _sends(connection: BaseEmailBackend, noticed: Noticed) -> bool:
    message = EmailMessage(noticed.subject, noticed.words, to=[noticed.to], connection=connection)
    if not message.send():
        return False
    noticed.notice.sent = timezone.now()
    noticed.notice.save(update_fields=["sent"])
    return True


def _batches(things: Iterable[T], size: int) -> Iterator[list[T]]:
    them = iter(things)
    while batch := list(islice(them, size)):
        yield batch
