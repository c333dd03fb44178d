from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.accounts.models import User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import study_for
from alongside.analysis import actions, queries
from alongside.analysis.forms import ChangeThemeForm, ThemeForm
from alongside.interviews.actions import note_reads
from alongside.interviews.queries import transcripts_unasked
from alongside.web.forms import taken

CODINGS_OFFERED = 100
# Of each theme on the page of them all, as its template cuts them.
VOICES_SHOWN = 2


def themes(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    shown = queries.themes_with_voices(its_study, user)
    heard = [voice.transcript for each in shown for voice in each.voices[:VOICES_SHOWN]]
    note_reads(by=user, study=its_study, transcripts=heard)
    page = {
        "study": its_study,
        "themes": shown,
        "ties": queries.ties(its_study),
        "pairs": queries.pair_matrix(its_study, user),
        "unasked": transcripts_unasked(
            its_study, user, revisions__passages__in=queries.chosen(its_study, user)
        ),
    }
    return render(request, "analysis/themes.html", page)


def theme(request: HttpRequest, study: str, theme: UUID) -> HttpResponse:
    """One theme: its idea, its codes, the words that speak for it and those that could."""
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.READ_TRANSCRIPTS)
    shown = queries.theme_for(its_study, theme)
    voices = queries.voices(its_study, user, [shown])[shown.pk]
    codings = queries.with_memos(queries.offered(its_study, user, shown), user)
    offered = queries.placed(codings[:CODINGS_OFFERED])
    heard = [*(each.transcript for each in voices), *(each.transcript for each in offered)]
    coded = queries.standing_codings(its_study, user).filter(code__themes=shown)
    note_reads(by=user, study=its_study, transcripts=heard)
    page = {
        "study": its_study,
        "theme": shown,
        "voices": voices,
        "offered": offered,
        "memos": queries.memos_about(its_study, user, shown),
        "unasked": transcripts_unasked(its_study, user, revisions__codings__in=coded),
    }
    return render(request, "analysis/theme.html", page)


def start_theme(request: HttpRequest, study: str) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.BUILD_THEMES)
    form = ThemeForm(request.POST or None, study=its_study, user=user)
    if form.is_valid():
        try:
            made = actions.start_theme(by=user, study=its_study, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            taken(request)
            messages.success(
                request, _("“%(name)s” is begun. Now choose words that speak for it.") % {"name": made}
            )
            return redirect("analysis:theme", study, made.pk)
    page = {"study": its_study, "form": form}
    return render(request, "analysis/start_theme.html", page, status=422 if form.errors else 200)


def change_theme(request: HttpRequest, study: str, theme: UUID) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.BUILD_THEMES)
    changed = queries.theme_for(its_study, theme)
    form = ChangeThemeForm(request.POST or None, thing=changed, study=its_study, user=user)
    if form.do(actions.change_theme, by=user, theme=changed):
        taken(request)
        messages.success(request, _("Saved."))
        form.tell(request)
        return redirect("analysis:theme", study, theme)
    page = {"study": its_study, "form": form, "theme": changed}
    return render(request, "analysis/change_theme.html", page, status=form.status)


@require_POST
def choose_passage(request: HttpRequest, study: str, theme: UUID, coding: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.BUILD_THEMES)
    chosen = queries.coding_for(its_study, user, coding)
    try:
        actions.choose_passage(
            by=user,
            theme=queries.theme_for(its_study, theme),
            revision=chosen.revision,
            start=chosen.start,
            end=chosen.end,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("analysis:theme", study, theme)


@require_POST
def drop_passage(request: HttpRequest, study: str, passage: int) -> HttpResponse:
    user = cast(User, request.user)
    its_study = study_for(user, study, to=Permission.BUILD_THEMES)
    dropped = queries.passage_for(its_study, user, passage)
    actions.drop_passage(by=user, passage=dropped)
    return redirect("analysis:theme", study, dropped.theme_id)
