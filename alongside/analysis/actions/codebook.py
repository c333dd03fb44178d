"""Codes one at a time. Each write holds the study first, so that one name can't come in twice at once."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import begin, keep_codes
from alongside.analysis.models import CODE_WORDS, COLOURS, Act, Code, Codebook, State
from alongside.analysis.queries.coined import unnamed, unseen_codes
from alongside.audit.actions import record

# Between two neighbours, so that most moves change one row.
GAP = 1024


@transaction.atomic
def add_code(
    *,
    by: User | None,
    study: Study,
    name: str,
    parent: Code | None = None,
    colour: int | None = None,
    **words: str,
) -> Code:
    """A code in the codebook, with what it means in `words` by the names of its traits."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    code = make_code(by=by, study=study, name=name, parent=parent, colour=colour, words=words)
    keep_codes(begin(by, study, Act.Kind.ADD_CODE), [(code, None)])
    record(by=by, verb="add_code", on=code, fields=["name"])
    return code


def make_code(
    *,
    by: User | None,
    study: Study,
    name: str,
    parent: Code | None = None,
    colour: int | None = None,
    pk: UUID | None = None,
    words: Mapping[str, str] | None = None,
) -> Code:
    """A new code, last of those beside it. Whoever calls holds the study, and keeps the act.

    Where somebody named one so in what is still read apart, `by` can't know: it is that one, now shown. So is
    one whose naming was undone.
    """
    codebook, _new = Codebook.objects.get_or_create(study=study)
    beside = Code.objects.filter(codebook=codebook, parent=parent, name=name.strip())
    unseen = beside.filter(pk__in=unseen_codes(study, by)).first()
    if unseen:
        return _shown(unseen, words or {})
    free = unnamed(beside).first()
    if free:
        return _named_anew(free, colour, words or {})
    last = Code.objects.filter(codebook=codebook, parent=parent).aggregate(last=Max("position"))["last"]
    code = Code(
        pk=pk or uuid4(),
        study=study,
        codebook=codebook,
        parent=parent,
        name=name.strip(),
        colour=colour or _next_colour(codebook),
        position=0 if last is None else last + GAP,
        **{field: said.strip() for field, said in (words or {}).items()},
    )
    refuse_namesake(code)
    code.full_clean()
    code.save()
    return code


def _shown(code: Code, words: Mapping[str, str]) -> Code:
    """What two people wrote of it without knowing of each other stands one below the other."""
    code.retired = None
    for trait, said in words.items():
        both = dict.fromkeys(each for each in (getattr(code, trait), said.strip()) if each)
        setattr(code, trait, "\n\n".join(both))
    code.full_clean()
    code.save(update_fields=["retired", *words])
    return code


def _named_anew(code: Code, colour: int | None, words: Mapping[str, str]) -> Code:
    """What is said of it now stands, in place of what was undone."""
    code.retired = None
    code.colour = colour or code.colour
    for trait, said in words.items():
        setattr(code, trait, said.strip())
    code.full_clean()
    code.save(update_fields=["retired", "colour", *words])
    return code


def refuse_namesake(code: Code) -> None:
    """Two codes may share a name, but not in one place."""
    beside = Code.objects.filter(codebook=code.codebook, parent=code.parent, name=code.name)
    known = beside.exclude(pk=code.pk).first()
    if known is None:
        return
    if known.retired:
        raise ValidationError(
            _("There is a code called “%(name)s” here already. It is out of use; bring it back instead.")
            % {"name": code.name}
        )
    raise ValidationError(_("There is a code called “%(name)s” here already.") % {"name": code.name})


def _next_colour(codebook: Codebook) -> int:
    """The colour used least so far, so that neighbours in the margin differ as long as they can."""
    used = list(Code.objects.filter(codebook=codebook, retired=None).values_list("colour", flat=True))
    return min(range(1, COLOURS + 1), key=lambda colour: (used.count(colour), colour))


