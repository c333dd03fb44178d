"""A copy of everything that is held about a person: what is in it, and what isn't, room by room."""

from alongside.stewardship.held.kinds import Kind, Whose, whose
from alongside.stewardship.held.letters import LETTERS
from alongside.stewardship.held.people import PEOPLE
from alongside.stewardship.held.places import PLACES
from alongside.stewardship.held.research import RESEARCH
from alongside.stewardship.held.texts import TEXTS
from alongside.stewardship.held.training import TRAINING
from alongside.stewardship.held.withheld import WITHHELD, Withheld
from alongside.stewardship.held.writing import WRITERS, Copy, copy_for

# In the order in which they are read.
KINDS: tuple[Kind, ...] = (*PEOPLE, *TRAINING, *LETTERS, *PLACES, *RESEARCH, *TEXTS)

__all__ = ["KINDS", "WITHHELD", "WRITERS", "Copy", "Kind", "Whose", "Withheld", "copy_for", "whose"]
