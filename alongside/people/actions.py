import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record
from alongside.people.models import (
    GIVES_MATERIAL,
    AccessGrant,
    Adjustment,
    Barrier,
    ConsentEvent,
    ConsentText,
    ContactPoint,
    Identity,
    Pair,
    Participant,
    Person,
    Purpose,
    StandingConsent,
    Standpoint,
    WorkingRelationship,
)
from alongside.people.queries import decisions, participant_of, participants_of, permits, unlinked_members
from alongside.people.tokens import digest, fresh


@transaction.atomic
def add_person(
    *,
    by: Actor | None,
    study: Study,
    name: str,
    time_zone: str = "Europe/London",
    email: str = "",
    phone: str = "",
    user: User | None = None,
    standpoints: Sequence[str] = (),
    own_words: str = "",
) -> Person:
    # Whoever gives the address of a member is that member: the firewall must not wait to be told.
    known = unlinked_members(study).filter(email__iexact=email.strip()).first() if email.strip() else None
    person = Person(study=study, name=name.strip(), time_zone=time_zone, user=user or known)
    person.full_clean()
    person.save()
    given = [(ContactPoint.Kind.EMAIL, email.strip()), (ContactPoint.Kind.PHONE, phone.strip())]
    for place, (kind, value) in enumerate((kind, value) for kind, value in given if value):
        point = ContactPoint(person=person, kind=kind, value=value, preferred=place == 0)
        point.full_clean()
        point.save()
    record(by=by, verb="add_person", on=person, fields=["name", "contact_points"])
    for standpoint in standpoints:
        describe_standpoint(by=by, person=person, kind=standpoint)
    if own_words:
        describe_standpoint(by=by, person=person, kind=Standpoint.Kind.OWN_WORDS, words=own_words)
    return person


@transaction.atomic
def describe_standpoint(
    *, by: Actor | None, person: Person, kind: str, words: str = "", since: date | None = None
) -> Standpoint:
    """Add how the person describes themselves; earlier descriptions stay."""
    standpoint = Standpoint(
        person=person, kind=kind, words=words.strip(), since=since or timezone.localdate()
    )
    standpoint.full_clean()
    standpoint.save()
    record(by=by, verb="describe_standpoint", on=standpoint, study=person.study_id, fields=["kind"])
    return standpoint


@transaction.atomic
def record_adjustment(*, by: Actor | None, person: Person, need: str) -> Adjustment:
    adjustment = Adjustment(person=person, need=need.strip())
    adjustment.full_clean()
    adjustment.save()
    record(by=by, verb="record_adjustment", on=adjustment, study=person.study_id, fields=["need"])
    return adjustment


@transaction.atomic
def record_relationship(
    *, by: Actor | None, one: Person, other: Person, started: date
) -> WorkingRelationship:
    """Note that two people work together, and raise the firewall between them at once."""
    if one.pk == other.pk:
        raise ValidationError(_("A working relationship is between two people; these are the same person."))
    if one.study_id != other.study_id:
        raise ValidationError(_("These two people are in different studies."))
    first, second = sorted((one, other), key=lambda person: person.pk)
    relationship = WorkingRelationship(study=one.study, first=first, second=second, started=started)
    relationship.full_clean()
    relationship.save()
    raise_barriers(first)
    record(by=by, verb="record_relationship", on=relationship, fields=["first", "second", "started"])
    return relationship


@transaction.atomic
def confirm_relationship(*, by: Actor | None, relationship: WorkingRelationship, person: Person) -> None:
    """One half says that it is so. The other half's answer is theirs, and is not shown."""
    if person.pk not in (relationship.first_id, relationship.second_id):
        raise ValidationError(_("Only one of the two people can confirm that they work together."))
    field = "first_confirmed" if person.pk == relationship.first_id else "second_confirmed"
    setattr(relationship, field, timezone.now())
    relationship.save(update_fields=[field])
    record(by=by, verb="confirm_relationship", on=relationship, fields=[field])


