from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alongside.analysis.models import (
    Act,
    Asking,
    CodeChange,
    CodingChange,
    Discussion,
    InRoom,
    Link,
    LinkChange,
    Memo,
    PairNote,
    Place,
    Reading,
    Remark,
    Run,
    SortedCard,
    Suggestion,
    Summary,
    Workshop,
)
from alongside.people.models import Barrier, Declared, Identity, Pair
from alongside.training.models import PassedOn

Withheld = tuple[str | Promise, str | Promise]

KEY = (
    _("The sealed line that joins your code to your name"),
    _("It is a number in cipher. What it says stands here: this code is you."),
)
OTHERS_CHOICE = (
    _("Whether your interview is read beside another one, and notes on both"),
    _("It would tell you what the other person chose."),
)
KEPT_OUT = (
    _("Which members of the team are kept from what you said"),
    _("It is a list of them, not of you. It holds those you work with."),
)
UNKNOWN = (
    _("Which members of the team said that they don’t know you"),
    _("It is a list of them, not of you. Whoever read what you said stands here, by their role."),
)
KEPT_OUT_OF_ASKING = (
    _("Which members of the team are kept from your asking for a place"),
    _("It is a list of them, not of you. They said that they work with you, so a colleague answered."),
)
NOTES = (
    _("Notes the team wrote in free words, also on why a code was chosen from a list"),
    _("They may speak of other people. Ask us: someone reads through them, and gives you what is about you."),
)
READING = (
    _("Who in the team was asked to read what you said"),
    _("It is about them. Who did read it stands here, by their role."),
)
STEPS = (
    _("Each step by which the team’s notes on your words came about"),
    _("It is about their work. What they noted, and when they took it off, stands here."),
)
MACHINE = (
    _("What a program on the team’s own machine was sent and answered"),
    _("It may hold words of others who spoke with you. Ask us: someone reads through it first."),
)
PILES = (
    _("Into which pile a member of the team sorted words of yours"),
    _("A pile has no name. It is how one person thought about many words."),
)

OF_SEVERAL = (
    _(
        "Of a conversation in which somebody else speaks too: the recording, earlier texts of it, and what "
        "was made of your words together with theirs"
    ),
    _("Whether it is there would tell you what the other person chose."),
)

# Models that lead to a person and are no part of the copy: what they hold, and why it isn't given.
WITHHELD: Mapping[type[Model], Withheld] = MappingProxyType(
    {
        Identity: KEY,
        Pair: OTHERS_CHOICE,
        PairNote: OTHERS_CHOICE,
        Barrier: KEPT_OUT,
        Declared: UNKNOWN,
        PassedOn: KEPT_OUT_OF_ASKING,
        Memo: NOTES,
        Link: NOTES,
        Discussion: NOTES,
        Remark: NOTES,
        Summary: NOTES,
        Act: STEPS,
        CodeChange: STEPS,
        CodingChange: STEPS,
        LinkChange: STEPS,
        Run: MACHINE,
        Asking: MACHINE,
        Suggestion: MACHINE,
        Reading: READING,
        Place: READING,
        Workshop: READING,
        InRoom: READING,
        SortedCard: PILES,
    }
)
