"""What a codebook quotes of words that are erased: in what a code says of itself, an example first, or in its
name. Once the text is gone nobody could tell any more whose words these are."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from alongside.accounts.models import Study
from alongside.analysis.models import CODE_LABELS, Code, CodebookVersion, CodeChange
from alongside.analysis.queries import stretches
from alongside.audit.actions import Actor, record
from alongside.interviews.models import WITHHELD, Revision, Transcript, Turn
from alongside.people.models import Participant
from alongside.reporting.models import Report

# A name of fewer words says little of whose words they are.
WORDS_OF_A_NAME = 3
AT_ONCE = 500


def words_of(participant: Participant, alone: Iterable[Transcript]) -> list[str]:
    """Everything that was said in transcripts of one person `alone`, and in others what they said there."""
    texts = list(Revision.objects.filter(transcript__in=alone).values_list("text", flat=True))
    turns = Turn.objects.filter(speaker__participant=participant).select_related("revision")
    return texts + [turn.words_in(turn.revision.text) for turn in turns.iterator(chunk_size=AT_ONCE)]


def forget_quoted(
    *, by: Actor | None, study: Study, said: Iterable[str], spoken_in: Iterable[Transcript]
) -> None:
    """Take erased words out of the codebook, out of its versions, and out of what can be undone in it."""
    heard = "\n".join(_plain(words) for words in said)
    coined = CodeChange.objects.filter(before__isnull=True, act__transcript__in=spoken_in)
    blanks = _Blanks(heard, set(coined.values_list("code_id", flat=True)))
    for code in Code.objects.filter(study=study):
        traits = blanks.of(code.pk, {trait: getattr(code, trait) for trait in ("name", *CODE_LABELS)})
        for trait, words in traits.items():
            setattr(code, trait, words)
        if traits:
            code.save(update_fields=list(traits))
            record(by=by, verb="forget_quoted", on=code, fields=list(traits))
    changes = CodeChange.objects.filter(code__study=study)
    for change in [each for each in changes.iterator(AT_ONCE) if blanks.in_change(each)]:
        change.save(update_fields=["before", "after"])
    for version in CodebookVersion.objects.filter(codebook__study=study):
        told = [{**each, **blanks.of(UUID(each["id"]), each)} for each in version.codes]
        if told != version.codes:
            version.codes = told
            version.save(update_fields=["codes"])
    _forget_in_findings(study, blanks.names)


def _forget_in_findings(study: Study, names: dict[str, str]) -> None:
    """What a finding counts stays as it was published, under names that quote nothing."""
    for report in Report.objects.filter(study=study, numbers__isnull=False) if names else []:
        kept = report.numbers or {}
        for row in (*kept["counts"], *kept["meetings"]):
            for path in {"path", "one", "other"} & row.keys():
                row[path] = " > ".join(names.get(name, name) for name in row[path].split(" > "))
        report.save(update_fields=["numbers"])


class _Blanks:
    """Finds what was `heard` in the traits of codes; a name only of those that were `coined` there."""

    def __init__(self, heard: str, coined: set[UUID]) -> None:
        self.heard = heard
        self.coined = coined
        # What each name that quoted became.
        self.names: dict[str, str] = {}

    def of(self, code: UUID, traits: dict[str, Any]) -> dict[str, str]:
        """Those of a code's traits that quote, without what they quote."""
        found = {trait: self._blanked(traits[trait]) for trait in CODE_LABELS if traits.get(trait)}
        if "example" in found:
            # To whoever it was kept from the line wasn't there, and no sign tells them that it has gone.
            lines = str(traits["example"]).split("\n")
            found["example"] = "\n".join(line for line in lines if self._blanked(line) == line)
        found = {trait: words for trait, words in found.items() if words != traits[trait]}
        name = _plain(traits["name"])
        if code in self.coined and len(name.split()) >= WORDS_OF_A_NAME and name in self.heard:
            found["name"] = self.names[traits["name"]] = f"{WITHHELD * 3} {code.hex[:8]}"
        return found

    def in_change(self, change: CodeChange) -> bool:
        was = (change.before, change.after)
        change.before, change.after = (
            {**state, **self.of(change.code_id, state)} if state else state for state in was
        )
        return (change.before, change.after) != was

    def _blanked(self, words: str) -> str:
        for part in stretches(words):
            if _plain(part) in self.heard:
                words = words.replace(part, WITHHELD * len(part))
        return words


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
