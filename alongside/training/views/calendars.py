"""Calendars: files that other programs fetch, and the pages where their addresses are."""

import hashlib
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.addresses import feed_address
from alongside.training.calendars import CONTENT_TYPE, as_calendar
from alongside.training.forms import NamedForm
from alongside.training.models import CalendarFeed, Session
from alongside.training.views.common import Request, page


@csrf_exempt
@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, calendar: str) -> HttpResponseBase:
    """What a calendar program fetches. Whatever is wrong with the address, the answer is the same."""
    try:
        feed = queries.feed_at(calendar)
    except Http404:
        return HttpResponse(_("There is no calendar here.") + "\n", status=404, content_type="text/plain")
    content = as_calendar(
        queries.shown_in(feed), home=feed.time_zone, says_which_course=feed.says_which_course
    )
    return _calendar(request, content, "courses.ics")


def _calendar(request: HttpRequest, content: bytes, name: str) -> HttpResponseBase:
    """The file, or that it is still the one the program has."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": "private, no-cache",
        "X-Robots-Tag": "noindex, nofollow",
        "ETag": tag,
    }
    answer = HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
    return cast(HttpResponseBase, get_conditional_response(request, etag=tag, response=answer))


def session_file(request: Request, study: str, session: UUID) -> HttpResponseBase:
    here = study_for(request.user, study, to=Permission.SEE_TRAINING)
    return _one(request, queries.session_for(here, session))


@on_own_page
def my_session_file(request: HttpRequest, own: Own, session: UUID) -> HttpResponseBase:
    return _one(request, queries.own_session_for(own.person, session))


def _one(request: HttpRequest, session: Session) -> HttpResponseBase:
    content = as_calendar(queries.shown_alone(session), says_which_course=True)
    return _calendar(request, content, f"session-{session.number}.ics")


def group_calendar(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    feed = queries.group_feed(group)
    return page(request, "group_calendar", study=here, cohort=group, feed=feed, **_follow(request, feed))


@require_POST
def make_group_calendar(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    actions.make_group_calendar(by=request.user, cohort=group)
    messages.success(request, _("This is the address now. An earlier one works no more."))
    return redirect("training:group-calendar", here.slug, group.pk)


@require_POST
def name_group_calendar(request: Request, study: str, cohort: UUID) -> HttpResponse:
    here = study_for(request.user, study, to=Permission.RUN_TRAINING)
    group = queries.cohort_for(here, cohort)
    _name(request, here.pk, queries.group_feed(group), by=request.user)
    return redirect("training:group-calendar", here.slug, group.pk)


@on_own_page
def my_calendar(request: HttpRequest, own: Own) -> HttpResponse:
    feed = queries.my_feed(own.person)
    context = {"own": own, "study": own.person.study, "feed": feed, **_follow(request, feed)}
    return render(request, "training/my_calendar.html", context)


@require_POST
@on_own_page
def my_new_calendar(request: HttpRequest, own: Own) -> HttpResponse:
    actions.make_my_calendar(by=own.person, person=own.person)
    messages.success(request, _("This is your address now. An older one does not work any more."))
    return redirect(address(own, "training:my-calendar"))


@require_POST
@on_own_page
def my_calendar_words(request: HttpRequest, own: Own) -> HttpResponse:
    _name(request, own.person.study_id, queries.my_feed(own.person), by=own.person)
    return redirect(address(own, "training:my-calendar"))


def _name(request: HttpRequest, study: UUID, feed: CalendarFeed | None, *, by: object) -> None:
    form = NamedForm(request.POST)
    if feed and form.do(actions.name_course_in_calendar, by=by, feed=feed, study=study):
        messages.success(request, _("Saved. Calendars show it when they next look, within some hours."))


def _follow(request: HttpRequest, feed: CalendarFeed | None) -> dict[str, str]:
    """The whole address that a calendar is given, and the same as calendars on a device open it."""
    if feed is None:
        return {}
    follow = request.build_absolute_uri(reverse("training:calendar-feed", args=[feed_address(feed.pk)]))
    return {"follow": follow, "webcal": "webcal:" + follow.partition(":")[2]}
