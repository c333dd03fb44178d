"""To ask for a place on the public page, alone or for two, and to answer the letter that comes of it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.people.models import Person
from alongside.people.queries import folded_email, folded_phone
from alongside.training.actions.places import locked
from alongside.training.models import Application, Cohort, Question, Reply
from alongside.training.queries import is_over, is_past
from alongside.training.typed import Asker

State = Application.State
DAYS_TO_ANSWER = 14


@transaction.atomic
def apply_for_place(
    *,
    cohort: Cohort,
    id: UUID,
    asker: Asker,
    replies: Mapping[int, str] | None = None,
    half: Asker | None = None,
) -> Application:
    """Somebody asks. Sent twice, it is one: the id is made with the page they write on.

    Of a `half` only a name and a way to reach them is kept, until they are asked and say yes themselves.
    """
    cohort = locked(cohort)
    before = Application.objects.filter(pk=id, cohort=cohort).first()
    if before is not None:
        return before
    refuse_past(cohort)
    if half is not None:
        _refuse_same(asker, half)
    application = Application(pk=id, cohort=cohort)
    _write(application, asker)
    if half is not None:
        named = Application(cohort=cohort, state=State.NAMED)
        _write(named, half)
        named.save()
        application.half = named
    application.full_clean(exclude=["half"])
    application.save(force_insert=True)
    keep_replies(cohort, replies or {}, application=application)
    record(by=None, verb="apply_for_place", on=application, study=cohort.study_id, fields=["name"])
    return application


def _write(application: Application, asker: Asker) -> None:
    application.name, application.email = asker.name.strip(), asker.email.strip()
    application.phone, application.needs = asker.phone.strip(), asker.needs.strip()
    application.rather, application.own_words = asker.rather, asker.own_words.strip()
    application.standpoints = list(asker.standpoints)
    application.full_clean(exclude=["half"])


def keep_replies(
    cohort: Cohort,
    replies: Mapping[int, str],
    *,
    application: Application | None = None,
    person: Person | None = None,
) -> None:
    """What was answered, with each question as it stands today. A new answer takes the place of the old."""
    if person is not None:
        Reply.objects.filter(cohort=cohort, person=person).delete()
    if application is not None:
        Reply.objects.filter(application=application).delete()
    asked = Question.objects.filter(cohort=cohort).order_by("number")
    for question in asked:
        reply = Reply(
            cohort=cohort,
            application=application,
            person=person,
            number=question.number,
            asked=question.words,
            kind=question.kind,
            needed=question.needed,
            said=replies.get(question.pk, "").strip(),
        )
        reply.full_clean()
        reply.save()


def refuse_past(cohort: Cohort) -> None:
    if cohort.apply_until is not None and is_past(cohort):
        raise ValidationError(
            _("You could ask for a place in %(group)s until %(day)s. Ask us, or look for another group.")
            % {"group": cohort.name, "day": date_format(cohort.apply_until, "j F Y")}
        )
    if is_over(cohort):
        raise ValidationError(
            _("%(group)s has met for the last time. Please look for another group.") % {"group": cohort.name}
        )


def _refuse_same(asker: Asker, half: Asker) -> None:
    same_email = half.email and folded_email(half.email) == folded_email(asker.email)
    same_phone = folded_phone(half.phone) and folded_phone(half.phone) == folded_phone(asker.phone)
    if same_email or same_phone:
        raise ValidationError(
            {
                "half_email" if same_email else "half_phone": _(
                    "This is how we reach you. Write how we reach the other person, or ask for yourself."
                )
            }
        )


@transaction.atomic
def ask_half(*, by: Actor | None, application: Application) -> Application:
    """A coordinator lets the letter go to the other half, who has until a day to answer."""
    locked(application.cohort)
    half = application.half
    if half is None:
        raise ValidationError(_("%(name)s asked for one place alone.") % {"name": application.name})
    half = Application.objects.select_for_update().get(pk=half.pk)
    application.refresh_from_db(fields=["state"])
    if half.state != State.NAMED or application.state != State.OPEN:
        raise ValidationError(_("This has been asked already, or is no longer open."))
    day = timezone.localdate(timezone=application.cohort.zone) + timedelta(days=DAYS_TO_ANSWER)
    half.answer_until = datetime.combine(day, time.max, tzinfo=application.cohort.zone)
    set_state(by, half, State.ASKED, "ask_half")
    return half


@transaction.atomic
def answer_for_half(
    *, application: Application, asker: Asker, replies: Mapping[int, str] | None = None
) -> Application:
    """The other half says yes, in their own words. The one who asked is told nothing of what they wrote."""
    locked(application.cohort)
    application = _as_it_is(application)
    _refuse_answered(application)
    _write(application, asker)
    application.answer_until = None
    set_state(None, application, State.OPEN, "answer_for_half")
    keep_replies(application.cohort, replies or {}, application=application)
    return application


@transaction.atomic
def decline_as_half(*, application: Application) -> Application:
    """The other half says no. No reason is asked; the one who asked learns that two places could not be
    made."""
    locked(application.cohort)
    application = _as_it_is(application)
    _refuse_answered(application)
    part_applications(None, application)
    return set_state(None, application, State.SAID_NO, "decline_as_half")


@transaction.atomic
def come_alone_after_all(*, application: Application) -> Application:
    """Two places could not be made, and they ask for one."""
    locked(application.cohort)
    application = _as_it_is(application)
    if application.state != State.APART:
        raise ValidationError(_("You have told us this already. Nothing changed."))
    refuse_past(application.cohort)
    if application.asker is not None:
        Application.objects.filter(pk=application.asker.pk).update(half=None)
    application.half = None
    return set_state(None, application, State.OPEN, "come_alone_after_all")


@transaction.atomic
def take_back_application(*, application: Application) -> Application:
    """They don't want a place any more, and nobody asks why."""
    locked(application.cohort)
    application = _as_it_is(application)
    if application.state == State.LAPSED:
        _refuse_answered(application)
    if application.state not in (State.OPEN, State.APART):
        raise ValidationError(_("You have told us this already. Nothing changed."))
    part_applications(None, application)
    return set_state(None, application, State.SAID_NO, "take_back_application")


def part_applications(by: Actor | None, application: Application) -> None:
    """End what two asked for together. Who asked may come alone; who was only named is asked nothing more."""
    other = application.other
    if other is None:
        return
    if other.state == State.OPEN:
        set_state(by, other, State.APART, "end_pair")
    elif other.state in (State.NAMED, State.ASKED):
        set_state(by, other, State.LAPSED, "end_pair")


def set_state(by: Actor | None, application: Application, state: str, verb: str) -> Application:
    application.state, application.since = state, timezone.now()
    application.full_clean(exclude=["half"])
    application.save()
    record(by=by, verb=verb, on=application, study=application.cohort.study_id, fields=["state"])
    return application


def _as_it_is(application: Application) -> Application:
    rows = Application.objects.select_related("cohort", "half", "named_by")
    return rows.get(pk=application.pk)


def _refuse_answered(application: Application) -> None:
    unanswered, until = application.state in (State.ASKED, State.LAPSED), application.answer_until
    if unanswered and until is not None and until <= timezone.now():
        day = timezone.localtime(until, application.cohort.zone)
        raise ValidationError(
            _("This could be answered until %(day)s. You can still ask for a place of your own.")
            % {"day": date_format(day, "j F")}
        )
    if application.state == State.LAPSED:
        raise ValidationError(
            _("This can’t be answered any more. You can still ask for a place of your own.")
        )
    if application.state != State.ASKED:
        raise ValidationError(_("You have answered this already. Nothing changed."))
