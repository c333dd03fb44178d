from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.accounts.queries import NOT_HERE
from alongside.people.models import Person
from alongside.people.queries import working_with
from alongside.stewardship.models import Receipt

LATELY = timedelta(days=14)


def receipt_for(person: Person, pk: UUID) -> Receipt:
    """The door to a receipt, for whoever came through a door to the person."""
    receipt = Receipt.objects.filter(person=person, pk=pk).first()
    if receipt is None:
        raise Http404(NOT_HERE)
    return receipt


def receipts_of(person: Person) -> QuerySet[Receipt]:
    return Receipt.objects.filter(person=person)


def changed_lately(user: User | AnonymousUser, study: Study) -> int:
    """How many people changed what they share: never counting those whom `user` works with."""
    lately = Receipt.objects.filter(person__study=study, at__gte=timezone.now() - LATELY)
    others = lately.exclude(person__in=working_with(user, study))
    return others.order_by().values("person").distinct().count()
