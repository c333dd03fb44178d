"""Every address × every role: what the table says, and a 404 that tells nothing to everybody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from alongside.accounts.actions import give_role, invite_user
from alongside.accounts.models import Study, User
from alongside.accounts.permissions import PERMISSIONS, Role
from alongside.accounts.queries import any_study_for
from alongside.analysis.models import Place
from alongside.people.actions import add_person, describe_standpoint, link_user, make_link
from alongside.people.models import Participant, Person, Standpoint, WorkingRelationship
from alongside.reporting.models import Report
from tests.permission_table import BEHIND_THE_FIREWALL, TABLE, Access
from tests.support.asked import knows_nobody
from tests.support.walking import (
    ADDRESSES,
    IN_A_STUDY,
    METHODS,
    ONLY_POST,
    Address,
    Visitor,
    complaint,
    opens,
    sent_to_sign_in,
)
from tests.support.world import World, one_of_everything, secrets_of

IF_SET_UP = (Access.DEMONSTRATION, Access.SINGLE_SIGN_ON)
# What only who began it opens, opens to nobody who walks, whomever they know.
SENSIBLE = [address for address in IN_A_STUDY if address.rule.kept and not address.rule.begun]


@pytest.fixture
def enter(study: Study, sign_in: Callable[[User], Client]) -> Callable[..., Visitor]:
    """Someone with certain roles in the study; as a person in it who describes themselves so, if asked."""

    def someone(name: str, *roles: Role, standpoints: tuple[str, ...] = ()) -> Visitor:
        user = invite_user(by=None, email=f"{name}@example.org", name=name.capitalize())
        for role in roles:
            give_role(by=None, study=study, user=user, role=role)
        if standpoints:
            person = add_person(by=None, study=study, name=name)
            for kind in standpoints:
                describe_standpoint(by=None, person=person, kind=kind, words="Mine")
            link_user(by=None, person=person, user=user)
        knows_nobody(user, study)
        return Visitor(sign_in(user), user)

    return someone


# The table -------------------------------------------------------------------------------------------


def test_every_address_has_a_rule():
    """An address that nobody decided about fails here; so does a rule for an address that has gone."""
    assert {address.name for address in ADDRESSES} == set(TABLE)


def test_every_noun_of_research_is_behind_the_firewall():
    """An address with a transcript, a coding or an answer in it is kept from who works with the person."""
    open_ones = [
        address.name
        for address in IN_A_STUDY
        if BEHIND_THE_FIREWALL.intersection(address.nouns) and not address.rule.kept
    ]
    assert open_ones == []


# Roles -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "standpoints",
    [(), *(pytest.param((kind,), marks=pytest.mark.again) for kind in Standpoint.Kind)],
    ids=["nobody", *Standpoint.Kind],
)
def test_roles_open_what_the_table_says(
    standpoints: tuple[str, ...], world: World, enter: Callable[..., Visitor]
):
    """A role's permissions open an address. What they don't open looks, to the byte, like what isn't there.

    Walked by users who are nobody in the study, and by people who describe themselves in each of the ways:
    the results are those of the same table.
    """
    wrong = []
    for role in Role:
        visitor = enter(f"as-{role}", role, standpoints=standpoints)
        for address in IN_A_STUDY:
            theirs = not address.rule.own_thing and not address.rule.begun
            theirs = theirs and (bool(standpoints) or not address.rule.as_person)
            for method in METHODS:
                may = theirs and address.rule.asks(method) in PERMISSIONS[role]
                answer = visitor.ask(method, address.of(world))
                if answer[0] != ONLY_POST and (not opens(answer) if may else answer != visitor.nothing):
                    wrong.append(complaint(method, address, role, answer, "an answer" if may else "nothing"))
    assert not wrong, "\n".join(wrong)


def test_a_thing_that_is_not_there_looks_like_an_address_that_is_not(
    world: World, enter: Callable[..., Visitor], sign_in: Callable[[User], Client], stranger: User
):
    """For who holds every role, and for who holds every role elsewhere and asks for what is here."""
    wrong = []
    everyone, elsewhere = enter("everyone", *Role), Visitor(sign_in(stranger))
    for address in IN_A_STUDY:
        if "study" not in address.nouns:
            continue
        for method in METHODS:
            missing = everyone.ask(method, address.of_nothing(world))
            closed = elsewhere.ask(method, address.of(world))
            if missing[0] != ONLY_POST and missing != everyone.nothing:
                wrong.append(complaint(method, address, "everyone", missing, "nothing"))
            if closed[0] != ONLY_POST and closed != elsewhere.nothing:
                wrong.append(complaint(method, address, "a stranger", closed, "nothing"))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("kind", Standpoint.Kind.values)
def test_no_standpoint_opens_or_shuts_a_study(kind: str, study: Study, enter: Callable[..., Visitor]):
    """At the door every permission is what the role gives, for each way of describing oneself."""
    for role in Role:
        user = enter(f"as-{role}", role, standpoints=(kind,)).user
        assert any_study_for(user, study.slug).may == PERMISSIONS[role]


def test_what_is_ones_own_opens_to_nobody_else(world: World, enter, study: Study, sign_in, rowan: Person):
    """A disclosure plan and a story are their author's, whatever roles others hold."""
    own = [address for address in IN_A_STUDY if address.rule.own_thing]
    everyone = enter("everyone", *Role)
    assert {everyone.ask("post", address.of(world))[0] for address in own} == {404}
    author = invite_user(by=None, email="author@example.org", name="Author")
    give_role(by=None, study=study, user=author, role=Role.FACILITATOR)
    link_user(by=None, person=rowan, user=author)
    theirs = Visitor(sign_in(author))
    assert all(opens(theirs.ask("post", address.of(world))) for address in own)


