from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.models import COLOURS, Code, Codebook, Coding, Memo, Passage, Theme, Tie
from alongside.audit.actions import record
from alongside.interviews.models import Revision, Transcript

CODE_WORDS = ("name", "definition", "include", "exclude", "example", "colour")
BATCH = 2000


@transaction.atomic
def add_code(
    *,
    by: User | None,
    study: Study,
    name: str,
    parent: Code | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    example: str = "",
    colour: int | None = None,
) -> Code:
    # Taken first, so that one name can't come in twice at once.
    Study.objects.select_for_update().get(pk=study.pk)
    codebook, _new = Codebook.objects.get_or_create(study=study)
    siblings = Code.objects.filter(codebook=codebook, parent=parent)
    last = siblings.aggregate(last=Max("position"))["last"]
    code = Code(
        study=study,
        codebook=codebook,
        parent=parent,
        name=name.strip(),
        definition=definition.strip(),
        include=include.strip(),
        exclude=exclude.strip(),
        example=example.strip(),
        colour=colour or _next_colour(codebook),
        position=0 if last is None else last + 1,
    )
    if siblings.filter(name=code.name).exists():
        raise ValidationError(_("There is a code called “%(name)s” here already.") % {"name": code.name})
    code.full_clean()
    code.save()
    record(by=by, verb="add_code", on=code, fields=["name"])
    return code


def _next_colour(codebook: Codebook) -> int:
    """The colour used least so far, so that neighbours in the margin differ as long as they can."""
    used = list(Code.objects.filter(codebook=codebook, retired=None).values_list("colour", flat=True))
    return min(range(1, COLOURS + 1), key=lambda colour: (used.count(colour), colour))


@transaction.atomic
def change_code(*, by: User, code: Code, **words: str | int) -> Code:
    """Change a code's name, colour or what it means; its codings stay."""
    changed = [field for field in CODE_WORDS if field in words and getattr(code, field) != words[field]]
    for field in changed:
        setattr(code, field, words[field])
    code.full_clean()
    if changed:
        code.save(update_fields=changed)
        Codebook.objects.filter(pk=code.codebook_id).update(version=code.codebook.version + 1)
        record(by=by, verb="change_code", on=code, fields=changed)
    return code


@transaction.atomic
def move_code(*, by: User, code: Code, parent: Code | None) -> Code:
    """Put a code under another, or on top."""
    above = parent
    while above is not None:
        if above.pk == code.pk:
            raise ValidationError(_("A code can’t stand under itself or under a code of its own."))
        above = above.parent
    code.parent = parent
    code.full_clean()
    code.save(update_fields=["parent"])
    record(by=by, verb="move_code", on=code, fields=["parent"])
    return code


@transaction.atomic
def retire_code(*, by: User, code: Code) -> Code:
    """Take a code out of use; what is coded with it stays. Retiring it again brings it back."""
    code.retired = None if code.retired else timezone.now()
    code.save(update_fields=["retired"])
    record(by=by, verb="retire_code" if code.retired else "bring_back_code", on=code, fields=["retired"])
    return code


@transaction.atomic
def apply_code(*, by: User, revision: Revision, code: Code, start: int, end: int) -> Coding:
    """Put `code` on `revision.text[start:end]` in the coder's own name. Doing it twice makes one coding."""
    _check_span(revision, start, end)
    if code.study_id != revision.transcript.study_id:
        raise ValidationError(_("This code belongs to another study."))
    if code.retired:
        raise ValidationError(_("“%(name)s” has been taken out of use.") % {"name": code.name})
    coding, new = Coding.objects.get_or_create(
        revision=revision,
        code=code,
        coder=by,
        start=start,
        end=end,
        removed=None,
        defaults={"study_id": code.study_id},
    )
    if new:
        record(by=by, verb="apply_code", on=coding, fields=["code", "start", "end"])
    return coding


@transaction.atomic
def apply_new_code(*, by: User, revision: Revision, name: str, start: int, end: int) -> Coding:
    """Apply a code named while reading. One of that name on top of the codebook is taken as meant."""
    study = revision.transcript.study
    Study.objects.select_for_update().get(pk=study.pk)
    known = Code.objects.filter(study=study, parent=None, name=name.strip()).first()
    return apply_code(
        by=by,
        revision=revision,
        code=known or add_code(by=by, study=study, name=name),
        start=start,
        end=end,
    )


def _check_span(revision: Revision, start: int, end: int) -> None:
    if not revision.is_current:
        raise ValidationError(_("This text has been corrected since you opened it. Please open it again."))
    if not 0 <= start < end <= revision.length:
        raise ValidationError(
            _(
                "A passage lies between 0 and %(length)s and has words in it; "
                "this one goes from %(start)s to %(end)s."
            )
            % {"length": revision.length, "start": start, "end": end}
        )


