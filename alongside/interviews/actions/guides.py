from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.accounts.models import Study, User
from alongside.audit.actions import record
from alongside.interviews.models import Guide, Question


class NewQuestion(NamedTuple):
    """One question of a guide; `mirror` asks the other half of a pair the same."""

    wording: str
    mirror: str = ""
    prompt: str = ""


@transaction.atomic
def write_guide(
    *,
    by: User | None,
    study: Study,
    title: str,
    questions: Sequence[tuple[str, str, str]],
    written_with: str = "",
) -> Guide:
    """A guide, or the next version of the one with this title. Earlier versions stay as they were."""
    written = [NewQuestion(*(words.strip() for words in question)) for question in questions]
    asked = [question for question in written if any(question)]
    if not asked:
        raise ValidationError(_("A guide needs at least one question."))
    if not all(question.wording for question in asked):
        raise ValidationError(_("A question has a mirror or a prompt, but no words of its own."))
    earlier = Guide.objects.select_for_update().filter(study=study, title=title.strip())
    last = earlier.aggregate(last=Max("version"))["last"] or 0
    guide = Guide(study=study, title=title.strip(), version=last + 1, written_with=written_with.strip())
    guide.full_clean()
    guide.save()
    Question.objects.bulk_create(
        Question(
            guide=guide,
            number=place,
            wording=question.wording,
            mirror=question.mirror,
            prompt=question.prompt,
        )
        for place, question in enumerate(asked, start=1)
    )
    record(by=by, verb="write_guide", on=guide, fields=["title", "questions"])
    return guide
