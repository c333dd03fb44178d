from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.posting import send
from alongside.audit.actions import record
from alongside.people.models import Participant, Person
from alongside.people.queries import is_anonymised, participants, person_of, works_with
from alongside.stewardship.letters import answering
from alongside.stewardship.models import LAPSES, IdentityRequest, State
from alongside.stewardship.two import refuse_for_the_gone, refuse_newcomer


@transaction.atomic
def ask_identity(*, by: User, study: Study, code: str, reason: str, page: str) -> IdentityRequest:
    """Ask to learn who is behind a code. `page` is where the others can answer."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_newcomer(by, study, Permission.ASK_IDENTITY)
    participant = _asked_about(by, study, code)
    _let_lapse(by, participant)
    mine = IdentityRequest.objects.filter(asked_by=by, participant=participant)
    if any(request.is_waiting or request.is_open for request in mine):
        raise ValidationError(
            {"code": _("You have asked about “%(code)s” already.") % {"code": code.strip()}}
        )
    request = IdentityRequest(study=study, asked_by=by, participant=participant, reason=reason.strip())
    request.full_clean()
    request.save()
    record(by=by, verb="ask_identity", on=request, fields=["participant", "reason"])
    send(
        [user for user in answering(study, participant) if user != by],
        _("A request waits for an answer"),
        _(
            "Someone in the team of “%(study)s” has asked to learn who a participant is. "
            "It opens only if another member agrees.\n\n%(page)s"
        )
        % {"study": study, "page": page},
    )
    return request


def _asked_about(by: User, study: Study, code: str) -> Participant:
    """One sentence for a code that isn't there and for one that is kept from `by`."""
    if is_anonymised(study):
        raise ValidationError(
            _("This study’s identity key was destroyed. Nobody can be found behind a code any more.")
        )
    participant = participants(study, by).filter(code__iexact=code.strip()).first()
    if participant is None:
        raise ValidationError(
            {"code": _("There is no code “%(code)s” that you can ask about.") % {"code": code.strip()}}
        )
    return participant


def _let_lapse(by: User, participant: Participant) -> None:
    old = IdentityRequest.objects.filter(asked_by=by, participant=participant, state=State.ASKED)
    old.filter(asked__lte=timezone.now() - LAPSES).update(state=State.LAPSED)


@transaction.atomic
def answer_identity(*, by: User, request: IdentityRequest, agrees: bool) -> IdentityRequest:
    """Agree that someone else looks, for a limited time from now; or refuse it."""
    request = IdentityRequest.objects.select_for_update().get(pk=request.pk)
    if request.asked_by_id == by.pk:
        raise ValidationError(_("You asked for this yourself. Another member has to agree."))
    if not request.is_waiting or request.participant is None:
        raise ValidationError(_("This was answered already, or not within a week. It can be asked again."))
    if agrees:
        refuse_newcomer(by, request.study, Permission.ANSWER_IDENTITY)
        refuse_for_the_gone(request, Permission.ASK_IDENTITY)
    now = timezone.now()
    request.state = State.AGREED if agrees else State.REFUSED
    request.answered_by, request.answered = by, now
    request.closes = now + timedelta(minutes=settings.IDENTITY_OPEN_MINUTES) if agrees else None
    request.full_clean()
    request.save(update_fields=["state", "answered_by", "answered", "closes"])
    record(by=by, verb="agree_identity" if agrees else "refuse_identity", on=request, fields=["state"])
    _tell_of_answer(request, request.participant)
    return request


def _tell_of_answer(request: IdentityRequest, participant: Participant) -> None:
    if request.closes is None:
        told = _("A request in “%(study)s” to learn who a participant is was refused.")
        words = told % {"study": request.study}
    else:
        told = _(
            "In “%(study)s” one member asked to learn who a participant is, and another agreed. "
            "It closes by itself at %(time)s."
        )
        time = date_format(timezone.localtime(request.closes), "H:i")
        words = told % {"study": request.study, "time": time}
    everyone = {*answering(request.study, participant), request.asked_by}
    send(sorted(everyone, key=lambda user: user.name), _("A request was answered"), words)


@transaction.atomic
def look_up_identity(*, by: User, request: IdentityRequest) -> Person:
    """Who it is. Every look is on record, and the person can see it."""
    participant = request.participant
    if request.asked_by_id != by.pk or not request.is_open or participant is None:
        raise ValidationError(_("This is not open to you now. Ask again, and say why."))
    if works_with(by, participant):
        raise ValidationError(_("This is not open to you now. Ask again, and say why."))
    person = person_of(participant)
    if person is None:
        raise ValidationError(_("Nobody can be found behind this code any more."))
    roles = by.roles_in(person.study_id)
    record(by=by, verb="read_identity", on=person, fields=["agreed_by_two"], roles=roles)
    return person