def test_visitors_are_asked_to_sign_in(world: World):
    """Without an account, all that isn't for anyone leads to signing in, and tells nothing else."""
    visitor = Visitor(Client())
    wrong = []
    for address in ADDRESSES:
        to = address.rule.to
        public = to in (Access.PUBLIC, *IF_SET_UP) or address.is_by_link
        for method in METHODS if not public else ():
            answer = visitor.ask(method, address.of(world))
            if not sent_to_sign_in(answer):
                wrong.append(complaint(method, address, "a visitor", answer, "sign in"))
    assert not wrong, "\n".join(wrong)


def test_what_is_for_anyone_opens_for_anyone(world: World, enter: Callable[..., Visitor]):
    """Public pages open for visitors and for those signed in; the demonstration's only while it is served."""
    wrong = []
    for who, visitor in (("a visitor", Visitor(Client())), ("someone", enter("someone", Role.READER))):
        for address in ADDRESSES:
            if address.rule.to not in (Access.PUBLIC, *IF_SET_UP):
                continue
            answer = visitor.ask("get", address.of(world))
            closed = address.rule.to in IF_SET_UP
            if (answer[0] == 404) != closed or answer[0] >= 500:
                wrong.append(complaint("get", address, who, answer, "404" if closed else "an answer"))
    assert not wrong, "\n".join(wrong)


def test_signed_in_and_member_pages(world: World, enter: Callable[..., Visitor], sign_in, stranger: User):
    """One's own account opens to everybody with one; a study's front page to whoever has a role in it."""
    elsewhere, reader = Visitor(sign_in(stranger)), enter("reader", Role.READER)
    for address in ADDRESSES:
        if address.rule.to == Access.SIGNED_IN:
            assert opens(elsewhere.ask("get", address.of(world))), address
        if address.rule.to == Access.MEMBER:
            assert opens(reader.ask("get", address.of(world))), address
            assert elsewhere.ask("get", address.of(world)) == elsewhere.nothing


# A person's own pages --------------------------------------------------------------------------------


def own_addresses() -> list[Address]:
    return [address for address in ADDRESSES if address.rule.to == Access.OWN]


def test_own_pages_open_by_link_without_an_account(world: World):
    """The link is enough, for looking and for answering; a wrong one gets the same nothing everywhere."""
    visitor, wrong = Visitor(Client()), []
    for address in own_addresses():
        if address.is_by_link:
            for method in METHODS:
                answer = visitor.ask(method, address.of(world))
                if not opens(answer):
                    wrong.append(complaint(method, address, "the person", answer, "an answer"))
    assert not wrong, "\n".join(wrong)
    pages = [a for a in own_addresses() if a.is_by_link]
    refused = {visitor.ask("get", a.of({**world, "token": "nobodys"})) for a in pages}
    assert {status for status, _words in refused} <= {404, ONLY_POST}


def test_nobody_elses_link_opens_a_persons_thing(world: World, study: Study):
    """With a link of one's own, another's receipt, offer or session is nothing that is there."""
    someone = add_person(by=None, study=study, name="Someone")
    mine = {**world, "token": make_link(by=None, person=someone, purpose="my_page")}
    visitor = Visitor(Client())
    for address in own_addresses():
        if address.is_by_link and {"uuid", "int"}.intersection(address.kinds.values()):
            method = "get" if visitor.ask("get", address.of(mine))[0] != ONLY_POST else "post"
            assert visitor.ask(method, address.of(mine)) == visitor.nothing, address


