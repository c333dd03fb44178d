"""Every model whose rows hold what somebody gave, or rest on it."""

from alongside.analysis.models import (
    Asking,
    Coding,
    CodingChange,
    Discussion,
    InRoom,
    Link,
    LinkChange,
    PairNote,
    Passage,
    Place,
    Reading,
    Remark,
    Run,
    SortedCard,
    Suggestion,
    Summary,
    Workshop,
)
from alongside.followup.models import (
    Answer,
    FrameMember,
    Message,
    Response,
    SampleMember,
    Score,
    TimepointInstance,
)
from alongside.interviews.models import Recording, Revision, Speaker, Transcript, Turn
from alongside.people.models import Pair

GIVEN = (
    Response, Answer, Score, TimepointInstance, FrameMember, SampleMember, Message, Recording, Transcript,
    Revision, Turn, Speaker, Coding, CodingChange, Link, LinkChange, Discussion, Remark, Summary, Passage,
    SortedCard, Reading, Place, Workshop, InRoom, Run, Asking, Suggestion, Pair, PairNote,
)  # fmt: skip
