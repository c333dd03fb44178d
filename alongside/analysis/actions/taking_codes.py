from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import begin, keep_codes
from alongside.analysis.actions.codebook import make_code
from alongside.analysis.models import Act, Code, State
from alongside.audit.actions import record_all


@dataclass(frozen=True)
class BroughtCode:
    """A code that a file brings. `above` is the key of one that came before it, or of one that is here."""

    key: str
    above: str | UUID | None
    name: str
    colour: int | None = None
    retired: bool = False
    pk: UUID | None = None
    words: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def take_codes(
    *, by: User, study: Study, new: Sequence[BroughtCode], changed: Mapping[UUID, Mapping[str, str | int]]
) -> list[Code]:
    """Bring codes in, and give known ones the words of a file: one act, undone as one."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    if not new and not changed:
        return []
    kept = [*_made(by, study, new), *_changed(study, changed)]
    keep_codes(begin(by, study, Act.Kind.TAKE_CODES), kept)
    record_all(by=by, verb="take_codes", on=[code for code, _was in kept], study=study.pk, fields=["codes"])
    return [code for code, _was in kept]


def _made(by: User, study: Study, new: Sequence[BroughtCode]) -> list[tuple[Code, State | None]]:
    here = Code.objects.filter(study=study).select_related("codebook").in_bulk()
    made: dict[str, Code] = {}
    for each in new:
        parent = here[each.above] if isinstance(each.above, UUID) else made.get(each.above or "")
        code = make_code(
            by=by,
            study=study,
            name=each.name,
            parent=parent,
            colour=each.colour,
            pk=each.pk,
            words=each.words,
        )
        if each.retired:
            code.retired = timezone.now()
            code.save(update_fields=["retired"])
        made[each.key] = code
    return [(code, None) for code in made.values()]


def _changed(
    study: Study, changed: Mapping[UUID, Mapping[str, str | int]]
) -> list[tuple[Code, State | None]]:
    kept: list[tuple[Code, State | None]] = []
    for code in Code.objects.filter(study=study, pk__in=list(changed)):
        was = code.state
        for trait, said in changed[code.pk].items():
            setattr(code, trait, said)
        code.full_clean()
        code.save(update_fields=list(changed[code.pk]))
        kept.append((code, was))
    return kept
