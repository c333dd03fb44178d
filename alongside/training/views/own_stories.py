"""Stories on one's own pages: those one tells, and those that others let one read."""

import io
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.people.own import address, on_own_page
from alongside.people.queries import Own
from alongside.training import actions, queries
from alongside.training.forms import ChangeStoryForm, DownloadForm, GroupForm, StoryForm
from alongside.training.models import Narrative
from alongside.training.views.mine import own_page
from alongside.web.forms import Asking

KINDS = {"txt": "text/plain; charset=utf-8", "pdf": "application/pdf"}


@on_own_page
def my_stories(request: HttpRequest, own: Own) -> HttpResponse:
    return own_page(
        request,
        own,
        "my_stories",
        mine=queries.own_stories(own.person),
        told=queries.stories_told_to(own.person),
        to_delete=queries.copies_to_delete(own.person),
    )


@on_own_page
def my_new_story(request: HttpRequest, own: Own) -> HttpResponse:
    form = StoryForm(request.POST or None)
    if form.do(actions.tell_story, by=own.person, teller=own.person):
        messages.success(request, _("Your story is kept. Nobody can read it yet. Now choose who may."))
        return redirect(address(own, "training:my-story", narrative=form.made.pk))
    return own_page(request, own, "my_new_story", form=form)


@on_own_page
def my_story(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponse:
    return _story_page(request, own, queries.own_story_for(own.person, narrative))


def _story_page(request: HttpRequest, own: Own, story: Narrative, form: Asking | None = None) -> HttpResponse:
    groups = queries.groups_to_share_with(story)
    return own_page(
        request,
        own,
        "my_story",
        form=form,
        story=story,
        group_form=form if isinstance(form, GroupForm) else GroupForm(groups=groups),
        groups=groups,
        copies=queries.copies_of(story),
    )


@on_own_page
def my_story_change(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponse:
    story = queries.own_story_for(own.person, narrative)
    form = ChangeStoryForm(request.POST or None, thing=story)
    if form.do(actions.change_story, by=own.person, narrative=story):
        messages.success(request, _("Saved. From now on people read these words."))
        form.tell(request)
        return redirect(address(own, "training:my-story", narrative=story.pk))
    return own_page(request, own, "my_story_change", form=form, story=story)


@require_POST
@on_own_page
def my_story_share(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponse:
    story = queries.own_story_for(own.person, narrative)
    form = GroupForm(request.POST, groups=queries.own_circles(own.person))
    if form.do(actions.share_story, by=own.person, narrative=story):
        messages.success(request, _("%(group)s can read it now.") % {"group": form.made.cohort})
        return redirect(address(own, "training:my-story", narrative=story.pk))
    return _story_page(request, own, story, form)


@require_POST
@on_own_page
def my_sharing_ends(request: HttpRequest, own: Own, sharing: int) -> HttpResponse:
    found = queries.own_sharing_for(own.person, sharing)
    actions.stop_sharing(by=own.person, sharing=found)
    messages.success(request, _("%(group)s can’t read it any more.") % {"group": found.cohort})
    return redirect(address(own, "training:my-story", narrative=found.narrative_id))


@require_POST
@on_own_page
def my_story_retires(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponse:
    story = queries.own_story_for(own.person, narrative)
    actions.retire_story(by=own.person, narrative=story)
    messages.success(request, _("Your story is taken back, everywhere."))
    return redirect(address(own, "training:my-story", narrative=story.pk))


@on_own_page
def my_story_told(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponse:
    return _told_page(request, own, queries.told_story_for(own.person, narrative), DownloadForm())


@require_POST
@on_own_page
def my_story_copy(request: HttpRequest, own: Own, narrative: UUID) -> HttpResponseBase:
    story = queries.told_story_for(own.person, narrative)
    form = DownloadForm(request.POST)
    if form.do(actions.download_story, by=own.person, reader=own.person, narrative=story):
        copy, content = form.made
        name = f"{slugify(story.title) or 'story'}.{copy.format}"
        return FileResponse(
            io.BytesIO(content), as_attachment=True, filename=name, content_type=KINDS[copy.format]
        )
    return _told_page(request, own, story, form)


def _told_page(request: HttpRequest, own: Own, story: Narrative, form: DownloadForm) -> HttpResponse:
    return own_page(request, own, "my_story_told", form=form, story=story)
