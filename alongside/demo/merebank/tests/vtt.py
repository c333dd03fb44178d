import re
from dataclasses import dataclass
from pathlib import Path

CUE = re.compile(r"([0-9:.]{12}) --> ([0-9:.]{12})\n<v ([A-Za-z]+)>(.+)</v>\n")


@dataclass(frozen=True)
class Cue:
    start_ms: int
    end_ms: int
    speaker: str
    text: str


def ms(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


def cues(path: Path) -> list[Cue]:
    """One cue a turn, one voice a cue: all that the demonstration's own files use of WebVTT."""
    found = CUE.findall(path.read_text(encoding="utf-8"))
    return [Cue(ms(start), ms(end), speaker, text) for start, end, speaker, text in found]
