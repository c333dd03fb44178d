from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.analysis.actions import take_codes
from alongside.analysis.queries import with_kept_words
from alongside.exchange.codebook.planning import plan
from alongside.exchange.formats.codebooks import CodebookFile


class ChangedSince(Exception):
    """The codebook is no longer as it was when somebody looked at what the file would do."""


@dataclass(frozen=True)
class Brought:
    new: int
    changed: int


@transaction.atomic
def import_codebook(
    *, by: User, study: Study, file: CodebookFile, seen: str, take_over: bool = False
) -> Brought:
    """Bring a codebook in as it was shown, all of it or nothing; `seen` is the seal of the plan that was."""
    Study.objects.select_for_update(no_key=True).get(pk=study.pk)
    planned = plan(study, by, file)
    if planned.refused:
        raise ValidationError(planned.refused)
    if planned.seal != seen:
        raise ChangedSince
    changed = planned.changes(take_over=take_over)
    for each in planned.known:
        words = changed.get(each.code.pk, {})
        if "example" in words:
            brought = str(words["example"])
            words["example"] = with_kept_words(study, by, each.code.example, brought)
    if not planned.new and not changed:
        raise ValidationError(_("Everything in the file is here already."))
    take_codes(by=by, study=study, new=planned.new, changed=changed)
    return Brought(len(planned.new), len(changed))
