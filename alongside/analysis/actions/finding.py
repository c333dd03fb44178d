from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions.acts import BATCH, begin, keep_codings
from alongside.analysis.actions.codings import check_span
from alongside.analysis.models import Act, Code, Coding
from alongside.analysis.queries import Chosen
from alongside.audit.actions import record_all

# What one stroke may code.
MOST_PASSAGES = 2000


@dataclass(frozen=True)
class Coded:
    """How many codings were made, in how many transcripts, and how many stood there already."""

    made: int
    transcripts: int
    known: int


@transaction.atomic
def code_found(*, by: User, study: Study, code: Code, chosen: Sequence[Chosen]) -> Coded:
    """Put `code` on every passage, in the coder's own name: one act in each transcript, undone there."""
    if len(chosen) > MOST_PASSAGES:
        raise ValidationError(
            _("At most %(most)s passages can be coded in one go; these are %(count)s.")
            % {"most": MOST_PASSAGES, "count": len(chosen)}
        )
    if code.retired or code.study_id != study.pk:
        raise ValidationError(_("“%(name)s” has been taken out of use.") % {"name": code.name})
    by_text: dict[int, list[Chosen]] = {}
    for each in chosen:
        check_span(each.revision, each.start, each.end)
        by_text.setdefault(each.revision.pk, []).append(each)
    made = [_in_one_text(by, study, code, by_text[text]) for text in sorted(by_text)]
    count = sum(made)
    return Coded(count, sum(bool(each) for each in made), len(chosen) - count)


def _in_one_text(by: User, study: Study, code: Code, chosen: Sequence[Chosen]) -> int:
    revision = chosen[0].revision
    act = begin(by, study, Act.Kind.APPLY, transcript=revision.transcript)
    standing = Coding.objects.filter(revision=revision, code=code, coder=by, removed=None)
    known = set(standing.values_list("start", "end"))
    spans = sorted({(each.start, each.end) for each in chosen} - known)
    if not spans:
        act.delete()
        return 0
    codings = Coding.objects.bulk_create(
        [
            Coding(study=study, revision=revision, code=code, coder=by, start=start, end=end)
            for start, end in spans
        ],
        batch_size=BATCH,
    )
    keep_codings(act, [(coding, None) for coding in codings])
    record_all(by=by, verb="apply_code", on=codings, study=study.pk, fields=["code", "start", "end"])
    return len(codings)
