"""Finding a session by its code, and a learner by the name they type. No name is ever offered."""

import unicodedata

from django.contrib.auth.models import AnonymousUser

from alongside.accounts.models import User
from alongside.people.models import Person
from alongside.training.models import Cohort, Enrolment, Session
from alongside.training.queries.places import learners


def open_session(typed: str) -> Session | None:
    """The session whose code was typed, with or without spaces, if it takes signing in now."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in plain if sign.isalnum())
    found = Session.objects.filter(code=code).select_related("cohort__programme", "study").first()
    return found if found is not None and found.takes_signing_in else None


def person_called(session: Session, typed: str) -> Person | None:
    """The one learner with a place whose whole name this is; nobody, if two are called so."""
    name = _plain(typed)
    called = [person for person in learners(session.cohort) if _plain(person.name) == name]
    return called[0] if len(called) == 1 else None


def _plain(name: str) -> str:
    """Without what people leave out when they type: capitals, accents, signs, more than one space."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(sign if sign.isalnum() else " " for sign in bare if not unicodedata.combining(sign))
    return " ".join(letters.split())


def place_in(session: Session, user: User | AnonymousUser) -> Person | None:
    """The learner of the session who is this user."""
    return learners(session.cohort).filter(user_id=user.pk).first() if user.is_authenticated else None


def ever_in(cohort: Cohort) -> list[Person]:
    """Everyone who has a place in a group or had one."""
    states = (Enrolment.State.ENROLLED, Enrolment.State.LEFT)
    return list(Person.objects.filter(enrolments__cohort=cohort, enrolments__state__in=states))