@transaction.atomic
def end_relationship(*, by: Actor | None, relationship: WorkingRelationship, ended: date) -> None:
    """Either half may end it, silently. The firewall stays."""
    if relationship.ended is not None:
        raise ValidationError(_("This working relationship has ended already."))
    relationship.ended = ended
    try:
        relationship.full_clean()
    except ValidationError:
        relationship.ended = None
        raise
    relationship.save(update_fields=["ended"])
    record(by=by, verb="end_relationship", on=relationship, fields=["ended"])


@transaction.atomic
def link_user(*, by: Actor | None, person: Person, user: User) -> None:
    """Say that this user is this person, so that the firewall knows whom they work with.

    Said once: another account in its place would leave the first one outside the firewall.
    """
    if person.user_id not in (None, user.pk):
        raise ValidationError(_("This person signs in with another account already."))
    person.user = user
    person.full_clean()
    person.save(update_fields=["user"])
    raise_barriers(person)
    record(by=by, verb="link_user", on=person, fields=["user"])


@transaction.atomic
def make_participant(
    *, by: Actor | None, person: Person, code: str = "", pseudonym: str = "", described_as: str = ""
) -> Participant:
    """Give a person the code under which research knows them."""
    Study.objects.select_for_update().get(pk=person.study_id)
    if participant_of(person) is not None:
        raise ValidationError(_("This person has a participant code already."))
    participant = Participant(
        study=person.study,
        code=code or next_code(person.study),
        pseudonym=pseudonym.strip(),
        described_as=described_as.strip(),
    )
    participant.full_clean()
    participant.save()
    identity = Identity(participant=participant)
    identity.bind(person)
    identity.save()
    for purpose, event in decisions(person).items():
        _stand(participant, purpose, event)
    raise_barriers(person)
    record(by=by, verb="make_participant", on=participant, fields=["code", "pseudonym"])
    return participant


@transaction.atomic
def leave_anonymous(*, by: Actor | None, participant: Participant, purposes: Collection[str]) -> Participant:
    """A participant whom no bridge joins to a person, for what someone who stopped let stay.

    Who was barred from the one is barred from the other: that nobody knows whose words they are is no
    reason for the person's practitioner to read them. Neither the entry nor the moment leads back.
    """
    anonymous = Participant.objects.create(
        study_id=participant.study_id,
        code=next_code(participant.study, letter="A"),
        described_as=participant.described_as,
    )
    Barrier.objects.bulk_create(
        Barrier(user_id=user_id, participant=anonymous)
        for user_id in participant.barriers.values_list("user_id", flat=True)
    )
    StandingConsent.objects.bulk_create(
        StandingConsent(participant=anonymous, purpose=purpose, since=participant.study.created, kept=True)
        for purpose in purposes
    )
    record(by=by, verb="leave_anonymous", study=participant.study_id, fields=["participant"])
    return anonymous


def next_code(study: Study, letter: str = "P") -> str:
    """The next free code of the form P07."""
    taken = set(
        Participant.objects.filter(study=study, code__startswith=letter).values_list("code", flat=True)
    )
    number = len(taken) + 1
    while f"{letter}{number:02}" in taken:
        number += 1
    return f"{letter}{number:02}"


def raise_barriers(person: Person) -> None:
    """Keep `person` and everyone they work or worked with from what research knows of each other."""
    relationships = list(_relationships(person))
    others = [relationship.other_half(person) for relationship in relationships]
    participants = participants_of([person, *others])
    mine = participants.get(person.pk)
    if mine:
        for other in others:
            if other.user_id:
                Barrier.objects.get_or_create(user_id=other.user_id, participant=mine)
    if person.user_id:
        for other in others:
            theirs = participants.get(other.pk)
            if theirs:
                Barrier.objects.get_or_create(user_id=person.user_id, participant=theirs)


def _relationships(person: Person) -> list[WorkingRelationship]:
    rows = WorkingRelationship.objects.filter(Q(first=person) | Q(second=person))
    return list(rows.select_related("first", "second"))


