"""What is stored after coding in a benchmark or a drill, told as JSON; a step each, as `steps` runs them."""

import json
import time
from collections import defaultdict
from uuid import UUID

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, merge_codes, undo
from alongside.analysis.models import Act, Code, Coding
from alongside.audit.queries import faults
from alongside.interviews.models import Transcript


def acts(transcript: str, after: str) -> None:
    """The acts on a transcript since number `after`: by whom, of which kind, their key and their codings;
    the codings that stand there; the numbers that are missing; and whether the audit is one chain."""
    rows = Act.objects.filter(number__gt=int(after)).select_related("by").prefetch_related("codings__coding")
    told = list(rows.iterator(chunk_size=500))
    here = [act for act in told if str(act.transcript_id) == transcript]
    numbers = {act.number for act in told}
    first, last = int(after) + 1, max(numbers, default=int(after))
    print(
        json.dumps(
            {
                "acts": [
                    {
                        "by": act.by.email if act.by else "",
                        "kind": act.kind,
                        "key": str(act.key),
                        "codings": [place(change.coding) for change in act.codings.all()],
                    }
                    for act in here
                ],
                "standing": standing(transcript),
                "missing": sorted(set(range(first, last + 1)) - numbers),
                "faults": [str(fault) for fault in faults()],
            }
        )
    )


def place(coding: Coding) -> list[object]:
    return [coding.pk, str(coding.code_id), coding.start, coding.end]


def standing(transcript: str) -> dict[str, list[int]]:
    """The codings that nobody took off, by the address of their coder."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Coding.objects.filter(revision__transcript_id=UUID(transcript), removed=None).order_by("pk")
    for email, pk in rows.values_list("coder__email", "pk"):
        found[str(email)].append(pk)
    return found


def last(transcript: str) -> None:
    """The number of the study's last act."""
    study = Transcript.objects.get(pk=transcript).study
    print(json.dumps(study.feed.last))


def merge(codings: str) -> None:
    """A code with so many codings is merged into another, and the merging undone: seconds of each."""
    study, by = Study.objects.get(), User.objects.get(email="hilary@example.org")
    into = Code.objects.filter(study=study, retired=None).order_by("position")[0]
    going = add_code(by=by, study=study, name=f"Going {codings}")
    fill(going, by, int(codings))
    before = Coding.objects.filter(code=into, removed=None).count()
    started = time.perf_counter()
    merge_codes(by=by, code=going, into=into)
    merged = time.perf_counter()
    assert Coding.objects.filter(code=into, removed=None).count() == before + int(codings)
    undoing = time.perf_counter()
    undo(by=by, study=study, transcript=None)
    undone = time.perf_counter()
    assert Coding.objects.filter(code=into, removed=None).count() == before
    assert Coding.objects.filter(code=going, removed=None).count() == int(codings)
    print(json.dumps([merged - started, undone - undoing]))


def fill(code: Code, by: User, codings: int) -> None:
    """Codings on every transcript in turn, at places where the other code has none of the same coder."""
    texts = list(Transcript.objects.filter(study=code.study).order_by("name"))
    revisions = [text.revisions.get(is_current=True) for text in texts]
    Coding.objects.bulk_create(
        (
            Coding(
                study=code.study,
                revision=revisions[n % len(revisions)],
                code=code,
                coder=by,
                start=n // len(revisions),
                end=n // len(revisions) + 5,
            )
            for n in range(codings)
        ),
        batch_size=5000,
    )
