from django.db import transaction

from alongside.accounts import actions as accounts
from alongside.accounts.models import Invitation, Study, User
from alongside.people.actions.firewall import raise_barriers
from alongside.people.actions.people import link_user
from alongside.people.queries import people_with_address


@transaction.atomic
def accept_invitation(*, invitation: Invitation) -> User:
    """Let whoever was invited in, and know them for the person they are before they open a first page."""
    user = accounts.accept_invitation(invitation=invitation)
    recognise_member(user=user, study=invitation.study)
    return user


@transaction.atomic
def recognise_member(*, user: User, study: Study) -> None:
    """Whoever joins with the address of a person of the study is that person: the firewall must not wait to
    be told. Where several share the address, what each of their colleagues and practitioners said stays
    closed, and a coordinator says which of them it is."""
    found = list(people_with_address(study, user.email or ""))
    known = study.people.filter(user=user).exists()
    if len(found) == 1 and not known:
        link_user(by=user, person=found[0], user=user)
        return
    for person in found:
        raise_barriers(person)
