"""One step of going through a transcript with a language model: ask about its next part."""

from django.core.exceptions import ValidationError

from alongside.accounts.models import User
from alongside.analysis.actions import keep_answer, keep_failure, take_part
from alongside.analysis.asking import NoAnswer, ask
from alongside.analysis.models import Run


def ask_next_part(by: User, run: Run) -> None:
    """What is sent is on record before it is sent; no transaction is open while the model thinks."""
    try:
        part = take_part(by=by, run=run)
    except ValidationError as refusal:
        keep_failure(run=run, sentence=" ".join(refusal.messages))
        return
    if part is None:
        return
    try:
        answer = ask(part.asking.address, part.asking.model, part.asking.prompt)
    except NoAnswer as none:
        keep_failure(run=run, asking=part.asking, sentence=none.sentence, came=none.came)
        return
    keep_answer(part=part, answer=answer)