@transaction.atomic
def change_code(*, by: User, code: Code, **words: str | int) -> Code:
    """Change a code's name, colour or what it means; its codings stay."""
    Study.objects.select_for_update(no_key=True).get(pk=code.study_id)
    code.refresh_from_db()
    was = code.state
    changed = [field for field in CODE_WORDS if field in words and getattr(code, field) != words[field]]
    for field in changed:
        setattr(code, field, words[field])
    refuse_namesake(code)
    code.full_clean()
    if changed:
        code.save(update_fields=changed)
        keep_codes(begin(by, code.study, Act.Kind.CHANGE_CODE), [(code, was)])
        record(by=by, verb="change_code", on=code, fields=changed)
    return code


@transaction.atomic
def move_code(*, by: User, code: Code, parent: Code | None, before: Code | None = None) -> Code:
    """Put a code under another, or on top: before one of those that stand there, or last."""
    Study.objects.select_for_update(no_key=True).get(pk=code.study_id)
    code.refresh_from_db()
    _refuse_circle(code, parent)
    was = code.state
    code.parent = parent
    refuse_namesake(code)
    moved = _placed(code, before)
    if moved or code.state != was:
        code.full_clean()
        code.save(update_fields=["parent", "position"])
        keep_codes(begin(by, code.study, Act.Kind.MOVE_CODE), [(code, was), *moved])
        record(by=by, verb="move_code", on=code, fields=["parent", "position"])
    return code


def _refuse_circle(code: Code, parent: Code | None) -> None:
    above = parent
    while above is not None:
        if above.pk == code.pk:
            raise ValidationError(_("A code can’t stand under itself or under a code of its own."))
        above = above.parent


def _placed(code: Code, before: Code | None) -> list[tuple[Code, State | None]]:
    """Give `code` its position among those beside it; which of them had to make room."""
    beside = list(Code.objects.filter(codebook=code.codebook, parent=code.parent).exclude(pk=code.pk))
    places = [each.pk for each in beside]
    place = places.index(before.pk) if before is not None and before.pk in places else len(beside)
    low = beside[place - 1].position if place else -1
    if place == len(beside):
        if code.position <= low or not beside:
            code.position = low + GAP if beside else 0
        return []
    high = beside[place].position
    if high - low > 1:
        # Where it stands already, it keeps its number.
        code.position = code.position if low < code.position < high else low + (high - low) // 2
        return []
    return _with_room(code, [*beside[:place], code, *beside[place:]])


def _with_room(code: Code, ordered: list[Code]) -> list[tuple[Code, State | None]]:
    moved: list[tuple[Code, State | None]] = []
    for number, each in enumerate(ordered):
        was = each.state
        each.position = number * GAP
        if each is not code and each.state != was:
            moved.append((each, was))
    Code.objects.bulk_update([each for each, _was in moved], ["position"], batch_size=500)
    return moved


@transaction.atomic
def retire_code(*, by: User, code: Code) -> Code:
    """Take a code out of use; what is coded with it stays. Somebody may have done so already."""
    return _use(by, code, is_used=False, verb="retire_code")


@transaction.atomic
def bring_back_code(*, by: User, code: Code) -> Code:
    """Bring a code back into use. Merged before, it stands for itself again."""
    return _use(by, code, is_used=True, verb="bring_back_code")


def _use(by: User, code: Code, *, is_used: bool, verb: str) -> Code:
    Study.objects.select_for_update(no_key=True).get(pk=code.study_id)
    code.refresh_from_db()
    if is_used == (code.retired is None):
        return code
    was = code.state
    code.retired = None if is_used else timezone.now()
    code.merged = None
    code.save(update_fields=["retired", "merged"])
    keep_codes(begin(by, code.study, Act.Kind.RETIRE_CODE), [(code, was)])
    record(by=by, verb=verb, on=code, fields=["retired"])
    return code