@transaction.atomic
def remove_coding(*, by: User, coding: Coding) -> Coding:
    """Take a coding off. The row stays, so that it can be put back."""
    _check_own(by, coding)
    if coding.removed is None:
        coding.removed = timezone.now()
        coding.save(update_fields=["removed"])
        record(by=by, verb="remove_coding", on=coding, fields=["removed"])
    return coding


@transaction.atomic
def restore_coding(*, by: User, coding: Coding) -> Coding:
    """Put a coding back, unless the same words were coded so again meanwhile."""
    _check_own(by, coding)
    twin = Coding.objects.filter(
        revision=coding.revision_id,
        code=coding.code_id,
        coder=by,
        start=coding.start,
        end=coding.end,
        removed=None,
    ).first()
    if twin:
        return twin
    coding.removed = None
    coding.save(update_fields=["removed"])
    record(by=by, verb="restore_coding", on=coding, fields=["removed"])
    return coding


def _check_own(by: User, coding: Coding) -> None:
    if coding.coder_id != by.pk:
        raise ValidationError(_("Only the person who made a coding can take it off."))


@dataclass(frozen=True)
class NewCoding:
    """One coding of an imported table, its span already found."""

    revision: Revision
    code: Code
    coder: User
    start: int
    end: int
    memo: str = ""


@transaction.atomic
def take_codings(*, by: User | None, study: Study, codings: Sequence[NewCoding]) -> tuple[int, int]:
    """Store many codings at once; how many are new, and how many were there already."""
    for new in codings:
        _check_span(new.revision, new.start, new.end)
    revisions = {new.revision.pk for new in codings}
    known = set(
        Coding.objects.filter(revision__in=revisions, removed=None).values_list(
            "revision_id", "code_id", "coder_id", "start", "end"
        )
    )
    fresh: dict[tuple[object, ...], NewCoding] = {}
    for new in codings:
        place = (new.revision.pk, new.code.pk, new.coder.pk, new.start, new.end)
        if place not in known:
            fresh.setdefault(place, new)
    made = Coding.objects.bulk_create(
        (
            Coding(study=study, revision=n.revision, code=n.code, coder=n.coder, start=n.start, end=n.end)
            for n in fresh.values()
        ),
        batch_size=BATCH,
    )
    _keep_memos(study, zip(made, fresh.values(), strict=True))
    if made:
        record(by=by, verb="take_codings", on=study, fields=["codings"])
    return len(made), len(codings) - len(made)


def _keep_memos(study: Study, made: Iterable[tuple[Coding, NewCoding]]) -> None:
    Memo.objects.bulk_create(
        [
            Memo(study=study, author=new.coder, coding=coding, words=new.memo)
            for coding, new in made
            if new.memo
        ],
        batch_size=BATCH,
    )


@transaction.atomic
def write_memo(
    *, by: User, study: Study, words: str, transcript: Transcript | None = None, private: bool = False
) -> Memo | None:
    """A reader's one memo on a transcript, or their journal. Emptied, it goes."""
    User.objects.select_for_update().get(pk=by.pk)
    memo = Memo.objects.filter(
        study=study, author=by, transcript=transcript, coding=None, code=None, theme=None
    )
    known = memo.first()
    if not words.strip():
        if known:
            record(by=by, verb="clear_memo", on=known)
            known.delete()
        return None
    if known is None:
        known = Memo(study=study, author=by, transcript=transcript)
    known.words, known.private = words, private
    known.save()
    record(by=by, verb="write_memo", on=known, fields=["words"])
    return known


@transaction.atomic
def keep_memo(
    *,
    by: User,
    study: Study,
    words: str,
    transcript: Transcript | None = None,
    code: Code | None = None,
    theme: Theme | None = None,
    private: bool = False,
    made: datetime | None = None,
) -> Memo:
    """A memo about one thing, or about the study, as it was written at some time."""
    memo = Memo(
        study=study,
        author=by,
        words=words.strip(),
        transcript=transcript,
        code=code,
        theme=theme,
        private=private,
        made=made or timezone.now(),
    )
    memo.full_clean()
    memo.save()
    record(by=by, verb="keep_memo", on=memo, fields=["words"])
    return memo


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
    Study.objects.select_for_update().get(pk=study.pk)
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
    theme.codes.set(chosen)
    record(by=by, verb="gather_codes", on=theme, fields=["codes"])


@transaction.atomic
def choose_passage(*, by: User | None, theme: Theme, revision: Revision, start: int, end: int) -> Passage:
    """Let words speak for a theme: they must be coded with one of the codes that it rests on."""
    _check_span(revision, start, end)
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
