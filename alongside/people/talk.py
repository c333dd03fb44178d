from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Number:
    """Someone to ring, as the deployer wrote it: “Samaritans. Any time, free | 116 123”."""

    who: str
    number: str

    @property
    def dial(self) -> str:
        """What a phone dials of “111, then choose 2”."""
        return self.number.partition(",")[0].replace(" ", "")


def numbers() -> list[Number]:
    found = (line.partition("|") for line in settings.ALONGSIDE_HELPLINES)
    return [Number(who.strip(), number.strip()) for who, _bar, number in found]


def emergency() -> Number:
    return Number("", settings.ALONGSIDE_EMERGENCY)
