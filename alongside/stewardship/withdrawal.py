"""Stopping: the one walk through every room, in one transaction."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.interviews.models import Interview, Recording, Transcript
from alongside.people.actions import hold_gate, record_consent, revoke_links
from alongside.people.models import ConsentEvent, Person, Purpose
from alongside.people.queries import decisions, is_anonymised, participant_of
from alongside.stewardship.models import FileToErase, Receipt
from alongside.stewardship.rooms import in_analysis, in_followup, in_interviews, in_reporting
from alongside.stewardship.sentences import closing, sentence
from alongside.stewardship.stopped import Stopped
from alongside.vault import files


@transaction.atomic
def stop(*, by: Actor | None, person: Person, purposes: Collection[str] | None = None) -> Receipt | None:
    """End what a person agreed to, all of it or some purposes, as each text promised.

    Returns the receipt; or nothing if there was nothing to stop, as when the same is sent twice.
    """
    hold_gate(person.study_id)
    person = Person.objects.select_for_update().get(pk=person.pk)
    stopping = agreed(person, purposes)
    if not stopping:
        return None
    lines = what_happens(person, stopping)
    for event in stopping.values():
        record_consent(by=by, person=person, text=event.text, decision=ConsentEvent.Decision.STOPPED)
    revoke_links(by=by, person=person, purposes=list(stopping))
    participant = participant_of(person)
    if participant:
        promised = {purpose: event.text.on_stop for purpose, event in stopping.items()}
        stopped = Stopped(participant, promised)
        in_reporting(stopped)
        in_analysis(stopped)
        in_interviews(stopped)
        in_followup(stopped)
    receipt = Receipt.objects.create(person=person, purposes=list(stopping), lines=lines)
    record(by=by, verb="stop", on=receipt, study=person.study_id, fields=["purposes"])
    transaction.on_commit(erase_files)
    return receipt


def agreed(person: Person, purposes: Collection[str] | None = None) -> dict[str, ConsentEvent]:
    """What a stop of `purposes` would end: the standing yes to each, in the order in which they are asked."""
    latest = decisions(person)
    wanted = Purpose.values if purposes is None else [p for p in Purpose.values if p in purposes]
    return {purpose: latest[purpose] for purpose in wanted if purpose in latest and latest[purpose].permits}


def what_happens(person: Person, stopping: dict[str, ConsentEvent]) -> list[str]:
    """In sentences that hold before the stop as a preview, and after it as its receipt."""
    lost = is_anonymised(person.study)
    lines = [sentence(purpose, event.text.on_stop, anonymised=lost) for purpose, event in stopping.items()]
    participant = participant_of(person) if Purpose.INTERVIEW in stopping else None
    booked = Interview.objects.filter(participant=participant, state=Interview.State.BOOKED)
    for interview in booked if participant else []:
        if interview.starts:
            day = date_format(timezone.localtime(interview.starts), "j F Y")
            lines.append(_("The interview on %(day)s is called off.") % {"day": day})
    return [*lines, *closing(stopping)]


def erase_files() -> int:
    """Erase the files that stops gave up and nothing else needs; says how many there were."""
    given_up = list(FileToErase.objects.all())
    for file in given_up:
        needed = (
            Transcript.objects.filter(source_sha256=file.sha256).exclude(source_name=""),
            Recording.objects.filter(sha256=file.sha256),
        )
        if not any(rows.exists() for rows in needed):
            files.erase(file.sha256)
        file.delete()
    return len(given_up)
