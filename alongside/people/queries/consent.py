from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import ConsentEvent, ConsentText, Participant, Person, StandingConsent
from alongside.people.queries.firewall import works_with_person
from alongside.people.queries.texts import current_texts


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


def decisions_of(people: Collection[Person], at: datetime) -> dict[UUID, dict[str, ConsentEvent]]:
    """What each of several people had decided last on each purpose by `at`, in one query."""
    found: dict[UUID, dict[str, ConsentEvent]] = {person.pk: {} for person in people}
    events = ConsentEvent.objects.filter(person__in=people, at__lte=at).select_related("text")
    for event in events.order_by("at", "pk"):
        found[event.person_id][event.text.purpose] = event
    return found


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
        """Whether what they said yes to has been put into other words since: by number in one language, by
        day between two, whose numbers say nothing of each other."""
        if self.text.language == self.words.language:
            return self.is_yes and self.text.version > self.words.version
        return self.is_yes and self.text.published > self.words.published


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
