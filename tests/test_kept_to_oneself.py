"""What people write for themselves in a course is on no page of anybody else, whatever roles they hold."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.people.actions import make_link
from alongside.people.models import AccessGrant, Participant, Person
from alongside.stewardship.erasure import erase
from alongside.stewardship.held import KINDS, copy_for
from alongside.training.actions import (
    add_to_plan,
    download_story,
    plan_disclosure,
    share_story,
    take_next_step,
    tell_story,
    write_hopes,
    write_reflection,
)
from alongside.training.models import (
    Cohort,
    DisclosurePlan,
    Enrolment,
    Facilitation,
    PlanEntry,
    PlanShown,
    Reflection,
)
from alongside.training.tests.telling import told
from tests.support.walking import IN_A_STUDY, METHODS, Visitor
from tests.support.world import World, one_of_everything

KEPT = ("the boat in the shed", "a quiet I kept", "a hope I kept", "a fear I kept", "a step I kept", "a tale")


@pytest.fixture
def world(
    study: Study,
    hilary: User,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
) -> World:
    """One of everything about Rowan, who has written for themselves and shown none of it."""
    things = one_of_everything(study, rowan, rowan_as_participant, by=hilary, other=alison_as_participant)
    plan_disclosure(by=rowan, person=rowan, session=things["session"], keep_back="the boat in the shed")
    write_reflection(by=rowan, person=rowan, words="a quiet I kept")
    add_to_plan(by=rowan, person=rowan, kind="hope", words="a hope I kept")
    write_hopes(by=rowan, person=rowan, cohort=things["cohort"], hopes_and_fears="a fear I kept")
    take_next_step(by=rowan, person=rowan, kind="study", words="a step I kept")
    tell_story(by=rowan, teller=rowan, **told(words="a tale"))
    PlanShown.objects.all().delete()
    mine = {"membership": study.memberships.get(user=hilary), "user": hilary, "relationship": None}
    return {**things, **mine}


@pytest.mark.again
def test_nobody_reads_it_in_any_role(world: World, founder: User, sign_in: Callable[[User], Client]):
    """Every page, list, search, file and draft of the study, asked for by somebody who holds every role."""
    visitor, told_of = Visitor(sign_in(founder), founder), []
    for address in IN_A_STUDY:
        if all(world.get(address.rule.nouns.get(noun, noun)) or noun in address.rule.words
               for noun in address.nouns):  # fmt: skip
            for method in METHODS:
                said = visitor.ask(method, address.of(world))[1]
                told_of += [f"{method} {address.name}: {words}" for words in KEPT if words in said]
    assert told_of == []


@pytest.mark.parametrize("what", ["passages", "codebook", "codings"])
def test_no_file_taken_by_an_administrator_holds_it(
    world: World, founder: User, study: Study, tmp_path: Path, what: str
):
    """Nor does what a command takes out, for somebody with every role at the machine itself."""
    file = tmp_path / f"{what}.csv"
    call_command("export_material", study=study.slug, what=what, to=file, email=founder.email)
    content = file.read_text(encoding="utf-8")
    assert not [words for words in KEPT if words in content]


def test_its_author_reads_it_in_their_copy(world: World, rowan: Person):
    """All of it is theirs to take away."""
    held = str(copy_for(rowan, KINDS).sections)
    assert [words for words in KEPT if words not in held] == []


def test_erasing_someone_takes_it_all(world: World, rowan: Person):
    """Nothing of what they wrote for themselves is left."""
    erase(by=None, person=rowan)
    for model in (DisclosurePlan, Reflection, PlanEntry):
        assert not model.objects.exists()


def test_whoever_took_a_copy_is_asked_to_delete_it_after_the_teller_was_erased(
    client: Client, study: Study, world: World, rowan: Person, alison: Person
):
    """The story and its title are gone; that somebody has a copy is not."""
    cohort: Cohort = world["cohort"]
    Enrolment.objects.create(cohort=cohort, person=alison, state="enrolled")
    story = tell_story(by=rowan, teller=rowan, **told(title="Told once", may_download=True))
    share_story(by=rowan, narrative=story, cohort=cohort)
    download_story(by=alison, reader=alison, narrative=story, format="txt")
    erase(by=None, person=rowan)
    keys = {"token": make_link(by=None, person=alison, purpose=AccessGrant.MY_PAGE)}
    page = client.get(reverse("training:my-stories", kwargs=keys)).content.decode()
    assert "A story that you took on" in page
    assert "Told once" not in page


def test_a_colleague_who_leads_the_same_session_reads_no_plan(client: Client, world: World, alison: Person):
    """Leading together opens nothing of what the other keeps back."""
    Facilitation.objects.create(session=world["session"], person=alison, practice=True)
    token = make_link(by=None, person=alison, purpose=AccessGrant.MY_PAGE)
    page = client.get(reverse("training:my-leading", kwargs={"token": token})).content.decode()
    assert not [words for words in KEPT if words in page]
    url = reverse("training:my-disclosure", kwargs={"token": token, "session": world["session"].pk})
    mine = client.get(url).content.decode()
    assert not [words for words in KEPT if words in mine]
