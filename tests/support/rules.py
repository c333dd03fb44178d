"""What the table of permissions is written in."""

from dataclasses import dataclass, field
from enum import Enum

from alongside.accounts.permissions import Permission as P


class Access(Enum):
    PUBLIC = "anyone, signed in or not"
    SIGNED_IN = "whoever is signed in"
    MEMBER = "whoever has a role in the study"
    OWN = "the person whose page it is: by their personal link, or by signing in as them"
    DEMONSTRATION = "anyone, while the demonstration is served; else nobody"
    SINGLE_SIGN_ON = "anyone, where single sign-on is set up; else nobody"
    OWN_STEPS = "whoever is signed in, for the second step that they have set up"


@dataclass(frozen=True)
class Rule:
    to: P | Access
    # What sending the address something takes, where that is more than reading it does.
    to_post: P | None = None
    # Closed to whoever works or worked with the person it is about.
    kept: bool = False
    # Open only to whoever signs in as a person of the study, and then to that person's own thing alone.
    as_person: bool = False
    own_thing: bool = False
    # Open to the one member alone who began it; none of those who walk did.
    begun: bool = False
    # What stands in the address for a word that is no noun of the world; and another noun for one that is.
    words: dict[str, str] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)

    def asks(self, method: str) -> P | Access:
        return self.to_post if method == "post" and self.to_post else self.to


# Nouns whose addresses are always closed to whoever works with the person behind them.
BEHIND_THE_FIREWALL = {
    "interview",
    "transcript",
    "speaker",
    "coding",
    "discussion",
    "workshop",
    "reading",
    "passage",
    "quote",
    "instance",
    "response",
    "member",
    "enrolment",
    "application",
}


def kept(to: P, *, to_post: P | None = None, **words: str) -> Rule:
    return Rule(to, to_post, kept=True, words=words)
