"""Guides in their versions."""

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.accounts.models import Study
from alongside.interviews.models import Guide, Interview
from alongside.interviews.queries.interviews import is_uuid
from alongside.people.queries import for_interviews, person_of


def guides(study: Study) -> QuerySet[Guide]:
    return Guide.objects.filter(study=study).prefetch_related("questions").order_by("title", "-version")


def versions(guide: Guide) -> QuerySet[Guide]:
    return Guide.objects.filter(study=guide.study_id, title=guide.title).order_by("-version")


def shared_needs(interview: Interview) -> list[str]:
    """What makes it easier for the person, as far as they share it now with whoever interviews them: it is
    asked each time and kept nowhere, so what they take back is gone. Nobody needs it afterwards."""
    if interview.participant is None or interview.state != Interview.State.BOOKED:
        return []
    person = person_of(interview.participant)
    return [each.need for each in for_interviews(person)] if person else []


def guide_named(study: Study, text: str) -> Guide | None:
    """The guide whose id is `text`, to write its next version."""
    return guides(study).filter(pk=text).first() if is_uuid(text) else None


def newest_guides(study: Study) -> QuerySet[Guide]:
    newer = Guide.objects.filter(study=study, title=OuterRef("title")).order_by("-version")
    return guides(study).filter(pk=Subquery(newer.values("pk")[:1]))
