"""Machine help that was given about one person's words, for the walks."""

from alongside.accounts.models import Study, User
from alongside.analysis.models import Asking, Code, MachineHelp, Run, Suggestion
from tests.support.world_training import World

# Nobody answers there.
SILENT = "http://127.0.0.1:9"


def in_machine(study: Study, interviews: World, code: Code, by: User) -> World:
    MachineHelp.objects.update_or_create(
        study=study, defaults={"is_on": True, "address": SILENT, "model": "small"}
    )
    transcript, revision, turn = (interviews[name] for name in ("transcript", "revision", "turn"))
    span = {"start": turn.start, "end": turn.end}
    run = Run.objects.create(study=study, transcript=transcript, revision=revision, by=by)
    asking = Asking.objects.create(
        study=study,
        transcript=transcript,
        run=run,
        by=by,
        address=SILENT,
        model="small",
        prompt=turn.words_in(revision.text),
        answer=turn.words_in(revision.text),
        **span,
    )
    suggestion = Suggestion.objects.create(asking=asking, revision=revision, code=code, why="Arms", **span)
    return {"run": run, "asking": asking, "suggestion": suggestion}