def test_own_pages_by_signing_in_are_the_persons_alone(
    world: World, enter: Callable[..., Visitor], rowan: Person, sign_in
):
    """Roles don't open them; being that person does."""
    everyone = enter("everyone", *Role)
    rowans = invite_user(by=None, email="rowans@example.org", name="Rowan")
    link_user(by=None, person=rowan, user=rowans)
    herself = Visitor(sign_in(rowans))
    for address in own_addresses():
        if not address.is_by_link:
            for method in METHODS:
                answer = everyone.ask(method, address.of(world))
                assert answer[0] == ONLY_POST or answer == everyone.nothing, address
                assert opens(herself.ask(method, address.of(world))), address


def test_own_pages_carry_no_standpoint(world: World, rowan: Person):
    """However someone describes themselves, their own pages don't say it, nor look otherwise for it."""
    visitor = Visitor(Client())
    pages = [address for address in own_addresses() if address.is_by_link]
    Standpoint.objects.filter(person=rowan).delete()
    before = {address.name: visitor.ask("get", address.of(world)) for address in pages}
    for kind in Standpoint.Kind.values:
        describe_standpoint(by=None, person=rowan, kind=kind, words="Mine")
    differing = [a.name for a in pages if visitor.ask("get", a.of(world)) != before[a.name]]
    assert differing == []


# The firewall ----------------------------------------------------------------------------------------

SECRET = "P03"


@pytest.fixture
def wrens_world(
    study: Study,
    hilary: User,
    wren: Person,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
    priya: User,
) -> World:
    """One of everything about Wren, with whom Priya works. Nobody has published the reports."""
    things = one_of_everything(study, wren, wren_as_participant, by=hilary, other=alison_as_participant)
    Report.objects.update(audience="study", published=None)
    mine = {"membership": study.memberships.get(user=hilary), "user": hilary}
    return {**things, **mine, "relationship": WorkingRelationship.objects.get()}


@pytest.fixture
def priya_in_every_role(study: Study, priya: User, sign_in: Callable[[User], Client]) -> Visitor:
    for role in Role:
        give_role(by=None, study=study, user=priya, role=role)
    return Visitor(sign_in(priya))


def test_who_works_with_someone_opens_nothing_of_theirs_in_any_role(
    wrens_world: World, priya_in_every_role: Visitor, enter: Callable[..., Visitor]
):
    """Each address about Wren is, to Priya, what isn't there; to her twin, who works with nobody, open."""
    twin = enter("twin", *Role, standpoints=("practitioner",))
    wrong = []
    for address in SENSIBLE:
        for method in METHODS:
            answer = priya_in_every_role.ask(method, address.of(wrens_world))
            if answer[0] != ONLY_POST and answer != priya_in_every_role.nothing:
                wrong.append(complaint(method, address, "Priya", answer, "what isn't there"))
            answer = twin.ask(method, address.of(wrens_world))
            if not opens(answer):
                wrong.append(complaint(method, address, "her twin", answer, "an answer"))
    assert not wrong, "\n".join(wrong)


@pytest.mark.again
def test_no_answer_holds_a_word_of_theirs(
    wrens_world: World, priya_in_every_role: Visitor, enter: Callable[..., Visitor]
):
    """Lists, counts, search, exports, drafts: whatever Priya asks for, Wren's words and code aren't in it."""
    twin, told = enter("twin", *Role, standpoints=("practitioner",)), 0
    words = ("the chair with the arms", SECRET, "Ring my sister")
    wrong = []
    for address in IN_A_STUDY:
        for method in METHODS:
            hers = priya_in_every_role.ask(method, address.of(wrens_world))[1]
            told += any(word in twin.ask(method, address.of(wrens_world))[1] for word in words)
            wrong += [f"{method} {address.name}: {word}" for word in words if word in hers]
    assert told > 10
    assert not wrong, "\n".join(wrong)


def test_two_worlds_that_differ_in_someones_secrets_look_the_same(
    world: World,
    wren: Person,
    wren_as_participant: Participant,
    alison_as_participant: Participant,
    priya_in_every_role: Visitor,
    hilary: User,
):
    """Before and after Wren answers, is interviewed, coded, quoted, exported and stops something, every page
    of the study is to Priya the same, to the byte."""
    Report.objects.update(audience="study", published=None)
    # However long the walk takes, whoever is reading at its beginning still is at its end.
    Place.objects.update(seen=timezone.now() + timedelta(hours=1))
    # A form for marking attendance holds ids made anew each time.
    pages = [address for address in IN_A_STUDY if address.name != "training:mark-attendance"]
    before = {address.name: priya_in_every_role.ask("get", address.of(world)) for address in pages}
    secrets_of(wren, wren_as_participant, world, by=hilary, other=alison_as_participant)
    differing = [a.name for a in pages if priya_in_every_role.ask("get", a.of(world)) != before[a.name]]
    assert not differing, "\n".join(differing)
