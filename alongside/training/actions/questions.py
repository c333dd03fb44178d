from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.training.actions.places import locked
from alongside.training.models import Cohort, Question


@transaction.atomic
def add_question(*, by: Actor | None, cohort: Cohort, words: str, kind: str, needed: str = "") -> Question:
    """One more question to whoever asks for a place in the group."""
    cohort = locked(cohort)
    highest = cohort.questions.aggregate(highest=Max("number"))["highest"] or 0
    question = Question(cohort=cohort, number=highest + 1, words=words.strip(), kind=kind, needed=needed)
    question.full_clean()
    question.save()
    record(by=by, verb="add_question", on=question, study=cohort.study_id, fields=["words", "needed"])
    return question


@transaction.atomic
def drop_question(*, by: Actor | None, question: Question) -> None:
    """It is asked no more. What was answered to it stays with whoever answered."""
    locked(question.cohort)
    record(by=by, verb="drop_question", on=question, study=question.cohort.study_id, fields=["words"])
    question.delete()


@transaction.atomic
def set_rules(*, by: Actor | None, cohort: Cohort, offers_for_days: int, offers_follow: bool) -> Cohort:
    """How long an offer is kept, and whether the next on the list is offered what comes free."""
    cohort = locked(cohort)
    if offers_for_days < 1:
        raise ValidationError({"offers_for_days": _("An offer is kept for one day at least.")})
    wanted = {"offers_for_days": offers_for_days, "offers_follow": offers_follow}
    changed = [name for name, now in wanted.items() if getattr(cohort, name) != now]
    for name in changed:
        setattr(cohort, name, wanted[name])
    cohort.full_clean()
    if changed:
        cohort.save(update_fields=changed)
        record(by=by, verb="set_rules", on=cohort, fields=changed)
    return cohort
