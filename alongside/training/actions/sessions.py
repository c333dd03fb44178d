from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.training.actions.clashes import refuse_two_at_once
from alongside.training.actions.far_ahead import refuse_far_ahead
from alongside.training.actions.readying import keep_honest, tell_calendars
from alongside.training.clock import NoSuchTime, instant
from alongside.training.models import Cohort, LearningAgreement, Part, Session
from alongside.training.queries import readiness

# What a calendar shows; a change of any of it raises the sequence.
SHOWN = ("title", "starts", "ends", "place", "link")
ASKED = (*SHOWN, "part_id")


@transaction.atomic
def plan_session(
    *,
    by: Actor | None,
    cohort: Cohort,
    on: date,
    starts: time,
    ends: time,
    title: str = "",
    part: Part | None = None,
    place: str = "",
    link: str = "",
    may_be_past: bool = False,
) -> Session:
    """A meeting, by the clocks of the group's zone. Of a time that comes twice, the first is meant."""
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    begins, finishes = _times(cohort, on, starts, ends)
    if not may_be_past:
        _refuse_past(begins, on)
    highest = cohort.sessions.aggregate(highest=Max("number"))["highest"] or 0
    session = Session(
        study_id=cohort.study_id,
        cohort=cohort,
        number=highest + 1,
        title=_called(cohort, title, part),
        part=part,
        starts=begins,
        ends=finishes,
        place=place.strip(),
        link=link.strip(),
        agreement=_agreement_at(cohort, begins),
    )
    refuse_two_at_once(session)
    session.full_clean()
    session.save()
    fields = ["title", "starts", "ends", "place", "link", *(["part"] if part else [])]
    record(by=by, verb="plan_session", on=session, fields=fields)
    return session


@transaction.atomic
def change_session(
    *,
    by: Actor | None,
    session: Session,
    on: date,
    starts: time,
    ends: time,
    title: str = "",
    part: Part | None = None,
    place: str = "",
    link: str = "",
) -> Session:
    """Move or rename a meeting. Its sequence goes up, so that calendars take the change."""
    Cohort.objects.select_for_update(no_key=True).get(pk=session.cohort_id)
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    _refuse_cancelled(session)
    before = {field: getattr(session, field) for field in ASKED}
    met = _met(session)
    session.starts, session.ends = _times(session.cohort, on, starts, ends)
    session.title, session.part = _called(session.cohort, title, part), part
    session.place, session.link = place.strip(), link.strip()
    changed = [field for field in ASKED if getattr(session, field) != before[field]]
    if not changed:
        return session
    if session.starts != before["starts"]:
        _refuse_begun(before["starts"])
        _refuse_past(session.starts, on)
    if _met(session) != met:
        session.moved += 1
    if {"starts", "ends"}.intersection(changed):
        refuse_two_at_once(session)
    if set(changed).intersection(SHOWN):
        tell_calendars(session)
    session.full_clean()
    session.save()
    fields = [field.removesuffix("_id") for field in changed]
    record(by=by, verb="change_session", on=session, fields=[*fields, "sequence"])
    keep_honest(by, session)
    return session


@transaction.atomic
def cancel_session(*, by: Actor | None, session: Session) -> Session:
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    _refuse_cancelled(session)
    if session.is_over:
        raise ValidationError(_("This session has been held, so it can’t be cancelled."))
    session.state = Session.State.CANCELLED
    tell_calendars(session)
    session.save(update_fields=["state", "sequence", "changed"])
    record(by=by, verb="cancel_session", on=session, fields=["state", "sequence"])
    return session


@transaction.atomic
def publish_session(*, by: Actor | None, session: Session) -> Session:
    """Mark a session ready: both kinds of knowing lead it, and each who leads is looked after."""
    session = Session.objects.select_for_update().select_related("cohort").get(pk=session.pk)
    _refuse_cancelled(session)
    needs = readiness(session).missing
    if needs:
        raise ValidationError(
            _("Session %(number)s is not ready. It still needs: %(needs)s.")
            % {"number": session.number, "needs": "; ".join(needs)}
        )
    if session.state != Session.State.PUBLISHED:
        session.state = Session.State.PUBLISHED
        tell_calendars(session)
        session.save(update_fields=["state", "sequence", "changed"])
        record(by=by, verb="publish_session", on=session, fields=["state", "sequence"])
    return session


def _called(cohort: Cohort, title: str, part: Part | None) -> str:
    """What a session is called: as somebody typed, else as its part of the course."""
    if part is not None and part.programme_id != cohort.programme_id:
        raise ValidationError({"part": _("This is a part of another course.")})
    if not (title.strip() or part):
        raise ValidationError({"title": _("Say what the session is called, or choose a part of the course.")})
    return title.strip() or str(part.title if part else "")


def _times(cohort: Cohort, on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    if ends <= starts:
        raise ValidationError(
            _("The session would end at %(ends)s, which is not after its start at %(starts)s.")
            % {"ends": time_format(ends, "H:i"), "starts": time_format(starts, "H:i")}
        )
    refuse_far_ahead(on=on)
    try:
        return instant(on, starts, cohort.zone), instant(on, ends, cohort.zone)
    except NoSuchTime as gap:
        raise ValidationError(
            _("On %(day)s the clocks in %(zone)s go forward past %(time)s, so there is no such time.")
            % {"day": date_format(on, "j F Y"), "zone": cohort.time_zone, "time": gap}
        ) from gap
    except OverflowError as before_all_days:
        # East of Greenwich the first morning of the year 1 is one that UTC doesn't know.
        raise _past(on) from before_all_days


def _refuse_past(begins: datetime, on: date) -> None:
    if begins <= timezone.now():
        raise _past(on)


def _past(on: date) -> ValidationError:
    return ValidationError(
        _("%(day)s is in the past. A session is planned for a time to come.")
        % {"day": date_format(on, "j F Y")}
    )


def _met(session: Session) -> tuple[datetime, str, str]:
    """When and where they meet: whoever was told of it otherwise is told anew."""
    return session.starts, session.where, session.link


def _refuse_begun(since: datetime) -> None:
    """Who came is on record for that day: it would be told of a meeting to come."""
    if since <= timezone.now():
        raise ValidationError(
            _("This session has been held, or has begun, so it can’t be moved. Plan a new one instead.")
        )


def _refuse_cancelled(session: Session) -> None:
    if session.is_cancelled:
        raise ValidationError(_("This session has been cancelled. Plan a new one instead."))


def _agreement_at(cohort: Cohort, at: datetime) -> LearningAgreement | None:
    return LearningAgreement.objects.filter(cohort=cohort, written__lte=at).order_by("-version").first()
