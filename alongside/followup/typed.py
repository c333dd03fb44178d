"""What forms hand to actions."""

from dataclasses import dataclass

from alongside.followup.models import Item


@dataclass(frozen=True)
class NewItem:
    """A question as it is to be published."""

    wording: str
    kind: str = Item.Kind.SCALE
    lowest: int = 0
    highest: int = 4
    low_label: str = ""
    high_label: str = ""
    reverse: bool = False
