from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import Actor, record, record_all
from alongside.audit.models import Entry
from alongside.core.draws import drawn_number
from alongside.people.actions.consent import stand
from alongside.people.actions.firewall import raise_barriers
from alongside.people.actions.gate import hold_gate
from alongside.people.models import (
    Barrier,
    Declared,
    Identity,
    Pair,
    Participant,
    Person,
    Purpose,
    StandingConsent,
    WorkingRelationship,
)
from alongside.people.queries import decisions, is_anonymised, participant_of, participants_of, permits


@transaction.atomic
def make_participant(
    *, by: Actor | None, person: Person, code: str = "", pseudonym: str = "", described_as: str = ""
) -> Participant:
    """Give a person the code under which research knows them."""
    Study.objects.select_for_update(no_key=True).get(pk=person.study_id)
    if is_anonymised(person.study):
        raise ValidationError(
            _("The identity key of this study was destroyed, so nobody can be given a code.")
        )
    if participant_of(person) is not None:
        raise ValidationError(_("This person has a participant code already."))
    if pseudonym.strip():
        _check_nobody_else_goes_by(person, pseudonym.strip())
    participant = Participant(
        study=person.study,
        code=code or free_code(person.study),
        pseudonym=pseudonym.strip(),
        described_as=described_as.strip(),
    )
    participant.full_clean()
    participant.save()
    identity = Identity(participant=participant)
    identity.bind(person)
    identity.save()
    for purpose, event in decisions(person).items():
        stand(participant, purpose, event)
    raise_barriers(person)
    # Whoever made it reads on the person's page next: an entry that named the code would lead from one to
    # the other when the identity key is long destroyed.
    record(by=by, verb="make_participant", study=person.study_id, fields=["code", "pseudonym"])
    return participant


def _check_nobody_else_goes_by(person: Person, pseudonym: str) -> None:
    """One sentence whether it is a person's name or another's pseudonym: it tells of nobody hidden."""
    study = person.study
    others = Person.objects.filter(study=study).exclude(pk=person.pk)
    names = {name.casefold() for name in others.values_list("name", flat=True)}
    names |= {name.split()[0] for name in names if name.split()}
    taken = Participant.objects.filter(study=study, pseudonym__iexact=pseudonym).exists()
    if taken or pseudonym.casefold() in names:
        raise ValidationError({"pseudonym": _("Someone in the study goes by that name. Choose another.")})


@transaction.atomic
def leave_anonymous(*, by: Actor | None, participant: Participant, purposes: Collection[str]) -> Participant:
    """A participant whom no bridge joins to a person, for what someone who stopped let stay.

    Who was barred from the one is barred from the other: that nobody knows whose words they are is no
    reason for the person's practitioner to read them. Neither the entry nor the moment leads back.
    """
    Study.objects.select_for_update(no_key=True).get(pk=participant.study_id)
    anonymous = Participant.objects.create(
        study_id=participant.study_id,
        code=free_code(participant.study, letter="A"),
        described_as=participant.described_as,
    )
    Barrier.objects.bulk_create(
        Barrier(user_id=user_id, participant=anonymous)
        for user_id in participant.barriers.values_list("user_id", flat=True)
    )
    Declared.objects.bulk_create(
        Declared(user_id=user_id, participant=anonymous, at=participant.study.created)
        for user_id in participant.declared.values_list("user_id", flat=True)
    )
    StandingConsent.objects.bulk_create(
        StandingConsent(participant=anonymous, purpose=purpose, since=participant.study.created, kept=True)
        for purpose in purposes
    )
    record(by=by, verb="leave_anonymous", study=participant.study_id, fields=["participant"])
    return anonymous


def free_code(study: Study, letter: str = "P") -> str:
    """A code that nobody has, of the form P417: drawn, since a gap in a row of codes would tell that there
    is someone whom the reader may not see."""
    taken = set(
        Participant.objects.filter(study=study, code__startswith=letter).values_list("code", flat=True)
    )
    return f"{letter}{drawn_number({code.removeprefix(letter) for code in taken})}"


@transaction.atomic
def link_pair(*, by: Actor | None, relationship: WorkingRelationship) -> Pair:
    """Let the interviews of two people who work together be read side by side: both must agree."""
    hold_gate(relationship.study_id)
    relationship.refresh_from_db(fields=["ended"])
    if not relationship.is_open:
        raise ValidationError(_("These two no longer work together, so they are not linked."))
    halves = relationship.halves
    for person in halves:
        if not permits(person, Purpose.PAIR_LINK):
            raise ValidationError(_("Both people need to agree before their interviews are read together."))
    known = participants_of(halves)
    if len(known) < 2:
        raise ValidationError(_("Both people need a participant code first."))
    one, two = sorted(known.values(), key=lambda participant: participant.code)
    pair, new = Pair.objects.get_or_create(study=relationship.study, one=one, two=two)
    if new:
        record(by=by, verb="link_pair", on=pair, fields=["one", "two"])
    return pair


@transaction.atomic
def note_identity_reads(*, by: User, study: Study, persons: Collection[Person]) -> None:
    """That `by` read who people are beside their codes; on record once a day for each of them."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    noted = set(
        Entry.objects.filter(
            chain=study.pk,
            noun=Person._meta.label_lower,
            object__in=[str(person.pk) for person in persons],
            verb="read_identity",
            actor=by.pk,
            at__gte=today,
        ).values_list("object", flat=True)
    )
    new = [person for person in persons if str(person.pk) not in noted]
    if new:
        roles = by.roles_in(study.pk)
        record_all(by=by, verb="read_identity", on=new, study=study.pk, fields=["code"], roles=roles)
