"""Going through a transcript with a language model: what goes wrong, and that suggestions count nowhere."""

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import accept_suggestion, begin_run
from alongside.analysis.models import Asking, Code, Coding, MachineHelp, Run, Suggestion
from alongside.analysis.queries import codings_open_to, count_table, counts, flat, last_number, tree
from alongside.analysis.tests.model_server import Heard, saying
from alongside.analysis.tests.running import ROWAN, at, run_all, suggests
from alongside.interviews.models import Transcript

# What goes wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (saying("I'd rather not."), "isn’t the list that it was asked for"),
        ((200, {}, b"garbage"), "no answer of a language model"),
        ((503, {}, b""), "answered with error 503"),
    ],
)
def test_a_bad_answer(
    as_hilary: Client,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
    answer: tuple[int, dict[str, str], bytes],
    sentence: str,
):
    """One sentence, on the page of what was sent; nothing is suggested."""
    model.answering = lambda _prompt: answer
    run_all(as_hilary, rowan_transcript)
    assert not Suggestion.objects.exists()
    assert sentence in Asking.objects.get().failed
    assert sentence in as_hilary.get(at(rowan_transcript, "askings")).content.decode()


def test_interrupted_it_goes_on_from_there(
    small_parts: None,
    as_hilary: Client,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    waiting: Code,
):
    """The part that failed is asked about again, those before it aren't."""
    fine = model.answering
    model.answering = lambda prompt: (500, {}, b"") if "Not so bad" in prompt else fine(prompt)
    run = run_all(as_hilary, rowan_transcript)
    assert run.state == Run.State.FAILED
    assert "error 500" in as_hilary.get(at(rowan_transcript, "suggestions")).content.decode()
    before = len(model.prompts)
    model.answering = fine
    assert run_all(as_hilary, rowan_transcript).state == Run.State.DONE
    assert Run.objects.count() == 1
    assert "Not so bad" in model.prompts[before]
    assert sum("the chair with the arms" in prompt for prompt in model.prompts) == 1


def test_dropped_suggestions_are_counted(
    as_hilary: Client, machine: MachineHelp, model: Heard, rowan_transcript: Transcript, waiting: Code
):
    """Words that nobody said are never shown as if they had."""
    made_up = {
        "suggestions": [*suggests(7, ROWAN)["suggestions"], *suggests(7, "We are friends now")["suggestions"]]
    }
    model.answering = lambda _prompt: saying(made_up)
    run_all(as_hilary, rowan_transcript)
    assert Suggestion.objects.count() == 1
    page = as_hilary.get(at(rowan_transcript, "suggestions")).content.decode()
    assert "1 was dropped: its words are not in the text" in page
    assert "We are friends now" not in page


def test_without_codes_there_is_nothing_to_ask(
    as_hilary: Client, machine: MachineHelp, model: Heard, rowan_transcript: Transcript
):
    """A sentence instead of a question."""
    run = run_all(as_hilary, rowan_transcript)
    assert "no code in the codebook" in run.failed
    assert model.bodies == []


# Never counted ----------------------------------------------------------------------------------------


def test_suggestions_count_nowhere(
    as_hilary: Client,
    hilary: User,
    study: Study,
    machine: MachineHelp,
    model: Heard,
    rowan_transcript: Transcript,
    visitor: Coding,
):
    """Not in the counts, the codebook, the feed, the workbench or a code's page; they are no codings."""
    revision = visitor.revision
    told = f"/s/six-months-on/analysis/transcripts/{rowan_transcript.pk}/"
    code = f"/s/six-months-on/analysis/codes/{visitor.code_id}/"

    def seen() -> list[object]:
        return [
            counts(study, hilary),
            [branch.total for branch in flat(tree(study, hilary, revision))],
            [line.total for line in count_table(study, hilary).lines],
            last_number(study),
            as_hilary.get(told).context["bench"].data["codings"],
            as_hilary.get(code).context["passages"],
            list(codings_open_to(study, hilary)),
            Coding.objects.count(),
        ]

    before = seen()
    model.answering = lambda _prompt: saying(suggests(2, "She had the chair with the arms"))
    run_all(as_hilary, rowan_transcript)
    assert Suggestion.objects.count() == 1
    assert seen() == before
    accept_suggestion(by=hilary, suggestion=Suggestion.objects.get())
    assert seen() != before


def test_two_runs_at_once_are_one(
    hilary: User, machine: MachineHelp, rowan_transcript: Transcript, waiting: Code
):
    """A second press goes on with the first."""
    assert begin_run(by=hilary, transcript=rowan_transcript) == begin_run(
        by=hilary, transcript=rowan_transcript
    )