@transaction.atomic
def publish_consent_text(
    *, by: Actor | None, study: Study, purpose: str, wording: str, on_stop: str, language: str = "en-gb"
) -> ConsentText:
    """A new version of the words for one purpose. Earlier versions stand as they were."""
    Study.objects.select_for_update().get(pk=study.pk)
    earlier = ConsentText.objects.filter(study=study, purpose=purpose, language=language).order_by("-version")
    latest = earlier.first()
    text = ConsentText(
        study=study,
        purpose=purpose,
        language=language,
        version=latest.version + 1 if latest else 1,
        wording=wording.strip(),
        on_stop=on_stop,
        sha256=hashlib.sha256(wording.strip().encode()).hexdigest(),
    )
    text.full_clean()
    text.save()
    record(by=by, verb="publish_consent_text", on=text, fields=["wording", "on_stop"])
    return text


@transaction.atomic
def record_consent(
    *, by: Actor | None, person: Person, text: ConsentText, decision: str, at: datetime | None = None
) -> ConsentEvent:
    """What a person decided about one purpose, in the words they were shown."""
    if text.study_id != person.study_id:
        raise ValidationError(_("This text belongs to another study."))
    if at is not None and at > timezone.now():
        raise ValidationError(_("A decision can’t be dated in the future."))
    newer = ConsentText.objects.filter(
        study=text.study, purpose=text.purpose, language=text.language, version__gt=text.version
    )
    if decision == ConsentEvent.Decision.GRANTED and at is None and newer.exists():
        raise ValidationError(_("These words have been replaced by newer ones. Please read those first."))
    event = ConsentEvent(person=person, text=text, decision=decision, at=at or timezone.now())
    event.full_clean()
    event.save()
    participant = participant_of(person)
    if participant:
        _stand(participant, text.purpose, decisions(person)[text.purpose])
    record(by=by, verb="record_consent", on=event, study=person.study_id, fields=["decision"])
    return event


def _stand(participant: Participant, purpose: str, event: ConsentEvent) -> None:
    standing = StandingConsent.objects.filter(participant=participant, purpose=purpose)
    promised = event.text.on_stop == ConsentText.OnStopping.KEEP and purpose in GIVES_MATERIAL
    if event.permits:
        StandingConsent.objects.update_or_create(
            participant=participant, purpose=purpose, defaults={"since": event.at, "kept": False}
        )
    elif event.decision == ConsentEvent.Decision.STOPPED and promised:
        standing.update(kept=True)
    else:
        standing.delete()
        if purpose == Purpose.PAIR_LINK:
            Pair.objects.filter(Q(one=participant) | Q(two=participant)).delete()


@transaction.atomic
def link_pair(*, by: Actor | None, relationship: WorkingRelationship) -> Pair:
    """Let the interviews of two people who work together be read side by side: both must agree."""
    for person in relationship.halves:
        if not permits(person, Purpose.PAIR_LINK):
            raise ValidationError(_("Both people need to agree before their interviews are read together."))
    known = participants_of(relationship.halves)
    if len(known) < 2:
        raise ValidationError(_("Both people need a participant code first."))
    one, two = sorted(known.values(), key=lambda participant: participant.code)
    pair, new = Pair.objects.get_or_create(study=relationship.study, one=one, two=two)
    if new:
        record(by=by, verb="link_pair", on=pair, fields=["one", "two"])
    return pair


@transaction.atomic
def make_link(*, by: Actor | None, person: Person, purpose: str, days: int = 30) -> str:
    """A personal link's token. It is shown now and never again; opening it uses nothing up."""
    raw = fresh()
    grant = AccessGrant.objects.create(
        person=person,
        purpose=purpose,
        token_hash=digest(raw),
        expires=timezone.now() + timedelta(days=days),
    )
    record(by=by, verb="make_link", on=grant, study=person.study_id, fields=["purpose", "expires"])
    return raw


@transaction.atomic
def revoke_links(*, by: Actor | None, person: Person, purposes: Collection[str] | None = None) -> int:
    """End a person's links at once: all of them, or those for some purposes."""
    grants = AccessGrant.objects.filter(person=person, revoked=None)
    if purposes is not None:
        grants = grants.filter(purpose__in=purposes)
    count = grants.update(revoked=timezone.now())
    if count:
        record(by=by, verb="revoke_links", on=person, fields=["access_grants"])
    return count
