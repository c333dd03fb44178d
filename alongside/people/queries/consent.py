from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import (
    ConsentEvent,
    ConsentText,
    Participant,
    Person,
    Purpose,
    StandingConsent,
)
from alongside.people.queries.firewall import works_with_person


def consent_text_for(study: Study, pk: UUID) -> ConsentText:
    text = ConsentText.objects.filter(study=study, pk=pk).first()
    if text is None:
        raise Http404(NOT_HERE)
    return text


def permits(person: Person, purpose: str, at: datetime | None = None) -> bool:
    """Whether `person` agrees to `purpose` at that moment: their latest decision, and absence means no."""
    latest = (
        ConsentEvent.objects.filter(person=person, text__purpose=purpose, at__lte=at or timezone.now())
        .order_by("-at", "-pk")
        .first()
    )
    return latest is not None and latest.permits


def participant_permits(participant: Participant, purpose: str) -> bool:
    """Whether anything new may be asked of the participant for `purpose`."""
    return StandingConsent.objects.filter(participant=participant, purpose=purpose, kept=False).exists()


def permitting(purpose: str) -> QuerySet[StandingConsent, UUID]:
    """Ids of the participants whose words and answers may be used for `purpose`, as a subquery."""
    return StandingConsent.objects.filter(purpose=purpose).values_list("participant_id", flat=True)


def decisions(person: Person, at: datetime | None = None) -> dict[str, ConsentEvent]:
    """The latest decision on each purpose."""
    events = ConsentEvent.objects.filter(person=person, at__lte=at or timezone.now())
    return {e.text.purpose: e for e in events.select_related("text").order_by("at", "pk")}


@dataclass(frozen=True)
class LedgerRow:
    """One purpose: the words in force, and what the person decided last, in the words they were shown."""

    text: ConsentText
    event: ConsentEvent | None

    @property
    def words(self) -> ConsentText:
        return self.event.text if self.event else self.text

    @property
    def is_yes(self) -> bool:
        return self.event is not None and self.event.permits

    @property
    def words_are_newer(self) -> bool:
        """Whether what they said yes to has been put into other words since."""
        return self.is_yes and self.text.version > self.words.version


@dataclass(frozen=True)
class Ledger:
    """What someone may see of a person's decisions; `withheld` says nothing of whether there are any."""

    withheld: bool
    rows: list[LedgerRow] = field(default_factory=list)


def consents_for(user: User | AnonymousUser, person: Person) -> Ledger:
    """A person's decisions, and the same nothing of everybody whom `user` works with."""
    if works_with_person(user, person):
        return Ledger(withheld=True)
    return Ledger(withheld=False, rows=ledger(person))


def ledger(person: Person) -> list[LedgerRow]:
    """Every purpose that has words in this study, in the order in which they are asked."""
    latest = decisions(person)
    return [
        LedgerRow(text, latest.get(text.purpose)) for text in current_texts(person.study, person.language)
    ]


def ledger_row(person: Person, purpose: str) -> LedgerRow:
    row = next((row for row in ledger(person) if row.text.purpose == purpose), None)
    if row is None:
        raise Http404(NOT_HERE)
    return row


def consent_history(person: Person) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(person=person).select_related("text").order_by("-at", "-pk")


def current_texts(study: Study, language: str = settings.LANGUAGE_CODE) -> list[ConsentText]:
    """The newest version of each purpose's text, in the order in which purposes are asked.

    In `language` where there are words in it, else in the language of the installation.
    """
    newest: dict[tuple[str, str], ConsentText] = {}
    texts = ConsentText.objects.filter(study=study, language__in={language, settings.LANGUAGE_CODE})
    for text in texts.order_by("version"):
        newest[text.purpose, text.language] = text
    found = (
        newest.get((purpose, language)) or newest.get((purpose, settings.LANGUAGE_CODE))
        for purpose in Purpose.values
    )
    return [text for text in found if text is not None]


def current_text(study: Study, purpose: str) -> ConsentText | None:
    return next((text for text in current_texts(study) if text.purpose == purpose), None)


def versions(text: ConsentText) -> QuerySet[ConsentText]:
    """Every version of the words for the same purpose in the same language, newest first."""
    same = ConsentText.objects.filter(study=text.study_id, purpose=text.purpose, language=text.language)
    return same.order_by("-version")


def consent_texts(study: Study) -> list[list[ConsentText]]:
    """Every version, newest first, a list for each purpose and language."""
    order = {purpose: place for place, purpose in enumerate(Purpose.values)}
    texts = sorted(
        ConsentText.objects.filter(study=study),
        key=lambda text: (order[text.purpose], text.language, -text.version),
    )
    return [list(versions) for _key, versions in groupby(texts, key=lambda t: (t.purpose, t.language))]
