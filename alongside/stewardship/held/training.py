from collections.abc import Iterator

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.stewardship.held.kinds import Kind, Value, Whose
from alongside.training.models import (
    Acknowledgement,
    AdjustmentMet,
    AttendanceMark,
    CalendarFeed,
    Completion,
    Copy,
    DisclosurePlan,
    Enrolment,
    Facilitation,
    MissedCall,
    Narrative,
    NextStep,
    PlanEntry,
    PlanShown,
    Preparation,
    PreparationDate,
    Reflection,
    Session,
    Sharing,
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
        yield str(mark.session), mark.session.starts, mark.get_status_display(), mark.at, mark.with_code


def _calls(of: Whose) -> Rows:
    rows = MissedCall.objects.filter(person__in=of.everybody).select_related("cohort")
    for call in rows.order_by("at", "pk"):
        yield call.cohort.name, call.get_outcome_display(), call.note, call.at


def _calendars(of: Whose) -> Rows:
    """Without the address: it can be shown on their own page, and isn't kept."""
    for feed in CalendarFeed.objects.filter(person__in=of.everybody).order_by("made"):
        once_led = Session.objects.filter(pk__in=feed.stood_down).order_by("starts")
        yield feed.made, feed.revoked, feed.says_which_course, "; ".join(map(str, once_led))


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
            each.tells,
            each.preparation,
            each.debrief,
            each.supported_by,
        )


def _plans(of: Whose) -> Rows:
    rows = DisclosurePlan.objects.filter(person__in=of.everybody)
    for plan in rows.select_related("session").order_by("pk"):
        session = str(plan.session)
        yield (
            session,
            plan.purpose,
            plan.share,
            plan.keep_back,
            plan.exit_line,
            plan.aftercare,
            plan.rehearsed_with,
            plan.rehearsed_on,
            plan.debrief_with,
            plan.debrief_on,
            plan.how_it_went,
        )


def _preparations(of: Whose) -> Rows:
    rows = Preparation.objects.filter(person__in=of.everybody).select_related("cohort", "narrative")
    for each in rows.order_by("pk"):
        yield (
            each.cohort.name,
            each.conversation,
            each.conversation_with,
            each.narrative_read,
            each.narrative.title if each.narrative and each.narrative.stands else "",
            each.hopes_and_fears,
            each.hopes_shown,
            each.protected_time,
            each.supervision,
        )


def _preparation_days(of: Whose) -> Rows:
    rows = PreparationDate.objects.filter(preparation__person__in=of.everybody)
    for day in rows.select_related("preparation__cohort").order_by("on", "pk"):
        yield day.preparation.cohort.name, day.get_kind_display(), day.on, day.held


def _stories(of: Whose) -> Rows:
    for story in Narrative.objects.filter(teller__in=of.everybody).order_by("title"):
        yield (
            story.title,
            story.words,
            story.purpose,
            story.audience,
            story.expires,
            story.may_download,
            story.retired,
        )


def _sharings(of: Whose) -> Rows:
    rows = Sharing.objects.filter(narrative__teller__in=of.everybody).select_related("narrative", "cohort")
    for each in rows.order_by("since", "pk"):
        yield each.narrative.title, each.cohort.name, each.since, each.ended


def _copies(of: Whose) -> Rows:
    rows = Copy.objects.filter(reader__in=of.everybody).select_related("narrative", "cohort")
    for each in rows.order_by("at", "pk"):
        title = each.narrative.title if each.narrative and each.narrative.stands else ""
        yield title, each.cohort.name, each.get_format_display(), each.at


def _plan(of: Whose) -> Rows:
    for entry in PlanEntry.objects.filter(person__in=of.everybody).order_by("written", "pk"):
        yield entry.get_kind_display(), entry.words, entry.written, entry.done


def _plan_shown(of: Whose) -> Rows:
    rows = PlanShown.objects.filter(person__in=of.everybody).select_related("cohort")
    for each in rows.order_by("since", "pk"):
        yield each.cohort.name, each.since, each.ended


