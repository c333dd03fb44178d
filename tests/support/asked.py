"""Having said of everyone that one doesn't know them, for tests that are about what opens after that."""

from alongside.accounts.models import Study, User
from alongside.people.models import Declared, Participant


def knows_nobody(user: User, study: Study) -> None:
    _said(Declared(user=user, participant=each) for each in Participant.objects.filter(study=study))


def known_to_nobody(participant: Participant) -> None:
    team = User.objects.filter(memberships__study=participant.study_id).distinct()
    _said(Declared(user=user, participant=participant) for user in team)


def _said(rows) -> None:
    Declared.objects.bulk_create(rows, ignore_conflicts=True)
