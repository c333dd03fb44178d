"""Stories: the teller's own, and those that others share with a group one belongs to."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.training.models import Cohort, Copy, Narrative, Sharing
from alongside.training.queries.circles import own_circles


def own_stories(person: Person) -> QuerySet[Narrative]:
    """What somebody wrote, newest day first, each with the groups that may read it (`open_sharings`)."""
    open_ones = Sharing.objects.filter(ended=None).select_related("cohort").order_by("cohort__name")
    rows = Narrative.objects.filter(teller=person)
    return rows.prefetch_related(Prefetch("sharings", open_ones, to_attr="open_sharings")).order_by(
        "retired", "title", "pk"
    )


def own_story_for(person: Person, pk: UUID) -> Narrative:
    """The door to a story to change or share: open to its teller alone."""
    found = own_stories(person).filter(pk=pk).select_related("teller").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def own_sharing_for(person: Person, pk: int) -> Sharing:
    rows = Sharing.objects.filter(pk=pk, narrative__teller=person)
    found = rows.select_related("narrative__teller", "cohort").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def groups_to_share_with(narrative: Narrative) -> QuerySet[Cohort]:
    """The teller's groups that can't read it yet."""
    known = Sharing.objects.filter(narrative=narrative, ended=None).values("cohort")
    return own_circles(narrative.teller).exclude(pk__in=known)


def _standing() -> QuerySet[Narrative]:
    return Narrative.objects.filter(retired=None, expires__gte=timezone.localdate())


def readable_in(cohort: Cohort) -> QuerySet[Narrative]:
    """Stories that this group may read now."""
    return _standing().filter(sharings__cohort=cohort, sharings__ended=None).order_by("title", "pk")


def stories_told_to(person: Person) -> QuerySet[Narrative]:
    """Stories of others that somebody may read now, in any group of theirs."""
    shared = Sharing.objects.filter(
        narrative=OuterRef("pk"), cohort__in=own_circles(person).values("pk"), ended=None
    )
    rows = _standing().filter(Exists(shared)).exclude(teller=person)
    return rows.select_related("teller").order_by("title", "pk")


def told_story_for(person: Person, pk: UUID) -> Narrative:
    """The door to reading a story. One that was taken back, one whose day has passed, one that was never
    shared with this reader and one that never was look the same."""
    found = stories_told_to(person).filter(pk=pk).first()
    found = found or _standing().filter(pk=pk, teller=person).select_related("teller").first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def group_it_is_read_in(reader: Person, narrative: Narrative) -> Cohort | None:
    """By way of which group somebody may read a story; by none if they may not."""
    if not narrative.stands:
        return None
    shared = Sharing.objects.filter(narrative=narrative, ended=None).values("cohort")
    return own_circles(reader).filter(pk__in=shared).first()


def copies_of(narrative: Narrative) -> QuerySet[Copy]:
    return Copy.objects.filter(narrative=narrative).select_related("cohort").order_by("at", "pk")


def copies_to_delete(reader: Person) -> list[Copy]:
    """Copies somebody took of stories that they may no longer read: to be asked to delete them."""
    taken = Copy.objects.filter(reader=reader).exclude(narrative__teller=reader)
    taken = taken.exclude(narrative__in=stories_told_to(reader).values("pk"))
    return list(taken.select_related("narrative", "cohort"))