def _reflections(of: Whose) -> Rows:
    rows = Reflection.objects.filter(person__in=of.everybody).select_related("shown_to")
    for note in rows.order_by("written", "pk"):
        yield note.words, note.written, note.shown_to.name if note.shown_to else ""


def _completions(of: Whose) -> Rows:
    rows = Completion.objects.filter(person__in=of.everybody).select_related("cohort__programme")
    for each in rows.order_by("on", "pk"):
        yield str(each.cohort.programme), each.cohort.name, each.on, each.number


def _next_steps(of: Whose) -> Rows:
    rows = NextStep.objects.filter(person__in=of.everybody).select_related("cohort")
    for step in rows.order_by("on", "pk"):
        yield step.get_kind_display(), step.words, step.cohort.name if step.cohort else "", step.on


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
        {
            "session": _("Session"),
            "starts": _("When"),
            "status": _("What was marked"),
            "at": _("Marked on"),
            "with_code": _("I signed in myself"),
        },
        _marks,
    ),
    Kind(
        "calls",
        _("When somebody asked after me"),
        (MissedCall,),
        {"group": _("Group"), "outcome": _("What came of it"), "note": _("Note"), "at": _("On")},
        _calls,
    ),
    Kind(
        "calendars",
        _("Addresses of my calendar"),
        (CalendarFeed,),
        {
            "made": _("Made on"),
            "revoked": _("Stopped on"),
            "named": _("Says which course"),
            "once_led": _("Sessions I lead no more"),
        },
        _calendars,
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
            "tells": _("I meant to tell of my life"),
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
            "rehearsed_with": _("With whom I tried it out"),
            "rehearsed_on": _("When I tried it out"),
            "debrief_with": _("With whom I talk it over"),
            "debrief_on": _("When we talk it over"),
            "how_it_went": _("How it went"),
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
            "conversation_with": _("With whom"),
            "narrative_read": _("I read a story on"),
            "story": _("Which story"),
            "hopes_and_fears": _("My hopes and fears"),
            "hopes_shown": _("Shown to those who lead"),
            "protected_time": _("Time kept free"),
            "supervision": _("Supervision"),
        },
        _preparations,
    ),
    Kind(
        "preparation_days",
        _("Days for thinking it over, and for coming back to it"),
        (PreparationDate,),
        {"group": _("Group"), "kind": _("What for"), "on": _("On"), "held": _("It was held")},
        _preparation_days,
    ),
    Kind(
        "learning_plan",
        _("My learning plan"),
        (PlanEntry,),
        {"kind": _("What it is"), "words": _("My words"), "written": _("On"), "done": _("Done on")},
        _plan,
    ),
    Kind(
        "plan_shown",
        _("To whom I showed my plan"),
        (PlanShown,),
        {"group": _("Those who lead"), "since": _("Since"), "ended": _("Taken back on")},
        _plan_shown,
    ),
    Kind(
        "reflections",
        _("My notes on what stays with me"),
        (Reflection,),
        {"words": _("My words"), "written": _("On"), "shown_to": _("Shown to those who lead")},
        _reflections,
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
            "may_download": _("People may take a copy"),
            "retired": _("Taken back on"),
        },
        _stories,
    ),
    Kind(
        "stories_shared",
        _("With whom I shared my story"),
        (Sharing,),
        {"title": _("Title"), "group": _("Group"), "since": _("Since"), "ended": _("Taken back on")},
        _sharings,
    ),
    Kind(
        "copies_taken",
        _("Copies of others’ stories that I took"),
        (Copy,),
        {"title": _("Title"), "group": _("Group"), "format": _("As"), "at": _("On")},
        _copies,
    ),
    Kind(
        "completions",
        _("Courses I have completed"),
        (Completion,),
        {"course": _("Course"), "group": _("Group"), "on": _("On"), "number": _("Number of my certificate")},
        _completions,
    ),
    Kind(
        "next_steps",
        _("Where I go on to"),
        (NextStep,),
        {"kind": _("What"), "words": _("My words"), "group": _("After"), "on": _("On")},
        _next_steps,
    ),
)
