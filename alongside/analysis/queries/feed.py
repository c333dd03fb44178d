"""What changed on a text since a page last asked. Told as things stand now, so that hearing it twice, or
having missed some, leaves the page the same."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.analysis.models import Act, Code, Coding, Feed, Link, Place
from alongside.analysis.queries.apart import without_others, without_others_links
from alongside.interviews.models import Revision, Transcript

# A page says every ten seconds where its reader is.
HERE = timedelta(seconds=25)
# More than this, and the page is read anew.
MOST = 5000

CodingRow = tuple[int, str, str, int, int, bool, bool, bool]


@dataclass(frozen=True)
class Changes:
    """`at` is the number of the last act told of; `is_beside`: something other than codings changed too."""

    at: int
    codings: list[CodingRow]
    codes: list[Code]
    coders: list[User]
    links: list[Link]
    is_much: bool
    is_beside: bool


def last_number(study: Study) -> int:
    return Feed.objects.filter(study=study).values_list("last", flat=True).first() or 0


def changes_since(study: Study, user: User, revision: Revision, after: int) -> Changes:
    at = last_number(study)
    if at <= after:
        return Changes(at, [], [], [], [], is_much=False, is_beside=False)
    acts = Act.objects.filter(study=study, number__gt=after, number__lte=at)
    here = acts.filter(Q(transcript=revision.transcript_id) | Q(transcript=None))
    if here.filter(kind__in=(Act.Kind.TAKE_IN, Act.Kind.READ)).exists():
        return Changes(at, [], [], [], [], is_much=True, is_beside=True)
    changed = Coding.objects.filter(revision=revision, changes__act__in=here)
    rows = coding_rows(without_others(changed, user).distinct())[: MOST + 1]
    coders = User.objects.filter(pk__in={row[2] for row in rows})
    links = Link.objects.filter(changes__act__in=here, one__revision=revision).distinct()
    links = without_others_links(links, user)
    return Changes(
        at,
        rows,
        list(Code.objects.filter(changes__act__in=acts).distinct()),
        list(coders),
        list(links.select_related("by")),
        is_much=len(rows) > MOST,
        is_beside=here.filter(kind=Act.Kind.TELL).exists(),
    )


def coding_rows(codings: QuerySet[Coding]) -> list[CodingRow]:
    """Codings as (id, code, coder, start, end, important, adopted, removed), without model instances.

    Codes and coders are told by `plain_id`: making a UUID of each would take most of the page's time.
    """
    text = CharField()
    told = codings.order_by("start", "-end", "pk").annotate(
        is_ours=Q(adopted__isnull=False), is_off=Q(removed__isnull=False)
    )
    code, coder = Cast("code_id", text), Cast("coder_id", text)
    return list(told.values_list("pk", code, coder, "start", "end", "important", "is_ours", "is_off"))


def readers_here(transcript: Transcript, but: User) -> list[Place]:
    """Who else has this transcript open now, and at which turn."""
    since = timezone.now() - HERE
    rows = Place.objects.filter(transcript=transcript, seen__gte=since).exclude(reader=but)
    return list(rows.select_related("reader").order_by("reader__name"))


def links_in(revision: Revision, user: User) -> QuerySet[Link]:
    """Links from codings of a text that stand, as far as `user` may see them."""
    standing = Link.objects.filter(removed=None, one__revision=revision, one__removed=None)
    return without_others_links(standing, user).select_related("by").order_by("pk")
