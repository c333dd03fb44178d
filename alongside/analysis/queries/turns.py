"""Which act a person turns back next, and which they do again: their own, in one text or the codebook."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet

from alongside.accounts.models import Study, User
from alongside.analysis.models import Act
from alongside.interviews.models import Transcript

# What stands beside the acts that are turned.
TURNS = (Act.Kind.UNDO, Act.Kind.REDO, Act.Kind.PASS)
# What nobody would turn back, so that it comes between nothing.
ASIDE = (Act.Kind.TAKE_IN, Act.Kind.READ, Act.Kind.TELL)
BESIDE = (*TURNS, *ASIDE)


@dataclass(frozen=True)
class Meant:
    """What a page knew when undo or redo was pressed there: `of`, its own name for the act it is about, if it
    did that; the number of the last act it had `known`; and its name for what it did `prior` to this."""

    of: UUID | None = None
    known: int | None = None
    prior: UUID | None = None


def last_done(by: User, study: Study, transcript: Transcript | None) -> Act | None:
    """The last thing that `by` did here and that isn't undone, without what was passed over."""
    return _turnable(_own(by, study, transcript)).filter(is_undone=False).order_by("number").last()


def last_undone(by: User, study: Study, transcript: Transcript | None) -> Act | None:
    """What `by` undid last, unless they did something new since: that ends all that was undone before it."""
    own = _own(by, study, transcript)
    newest = own.aggregate(last=Max("number"))["last"] or 0
    undone = own.filter(is_undone=True, turned_back__kind=Act.Kind.UNDO, turned_back__number__gt=newest)
    return _turnable(undone).order_by("number").first()


def is_act(by: User, key: UUID | None) -> bool:
    """Whether anything was done under this name: what stood so already is no act."""
    return key is not None and Act.objects.filter(by=by, key=key).exists()


def is_meant(act: Act, done: Act, meant: Meant) -> bool:
    """Whether turning `done` by `act` is what was meant: pressed without a line it may come days later, and
    after what the same person did elsewhere."""
    if meant.of:
        return done.key == meant.of
    if meant.known is None:
        return True
    acts = Act.objects.filter(study=act.study, by=act.by, transcript=act.transcript).exclude(kind__in=ASIDE)
    before = acts.exclude(pk=act.pk).order_by("number").last()
    return all(each.number <= meant.known or each.key == meant.prior for each in (done, before) if each)


def _own(by: User, study: Study, transcript: Transcript | None) -> QuerySet[Act]:
    return Act.objects.filter(study=study, by=by, transcript=transcript).exclude(kind__in=BESIDE)


def _turnable(acts: QuerySet[Act]) -> QuerySet[Act]:
    """Once refused, an act stays as it is: else it would stand before all that was done earlier."""
    passed = Act.objects.filter(kind=Act.Kind.PASS, of=OuterRef("pk"))
    return acts.exclude(Exists(passed))
