from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.codings import check_span
from alongside.analysis.models import Code, Coding, Passage, Theme, Tie
from alongside.audit.actions import hold, record
from alongside.interviews.models import Revision


@transaction.atomic
def start_theme(
    *,
    by: User | None,
    study: Study,
    name: str,
    idea: str,
    codes: Iterable[Code] = (),
    status: str = Theme.Status.OPEN,
    named_by: str = "",
    named: date | None = None,
) -> Theme:
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    last = Theme.objects.filter(study=study).aggregate(last=Max("position"))["last"]
    theme = Theme(
        study=study,
        name=name.strip(),
        idea=idea.strip(),
        status=status,
        position=0 if last is None else last + 1,
        named_by=named_by,
        named=named,
    )
    theme.full_clean()
    theme.save()
    record(by=by, verb="start_theme", on=theme, fields=["name", "idea"])
    gather_codes(by=by, theme=theme, codes=codes)
    return theme


@transaction.atomic
def change_theme(
    *, by: User, theme: Theme, name: str, idea: str, status: str, codes: Iterable[Code]
) -> Theme:
    hold(theme.study_id)
    theme.name, theme.idea, theme.status = name.strip(), idea.strip(), status
    theme.full_clean()
    theme.save(update_fields=["name", "idea", "status"])
    record(by=by, verb="change_theme", on=theme, fields=["name", "idea", "status"])
    gather_codes(by=by, theme=theme, codes=codes)
    return theme


@transaction.atomic
def gather_codes(*, by: User | None, theme: Theme, codes: Iterable[Code]) -> None:
    """Say which codes a theme rests on."""
    chosen = list(codes)
    if any(code.study_id != theme.study_id for code in chosen):
        raise ValidationError(_("A theme rests on codes of its own study."))
    hold(theme.study_id)
    theme.codes.set(chosen)
    record(by=by, verb="gather_codes", on=theme, fields=["codes"])


@transaction.atomic
def choose_passage(*, by: User | None, theme: Theme, revision: Revision, start: int, end: int) -> Passage:
    """Let words speak for a theme: they must be coded with one of the codes that it rests on."""
    hold(theme.study_id)
    check_span(revision, start, end)
    rests = Coding.objects.filter(
        revision=revision, removed=None, code__in=theme.codes.all(), start__lt=end, end__gt=start
    )
    if not rests.exists():
        raise ValidationError(_("Choose words that are coded with one of this theme’s codes."))
    last = theme.passages.aggregate(last=Max("position"))["last"]
    passage, new = Passage.objects.get_or_create(
        theme=theme,
        revision=revision,
        start=start,
        end=end,
        defaults={"chosen_by": by, "position": 0 if last is None else last + 1},
    )
    if new:
        record(by=by, verb="choose_passage", on=passage, study=theme.study_id, fields=["start", "end"])
    return passage


@transaction.atomic
def drop_passage(*, by: User, passage: Passage) -> None:
    record(by=by, verb="drop_passage", on=passage, study=passage.theme.study_id)
    passage.delete()


@transaction.atomic
def tie_themes(*, by: User | None, one: Theme, other: Theme, says: str, against: bool = False) -> Tie:
    """A sentence the team agreed: how one theme stands to another."""
    tie = Tie(one=one, other=other, says=says.strip(), against=against)
    tie.full_clean()
    tie.save()
    record(by=by, verb="tie_themes", on=tie, study=one.study_id, fields=["says"])
    return tie
