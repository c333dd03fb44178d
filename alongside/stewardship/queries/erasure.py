from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404

from alongside.accounts.models import Study, User
from alongside.accounts.permissions import Permission
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.stewardship.models import ErasureRequest


def erasure_requests(study: Study, user: User | AnonymousUser) -> QuerySet[ErasureRequest]:
    """Those that wait first, the most urgent on top: never one of a person whom `user` works with."""
    rows = ErasureRequest.objects.filter(person__study=study).exclude(person__in=working_with(user, study))
    waits = Case(When(state=ErasureRequest.State.OPEN, then=Value(0)), default=Value(1))
    return rows.select_related("person").order_by(waits, "due", "asked")


def erasure_request_for(study: Study, user: User | AnonymousUser, pk: UUID) -> ErasureRequest:
    """The door to a request: closed to whoever works with the person."""
    found = erasure_requests(study, user).filter(pk=pk).first()
    if found is None:
        raise Http404(NOT_HERE)
    return found


def erasures_waiting(study: Study, user: User | AnonymousUser) -> int:
    """How many wait for an answer, for whoever may give one."""
    if Permission.RECORD_CONSENT not in study.may:
        return 0
    return erasure_requests(study, user).filter(state=ErasureRequest.State.OPEN).count()


def last_erasure_request(person: Person) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(person=person).order_by("-asked").first()
