from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.audit.models import Export
from alongside.exchange.models import Import, PeopleFile
from alongside.people.queries import is_kept_from_someone


def exports(study: Study, user: User) -> QuerySet[Export]:
    """The register of what left the study, newest first, each with `who` took it by name.

    Whoever works with someone in it, or knows them, sees their own lines alone: how many rows others took out
    may count words of that person.
    """
    names = User.objects.filter(pk=OuterRef("actor")).values("name")[:1]
    register = Export.objects.filter(study=study.pk).annotate(who=Subquery(names)).order_by("-at")
    return register.filter(actor=user.pk) if is_kept_from_someone(user, study) else register


def people_file_for(study: Study, user: User, pk: UUID) -> PeopleFile:
    """The door to a table of people on its way in: whoever brought it has a day for it."""
    found = people_files(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def people_files(study: Study, user: User) -> QuerySet[PeopleFile]:
    """What `user` has begun to bring in and not finished."""
    begun = timezone.now() - PeopleFile.KEPT
    return PeopleFile.objects.filter(study=study, user=user, at__gt=begun).order_by("-at")


def old_people_files() -> QuerySet[PeopleFile]:
    """Tables whose day is over, whoever brought them."""
    return PeopleFile.objects.filter(at__lte=timezone.now() - PeopleFile.KEPT)


def import_for(study: Study, pk: UUID) -> Import:
    found = imports(study).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def imports(study: Study) -> QuerySet[Import]:
    """The register of what came in, newest first."""
    return Import.objects.filter(study=study).select_related("user")
