from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.posting import send
from alongside.audit.actions import record
from alongside.people.queries import is_anonymised
from alongside.stewardship.anonymising import anonymise
from alongside.stewardship.letters import answering
from alongside.stewardship.models import LAPSES, KeyRequest, State
from alongside.stewardship.queries import key_request
from alongside.stewardship.two import refuse_for_the_gone, refuse_newcomer


@transaction.atomic
def ask_to_destroy(*, by: User, study: Study, name: str, reason: str, page: str) -> KeyRequest:
    """Ask that the identity key of a study be destroyed. Nothing is, until another member confirms."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    refuse_newcomer(by, study, Permission.KEEP_DATA)
    check_name(study, name)
    if is_anonymised(study):
        raise ValidationError(_("This study’s identity key was destroyed already."))
    asked = KeyRequest.objects.filter(study=study, state=State.ASKED)
    asked.filter(asked__lte=timezone.now() - LAPSES).update(state=State.LAPSED)
    if key_request(study) is None:
        # Whoever asked has left.
        asked.update(state=State.LAPSED)
    if asked.exists():
        raise ValidationError(_("Someone has asked for this already. Another member can confirm it."))
    request = KeyRequest(study=study, asked_by=by, reason=reason.strip())
    request.full_clean()
    request.save()
    record(by=by, verb="ask_to_destroy_identity_key", on=request, fields=["reason"])
    words = _(
        "Someone has asked to destroy the identity key of “%(study)s”. Nothing happens unless another member "
        "confirms it within a week.\n\n%(page)s"
    ) % {"study": study, "page": page}
    send([user for user in answering(study) if user != by], _("A request waits for an answer"), words)
    return request


@transaction.atomic
def confirm_destroying(*, by: User, request: KeyRequest, name: str) -> None:
    """The second of two people says yes: the key is destroyed, and nobody can be found any more."""
    request = KeyRequest.objects.select_for_update().get(pk=request.pk)
    check_name(request.study, name)
    if request.asked_by_id == by.pk:
        raise ValidationError(_("You asked for this yourself. Another member has to agree."))
    refuse_newcomer(by, request.study, Permission.ANSWER_IDENTITY)
    refuse_for_the_gone(request, Permission.KEEP_DATA)
    _answer(by, request, State.AGREED)
    anonymise(by=by, study=request.study)
    words = _("The identity key of “%(study)s” was destroyed: one member asked, and another confirmed.")
    send(answering(request.study), _("A request was answered"), words % {"study": request.study})


@transaction.atomic
def take_back_destroying(*, by: User, request: KeyRequest) -> None:
    """Whoever asked, or anyone who could confirm, says no: nothing was destroyed."""
    request = KeyRequest.objects.select_for_update().get(pk=request.pk)
    _answer(by, request, State.TAKEN_BACK if request.asked_by_id == by.pk else State.REFUSED)


def _answer(by: User, request: KeyRequest, state: State) -> None:
    if not request.is_waiting:
        raise ValidationError(_("This was answered already, or not within a week. It can be asked again."))
    request.state, request.answered_by, request.answered = state, by, timezone.now()
    request.full_clean()
    request.save(update_fields=["state", "answered_by", "answered"])
    record(by=by, verb=f"{state}_destroying_identity_key", on=request, fields=["state"])


def check_name(study: Study, name: str) -> None:
    if name.strip() != study.name:
        raise ValidationError(
            {"name": _("Type the study’s name exactly as it is: %(name)s.") % {"name": study.name}}
        )
