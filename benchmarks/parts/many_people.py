"""A study with many invented people, for `people_list`; imported once Django is set up."""

import random

from django.test import Client

from alongside.accounts.actions import give_role, invite_user, open_study
from alongside.accounts.permissions import Role
from alongside.people.actions import NewPerson, add_people
from benchmarks.parts.second_step import give_second_step

LETTERS = "abcdefghijklmnoprstuvwy"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make(client: Client, size: int) -> str:
    """The address of the list of its people, for the browser that is signed in as its coordinator."""
    study = open_study(by=None, name=f"Study of {size}", slug=f"study-of-{size}")
    user = invite_user(by=None, email="hannah@example.org", name="Hannah Whitlock")
    give_role(by=None, study=study, user=user, role=Role.COORDINATOR)
    chance = random.Random(size)
    people = [
        NewPerson(
            f"{_word(chance, 6)} {_word(chance, 8)}",
            email=f"p{number}@example.org",
            phone=f"01632 {number:06}",
            standpoints=("carer", "practitioner"),
        )
        for number in range(size)
    ]
    add_people(by=None, study=study, people=people)
    client.force_login(user, backend=BACKEND)
    give_second_step(client)
    return f"/s/{study.slug}/people/"


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(LETTERS, k=length)).capitalize()
