"""Two codes made one, and one made two. Whose a coding is never changes; which code it has does."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import BATCH, begin, keep_codes, keep_codings
from alongside.analysis.actions.codebook import make_code, refuse_namesake
from alongside.analysis.actions.following import follow_codes, follow_fallen
from alongside.analysis.models import Act, Code, CodeChange, Coding, State
from alongside.audit.actions import record


@transaction.atomic
def merge_codes(*, by: User, code: Code, into: Code) -> Code:
    """Make `code` one with `into`: everybody's codings, memos, themes and the codes below it go over, and
    `code` goes out of use. Where a coder had both on the same words, one coding stays."""
    Study.objects.select_for_update(no_key=True).get(pk=code.study_id)
    code, into = _as_they_stand(code, into)
    act = begin(by, code.study, Act.Kind.MERGE_CODES)
    moved = _move(Coding.objects.filter(code=code), into)
    keep_codings(act, moved.changed)
    codes = _take_in_children(code, into)
    was = code.state
    code.retired, code.merged = code.retired or timezone.now(), into
    code.save(update_fields=["retired", "merged"])
    keep_codes(act, [*codes, (code, was)])
    followed = {**follow_codes(code, into), **follow_fallen(act, moved.fallen)}
    CodeChange.objects.filter(act=act, code=code).update(followed=followed)
    record(by=by, verb="merge_codes", on=code, fields=["codings", "themes", "memos", "children", "retired"])
    return into


@transaction.atomic
def split_code(
    *, by: User, code: Code, codings: Iterable[int], name: str = "", into: Code | None = None, **words: str
) -> Code:
    """Move some of a code's passages to a new code beside it, called `name`, or to one that is there."""
    Study.objects.select_for_update(no_key=True).get(pk=code.study_id)
    code.refresh_from_db()
    wanted = list(codings)
    chosen = Coding.objects.filter(code=code, removed=None, pk__in=wanted)
    if not wanted or chosen.count() != len(set(wanted)):
        raise ValidationError(
            _("Choose at least one passage that is coded with “%(name)s” now.") % {"name": code}
        )
    act = begin(by, code.study, Act.Kind.SPLIT_CODE)
    if into is None:
        into = make_code(by=by, study=code.study, name=name, parent=code.parent, words=words)
        keep_codes(act, [(into, None)])
    else:
        _refuse_pair(code, into)
    moved = _move(chosen, into)
    keep_codings(act, moved.changed)
    followed = follow_fallen(act, moved.fallen)
    if any(followed.values()):
        # The code itself stays as it is: this keeps what went with its passages.
        CodeChange.objects.create(act=act, code=code, before=code.state, after=code.state, followed=followed)
    record(by=by, verb="split_code", on=code, fields=["codings"])
    return into


def _as_they_stand(code: Code, into: Code) -> tuple[Code, Code]:
    codes = Code.objects.select_related("study", "codebook").in_bulk([code.pk, into.pk])
    _refuse_pair(code, codes[into.pk])
    return codes[code.pk], codes[into.pk]


def _refuse_pair(code: Code, into: Code) -> None:
    if code.pk == into.pk:
        raise ValidationError(_("A code can’t go into itself. Choose another one."))
    if code.study_id != into.study_id:
        raise ValidationError(_("This code belongs to another study."))
    if into.retired:
        raise ValidationError(_("“%(name)s” has been taken out of use.") % {"name": into.name})


# Codings ----------------------------------------------------------------------------------------------


@dataclass
class _Moved:
    """Codings with what they were, and those that fell together with one that stood there: by that one."""

    changed: list[tuple[Coding, State | None]] = field(default_factory=list)
    strengthened: list[Coding] = field(default_factory=list)
    fallen: dict[int, int] = field(default_factory=dict)


def _move(codings: Iterable[Coding], into: Code) -> _Moved:
    """Give codings another code. What was taken off goes along, so that undoing finds it in use."""
    now = timezone.now()
    going = list(codings)
    there = _standing(into, going)
    moved = _Moved()
    goes: list[int] = []
    for coding in going:
        was = coding.state
        twin = there.get(_place(coding)) if coding.removed is None else None
        if twin is None:
            coding.code = into
            goes.append(coding.pk)
        else:
            was_twin = twin.state
            _strengthen(twin, coding)
            if twin.state != was_twin:
                moved.strengthened.append(twin)
                moved.changed.append((twin, was_twin))
            coding.removed = now
            moved.fallen[coding.pk] = twin.pk
        moved.changed.append((coding, was))
    for start in range(0, len(goes), BATCH):
        Coding.objects.filter(pk__in=goes[start : start + BATCH]).update(code=into)
    stronger = ["important", "adopted", "adopted_by"]
    Coding.objects.bulk_update(moved.strengthened, stronger, batch_size=BATCH // 10)
    fallen = list(moved.fallen)
    for start in range(0, len(fallen), BATCH):
        Coding.objects.filter(pk__in=fallen[start : start + BATCH]).update(removed=now)
    return moved


def _place(coding: Coding) -> tuple[int, object, int, int]:
    return coding.revision_id, coding.coder_id, coding.start, coding.end


def _standing(code: Code, going: list[Coding]) -> dict[tuple[int, object, int, int], Coding]:
    texts = {coding.revision_id for coding in going}
    rows = Coding.objects.filter(code=code, removed=None)
    return {_place(coding): coding for coding in rows if coding.revision_id in texts}


def _strengthen(twin: Coding, coding: Coding) -> None:
    """The coding that stays is important, or the team's, if either was."""
    twin.important = twin.important or coding.important
    if twin.adopted is None:
        twin.adopted, twin.adopted_by = coding.adopted, coding.adopted_by


# Codes below ------------------------------------------------------------------------------------------


def _take_in_children(code: Code, into: Code) -> list[tuple[Code, State | None]]:
    """The codes below `code` go below `into`, which first takes its place if it is one of them."""
    changed: list[tuple[Code, State | None]] = []
    if _is_below(into, code):
        changed.append((into, into.state))
        into.parent, into.position = code.parent, code.position
        refuse_namesake(into)
        into.save(update_fields=["parent", "position"])
    last = max((child.position for child in into.children.all()), default=-1)
    for number, child in enumerate(code.children.exclude(pk=into.pk), start=1):
        changed.append((child, child.state))
        child.parent, child.position = into, last + number
        _refuse_twin_below(child, into)
        child.save(update_fields=["parent", "position"])
    return changed


def _is_below(code: Code, above: Code) -> bool:
    here = code.parent
    while here is not None and here.pk != above.pk:
        here = here.parent
    return here is not None


def _refuse_twin_below(child: Code, into: Code) -> None:
    if Code.objects.filter(parent=into, name=child.name).exclude(pk=child.pk).exists():
        raise ValidationError(
            _("Under both stands a code called “%(name)s”. Merge those two first, or rename one.")
            % {"name": child.name}
        )
