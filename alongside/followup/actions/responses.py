from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.audit.actions import Actor, record
from alongside.core.scoring import scale_scores
from alongside.followup.models import (
    Answer,
    InstrumentVersion,
    Item,
    Response,
    Score,
    TimepointInstance,
)
from alongside.people.actions import agrees
from alongside.people.models import Purpose

Given = int | str | Answer.Missing


@transaction.atomic
def record_response(
    *,
    by: Actor | None,
    instance: TimepointInstance,
    version: InstrumentVersion,
    answers: Sequence[Given],
    mode: str = Response.Mode.ONLINE,
    override: str = "",
    at: datetime | None = None,
) -> Response:
    """One person's answers to one set, locked from now on.

    `answers` are in the order of the questions: a number, words, or an `Answer.Missing`. Outside the window
    it needs a reason (`override`), which stays to be seen.
    """
    instance = _held(instance)
    if Response.objects.filter(instance=instance, version__instrument=version.instrument_id).exists():
        raise ValidationError(_("These questions are answered already. What was wrong can be corrected."))
    if instance.timepoint.protocol.study_id != version.instrument.study_id:
        raise ValidationError(_("These questions belong to another study."))
    return _store(by, instance, version, answers, mode, override, at, revision=1, verb="record_response")


@transaction.atomic
def correct_response(
    *, by: Actor | None, response: Response, answers: Sequence[Given], override: str = ""
) -> Response:
    """The answers as they should have been written down. What was written before stays as it was."""
    instance = _held(response.instance)
    newest = (
        Response.objects.filter(instance=instance, version=response.version_id).order_by("-revision").first()
    )
    if newest is None or newest.revision != response.revision:
        raise ValidationError(_("Someone has corrected these answers since. Please look at theirs first."))
    return _store(
        by,
        instance,
        response.version,
        answers,
        response.mode,
        override or response.override,
        # Answered when they were answered: a correction mends the record, not the day.
        response.submitted,
        revision=response.revision + 1,
        verb="correct_response",
    )


@transaction.atomic
def score_response(*, by: Actor | None, response: Response) -> Score | None:
    """Compute the score afresh from the answers; none where fewer than half of the questions have one."""
    items = [item for item in response.version.items.all() if item.kind == Item.Kind.SCALE]
    Score.objects.filter(response=response).delete()
    if response.version.scoring == "none" or not items:
        return None
    given = {a.item_id: float(a.value) for a in response.answers.all() if a.value is not None}
    row = [given.get(item.pk, np.nan) for item in items]
    scores, answered = scale_scores(
        [row],
        [item.lowest for item in items],
        [item.highest for item in items],
        [item.reverse for item in items],
        response.version.scoring,
    )
    if np.isnan(scores[0]):
        return None
    score = Score.objects.create(response=response, value=float(scores[0]), answered=int(answered[0]))
    record(
        by=by, verb="score_response", on=score, study=response.version.instrument.study_id, fields=["value"]
    )
    return score


def _held(instance: TimepointInstance) -> TimepointInstance:
    """The timepoint, of someone who agrees; whoever stopped meanwhile may have none any more."""
    if not agrees(instance.participant, Purpose.QUESTIONNAIRES):
        raise ValidationError(_("This person does not agree to answering questions, so nothing was saved."))
    return TimepointInstance.objects.select_for_update().get(pk=instance.pk)


def _store(
    by: Actor | None,
    instance: TimepointInstance,
    version: InstrumentVersion,
    answers: Sequence[Given],
    mode: str,
    override: str,
    at: datetime | None,
    *,
    revision: int,
    verb: str,
) -> Response:
    moment = at or timezone.now()
    response = Response(
        instance=instance,
        version=version,
        revision=revision,
        mode=mode,
        submitted=moment,
        override=_reason_outside(instance, moment, override),
    )
    response.full_clean()
    response.save()
    items = list(version.items.all())
    if len(answers) != len(items):
        raise ValidationError(
            _("There are %(items)s questions, and %(answers)s answers came.")
            % {"items": len(items), "answers": len(answers)}
        )
    Answer.objects.bulk_create(
        _answer(response, item, given) for item, given in zip(items, answers, strict=True)
    )
    record(by=by, verb=verb, on=response, study=version.instrument.study_id, fields=["answers"])
    score_response(by=by, response=response)
    return response


def _reason_outside(instance: TimepointInstance, moment: datetime, override: str) -> str:
    day = timezone.localdate(moment)
    if instance.opens <= day <= instance.closes:
        return ""
    if not override.strip():
        raise ValidationError(
            _("%(day)s is outside the window, %(opens)s to %(closes)s. Say why it is taken all the same.")
            % {
                "day": date_format(day, "j F Y"),
                "opens": date_format(instance.opens, "j F Y"),
                "closes": date_format(instance.closes, "j F Y"),
            }
        )
    return override.strip()


def _answer(response: Response, item: Item, given: Given) -> Answer:
    """A value or a reason why there is none, never both. No words are a question passed over."""
    answer = Answer(response=response, item=item)
    if isinstance(given, Answer.Missing) or (item.kind == Item.Kind.SCALE and given in Answer.Missing.values):
        answer.missing = str(given)
    elif item.kind == Item.Kind.WORDS:
        answer.words = str(given).strip()
        answer.missing = "" if answer.words else Answer.Missing.SKIPPED
    elif isinstance(given, int) and item.lowest <= given <= item.highest:
        answer.value = given
    else:
        raise ValidationError(
            _("Question %(number)s, “%(wording)s”, runs from %(lowest)s to %(highest)s; “%(given)s” came.")
            % {
                "number": item.number,
                "wording": item.wording,
                "lowest": item.lowest,
                "highest": item.highest,
                "given": given,
            }
        )
    return answer
