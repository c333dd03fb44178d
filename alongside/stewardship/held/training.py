from collections.abc import Iterator

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.training.models import (
    Acknowledgement,
    AdjustmentMet,
    AttendanceMark,
    DisclosurePlan,
    Enrolment,
    Facilitation,
    Narrative,
    Preparation,
)

Rows = Iterator[tuple[Value, ...]]


def _places(of: Whose) -> Rows:
    """Without the moment, and of a yes without what it waits for: both may be the other half's answer."""
    rows = Enrolment.objects.filter(person__in=of.everybody).select_related("cohort__programme")
    for each in rows.order_by("cohort__name", "pk"):
        accepted = each.state == Enrolment.State.ACCEPTED
        state = now("Said yes") if accepted else each.get_state_display()
        yield str(each.cohort.programme), each.cohort.name, state


def _marks(of: Whose) -> Rows:
    rows = AttendanceMark.objects.filter(person__in=of.everybody).select_related("session")
    for mark in rows.order_by("at"):
        yield str(mark.session), mark.session.starts, mark.get_status_display(), mark.at


def _met(of: Whose) -> Rows:
    rows = AdjustmentMet.objects.filter(adjustment__person__in=of.everybody)
    for met in rows.select_related("session", "adjustment").order_by("at", "pk"):
        yield str(met.session), met.adjustment.need, met.get_state_display(), met.note, met.at


def _read(of: Whose) -> Rows:
    rows = Acknowledgement.objects.filter(person__in=of.everybody).select_related("agreement__cohort")
    for each in rows.order_by("at"):
        yield each.agreement.cohort.name, each.agreement.version, each.at


def _led(of: Whose) -> Rows:
    rows = Facilitation.objects.filter(person__in=of.everybody).select_related("session")
    for each in rows.order_by("session__starts"):
        yield (
            str(each.session),
            each.session.starts,
            each.lived,
            each.practice,
            each.preparation,
            each.debrief,
            each.supported_by,
        )


def _plans(of: Whose) -> Rows:
    rows = DisclosurePlan.objects.filter(facilitation__person__in=of.everybody)
    for plan in rows.select_related("facilitation__session").order_by("pk"):
        session = str(plan.facilitation.session)
        yield session, plan.purpose, plan.share, plan.keep_back, plan.exit_line, plan.aftercare


def _preparations(of: Whose) -> Rows:
    for each in Preparation.objects.filter(person__in=of.everybody).select_related("cohort").order_by("pk"):
        yield (
            each.cohort.name,
            each.conversation,
            each.narrative_read,
            each.hopes_and_fears,
            each.protected_time,
            each.supervision,
            each.booster,
        )


def _stories(of: Whose) -> Rows:
    for story in Narrative.objects.filter(teller__in=of.everybody).order_by("title"):
        yield story.title, story.words, story.purpose, story.audience, story.expires, story.retired


TRAINING = (
    Kind(
        "places",
        _("My places in courses"),
        (Enrolment,),
        {"course": _("Course"), "group": _("Group"), "state": _("State")},
        _places,
    ),
    Kind(
        "attendance",
        _("Sessions I came to or sent word of"),
        (AttendanceMark,),
        {"session": _("Session"), "starts": _("When"), "status": _("What was marked"), "at": _("Marked on")},
        _marks,
    ),
    Kind(
        "adjustments_met",
        _("What was arranged for me, session by session"),
        (AdjustmentMet,),
        {
            "session": _("Session"),
            "need": _("What I need"),
            "state": _("What was said of it"),
            "note": _("What there was instead"),
            "at": _("On"),
        },
        _met,
    ),
    Kind(
        "agreements",
        _("Learning agreements I have read"),
        (Acknowledgement,),
        {"group": _("Group"), "version": _("Version"), "at": _("On")},
        _read,
    ),
    Kind(
        "leading",
        _("Sessions I lead"),
        (Facilitation,),
        {
            "session": _("Session"),
            "starts": _("When"),
            "lived": _("With lived experience"),
            "practice": _("With practice experience"),
            "preparation": _("Preparation"),
            "debrief": _("Debrief"),
            "supported_by": _("Supported by"),
        },
        _led,
    ),
    Kind(
        "plans",
        _("My plans of what to tell"),
        (DisclosurePlan,),
        {
            "session": _("Session"),
            "purpose": _("What for"),
            "share": _("What I tell"),
            "keep_back": _("What I keep back"),
            "exit_line": _("How I get out of it"),
            "aftercare": _("What I need afterwards"),
        },
        _plans,
    ),
    Kind(
        "preparations",
        _("Getting ready for the course"),
        (Preparation,),
        {
            "group": _("Group"),
            "conversation": _("We talked on"),
            "narrative_read": _("I read a story on"),
            "hopes_and_fears": _("My hopes and fears"),
            "protected_time": _("Time kept free"),
            "supervision": _("Supervision"),
            "booster": _("Booster"),
        },
        _preparations,
    ),
    Kind(
        "stories",
        _("My own story"),
        (Narrative,),
        {
            "title": _("Title"),
            "words": _("My words"),
            "purpose": _("What for"),
            "audience": _("For whom"),
            "expires": _("Until"),
            "retired": _("Taken back on"),
        },
        _stories,
    ),
)
