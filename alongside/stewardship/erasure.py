"""Erasing everything about a person that stopping leaves: asked for by them, answered within a month."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.accounts.models import Invitation, Membership
from alongside.audit.actions import Actor, record
from alongside.people.actions import hold_gate
from alongside.people.models import ContactPoint, Identity, Participant, Person, Purpose, StandingConsent
from alongside.people.queries import folded_email, folded_phone, participant_of
from alongside.stewardship.models import ErasureRequest, IdentityRequest, Receipt
from alongside.stewardship.policies import erased_with_a_person, people_fields
from alongside.stewardship.rooms import in_analysis, in_followup, in_interviews, in_reporting
from alongside.stewardship.stopped import ANONYMISE, ERASE, Stopped
from alongside.stewardship.withdrawal import erase_files, stop
from alongside.training.actions import leave_cohort, stand_down
from alongside.training.actions.applying import part_applications
from alongside.training.models import Application, Enrolment, Facilitation, Session

State = ErasureRequest.State
# In place of a name. A word and not a blank: registers and lists go on being read.
NOBODY_NOW = "Erased"

# In sentences that are true before it, as a preview, and after it, as a receipt.
WHAT_GOES = (
    gettext_lazy("Your name is erased, with your addresses and phone numbers."),
    gettext_lazy("What you told us about yourself is erased, and what you need for the training."),
    gettext_lazy("You give up your place in a course that is still to come."),
    gettext_lazy("Your own story is erased, and what you noted for telling it."),
    gettext_lazy("Your learning plan, your notes and where you go on to are erased."),
    gettext_lazy("Nothing joins you to the study any more. What has to stay there has no name."),
    gettext_lazy("Your page and its links end."),
    gettext_lazy("Who works with you does not find you on their page any more. Nobody tells them why."),
)


@transaction.atomic
def ask_erasure(*, by: Actor | None, person: Person) -> ErasureRequest:
    """Note the request, and stop at once all that the person agreed to: nothing waits for the answer."""
    hold_gate(person.study_id)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if ErasureRequest.objects.filter(person=person, state=State.OPEN).exists():
        raise ValidationError(_("You have asked already. Nothing changed. You get an answer in time."))
    stop(by=by, person=person)
    request = ErasureRequest.objects.create(person=person)
    record(by=by, verb="ask_erasure", on=request, study=person.study_id, fields=["due"])
    return request


@transaction.atomic
def answer_erasure(
    *, by: Actor | None, request: ErasureRequest, state: str, reason: str = ""
) -> ErasureRequest:
    """Erase the rest, or say what has to stay: then nothing more goes, and the person reads why."""
    hold_gate(request.person.study_id)
    request = ErasureRequest.objects.select_for_update().select_related("person__study").get(pk=request.pk)
    if not request.is_open:
        raise ValidationError(_("This request has been answered already. Nothing changed."))
    request.state, request.reason, request.answered = state, reason.strip(), timezone.now()
    request.full_clean()
    request.save(update_fields=["state", "reason", "answered"])
    record(by=by, verb="answer_erasure", on=request, study=request.person.study_id, fields=["state"])
    if state == State.DONE:
        erase(by=by, person=request.person)
    return request


@transaction.atomic
def erase(*, by: Actor | None, person: Person) -> Receipt:
    """Take out of every room what leads to the person, in one go; done twice, the second finds nothing."""
    hold_gate(person.study_id)
    person = Person.objects.select_for_update().get(pk=person.pk)
    stop(by=by, person=person)
    participant = participant_of(person)
    if participant is not None:
        _erase_in_research(participant)
    everybody = [person, *Person.objects.filter(merged_into=person)]
    _leave_courses(by, everybody)
    _forget_invitations(everybody)
    _forget_applications(by, everybody)
    for model in erased_with_a_person():
        for field in people_fields(model):
            model._default_manager.filter(**{f"{field}__in": everybody}).delete()
    for each in everybody:
        _forget(each)
    receipt = Receipt.objects.create(person=person, lines=[str(line) for line in WHAT_GOES])
    record(by=by, verb="erase", on=person, fields=["name", "contact_points"])
    transaction.on_commit(erase_files)
    return receipt


def _erase_in_research(participant: Participant) -> None:
    """What a text promised to let stay, stays without a link; everything else goes, and then the bridge."""
    kept = set(
        StandingConsent.objects.filter(participant=participant, kept=True).values_list("purpose", flat=True)
    )
    promised: dict[str, str] = {
        str(purpose): ANONYMISE if purpose in kept else ERASE for purpose in Purpose.values
    }
    stopped = Stopped(participant, promised)
    in_reporting(stopped)
    in_analysis(stopped)
    in_interviews(stopped)
    in_followup(stopped)
    IdentityRequest.objects.filter(participant=participant).update(participant=None)
    StandingConsent.objects.filter(participant=participant).delete()
    Identity.objects.filter(participant=participant).delete()
    participant.pseudonym = participant.described_as = ""
    participant.save(update_fields=["pseudonym", "described_as"])


def _leave_courses(by: Actor | None, everybody: list[Person]) -> None:
    """Places still ahead are given up, and sessions that they would lead; that somebody came to what is over,
    or led it, stays true. A group that has planned no session yet is still ahead."""
    planned = Session.objects.exclude(state=Session.State.CANCELLED)
    to_come = planned.filter(ends__gte=timezone.now())
    ahead = Enrolment.objects.filter(person__in=everybody)
    gone = (Enrolment.State.LEFT, Enrolment.State.DECLINED)
    over = ahead.filter(state=Enrolment.State.ENROLLED, cohort__in=planned.values("cohort_id"))
    over = over.exclude(cohort__in=to_come.values("cohort_id"))
    for enrolment in ahead.exclude(state__in=gone).exclude(pk__in=over).select_related("cohort"):
        leave_cohort(by=by, enrolment=enrolment)
    for leading in Facilitation.objects.filter(person__in=everybody, session__in=to_come):
        stand_down(by=by, facilitation=leading)


def _forget_invitations(everybody: list[Person]) -> None:
    """An invitation into the team that nobody took up holds a name and an address. It is found by the address
    alone, so it goes before that does."""
    points = ContactPoint.objects.filter(person__in=everybody, kind=ContactPoint.Kind.EMAIL)
    addresses = {value.lower() for value in points.values_list("value", flat=True)}
    study = everybody[0].study_id
    Invitation.objects.filter(study=study, accepted=None, email__in=addresses).delete()


def _forget_applications(by: Actor | None, everybody: list[Person]) -> None:
    """What they sent in on the public page and nobody has taken up: found by address or number, and the first
    name besides, since two may share an address."""
    points = ContactPoint.objects.filter(person__in=everybody).values_list("value", flat=True)
    theirs = {fold(value) for value in points for fold in (folded_email, folded_phone)} - {""}
    called = {person.name.casefold().split()[0] for person in everybody if person.name.split()}
    study = everybody[0].study_id
    rows = Application.objects.filter(cohort__study=study, person=None)
    for application in rows.select_related("cohort", "half", "named_by"):
        sent_by = {folded_email(application.email), folded_phone(application.phone)}
        if theirs & sent_by and called.intersection(application.name.casefold().split()[:1]):
            part_applications(by, application)
            application.replies.all().delete()
            record(by=by, verb="forget_application", on=application, study=study, fields=["name"])
            application.delete()


def _forget(person: Person) -> None:
    """A row without a name holds what counts and what keeps others out. An account in the team stays
    known, since the firewall goes by it."""
    blank = Person(study=person.study)
    for name in ("language", "format", "time_zone"):
        setattr(person, name, getattr(blank, name))
    person.name, person.is_erased = NOBODY_NOW, True
    if person.user_id and not Membership.objects.filter(study=person.study_id, user=person.user_id).exists():
        person.user = None
    person.save(update_fields=["name", "is_erased", "language", "format", "time_zone", "user"])
