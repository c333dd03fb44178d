from datetime import date

from django.test import Client

from alongside.accounts.models import Study, User
from alongside.exchange.people.tests.conftest import Bringing
from alongside.people.actions import add_person, describe_standpoint, record_adjustment
from alongside.people.models import Participant, Person, WorkingRelationship


def test_who_may_be_known_stands_beside_each_other(hannahs: Bringing, rowan: Person, alison: Person):
    """The same address, the same number, or nearly the same name: both are shown, and why."""
    add_person(by=None, study=rowan.study, name="Siân Ellis", phone="+44 1632 960101")
    hannahs.upload("name,email,phone\nR. Ellwood,ROWAN@example.org,\nEllis Sian,,\nBob,,01632 960 101\n")
    hannahs.match()
    page = hannahs.look()
    assert page.context["looked"].undecided == [2, 3, 4]
    text = page.content.decode()
    for words in (
        "E-mail: rowan@example.org",
        "the same e-mail",
        "a name like it",
        "the same phone",
        "Siân Ellis",
    ):
        assert words in text
    assert "Alison" not in text


def test_people_with_numbers_for_names_are_several(hannahs: Bringing, study: Study):
    """“Learner 12” and “Learner 13” aren't one person misspelt."""
    hannahs.upload("name\nLearner 12\nLearner 13\n")
    hannahs.match()
    assert hannahs.look().context["looked"].undecided == []


def test_nobody_is_added_before_every_doubt_is_settled(hannahs: Bringing, rowan: Person):
    """The page says which rows wait; the others aren't added either."""
    hannahs.upload("name,email\nRowan,rowan@example.org\nBob,bob@example.org\n")
    hannahs.match()
    refused = hannahs.finish()
    assert refused.status_code == 422
    assert "Row 2 may be someone who is known already" in refused.content.decode()
    assert not Person.objects.filter(name="Bob").exists()


def test_a_row_can_be_new_all_the_same(hannahs: Bringing, rowan: Person):
    """Two people may share a name and an address."""
    hannahs.upload("name,email\nRowan,rowan@example.org\n")
    hannahs.match()
    assert hannahs.finish(row_2="new").status_code == 302
    assert Person.objects.filter(name="Rowan").count() == 2


def test_a_row_can_be_left_out(hannahs: Bringing, as_hannah: Client, rowan: Person):
    """The result says which."""
    hannahs.upload("name,email\nRowan,rowan@example.org\nBob,\n")
    hannahs.match()
    answer = hannahs.finish(row_2="out")
    assert Person.objects.filter(name="Rowan").count() == 1
    assert "Left out: 2." in as_hannah.get(answer.headers["Location"]).content.decode()


def test_the_same_person_gets_only_what_is_missing(hannahs: Bringing, as_hannah: Client, rowan: Person):
    """A phone is added; a name, another address and a language on record stay, and that is told."""
    record_adjustment(by=None, person=rowan, need="Large print")
    hannahs.upload(
        "name,email,phone,language,standpoints,adjustments\n"
        "Rowann,other@example.org,01632 960 144,cy,uses services; carer,large PRINT; A break\n"
        "Rowan,rowan@example.org,01632 960 199,,,\n"
    )
    hannahs.match()
    answer = hannahs.finish(row_2=str(rowan.pk), row_3=str(rowan.pk))
    rowan.refresh_from_db()
    assert (rowan.name, rowan.language) == ("Rowan", "en-gb")
    assert rowan.preferred_contact.value == "rowan@example.org"
    assert {point.value for point in rowan.contact_points.all()} == {"rowan@example.org", "01632 960 144"}
    assert {each.kind for each in rowan.standpoints.all()} == {"uses_services", "carer"}
    assert {each.need for each in rowan.adjustments.all()} == {"Large print", "A break"}
    assert Person.objects.count() == 1
    told = as_hannah.get(answer.headers["Location"]).content.decode()
    for words in (
        "“e-mail”, since something else is on record",
        "“name”, since something else is on record",
        "“phone”, since something else is on record: 3.",
    ):
        assert words in told


def test_two_rows_can_be_one_person(hannahs: Bringing, study: Study):
    """Within the file, too: what only the second row says is added to the first."""
    hannahs.upload("name,email,phone\nDilys Hughes,d@example.org,\nDilys Hughs,,01632 960 144\n")
    hannahs.match()
    assert hannahs.look().context["looked"].undecided == [3]
    assert hannahs.finish(row_3="row:2").status_code == 302
    assert Person.objects.get().contact_points.count() == 2


def test_a_relationship_follows_what_its_rows_become(hannahs: Bringing, rowan: Person, alison: Person):
    """With the person on record where the row is theirs; with nobody who is left out."""
    hannahs.upload("name,email,works with,since\nRowan,rowan@example.org,Alison,2024-05-31\n")
    hannahs.match()
    assert hannahs.finish(row_2=str(rowan.pk)).status_code == 302
    assert WorkingRelationship.objects.get().started == date(2024, 5, 31)
    hannahs.upload("name,email,works with,since\nAlison,alison@example.org,,\nBob,,Alison,2024-05-31\n")
    hannahs.match()
    hannahs.finish(row_2="out")
    pair = WorkingRelationship.objects.get(
        first__name__in=["Alison", "Bob"], second__name__in=["Alison", "Bob"]
    )
    assert alison in pair.halves


def test_the_rest_is_decided_at_once(hannahs: Bringing, study: Study):
    """A table that is brought in a second time: everyone is left out, page by page or all in one."""
    table = "name,email\n" + "\n".join(f"Person {n},p{n}@example.org" for n in range(60))
    hannahs.whole_way(table)
    hannahs.upload(table)
    hannahs.match()
    page = hannahs.look()
    assert len(page.context["doubts"]) == 25
    kept = hannahs.decide(page, row_2="new")
    assert kept.headers["Location"].endswith("?page=2")
    assert hannahs.finish(rest="out").status_code == 302
    assert Person.objects.count() == 61
    assert (hannahs.brought.added, hannahs.brought.left_out) == (1, 59)
    assert hannahs.brought.not_taken == ["Left out: 3–61."]


def test_everybody_can_be_the_likeliest(hannahs: Bringing, study: Study):
    """A second table with the same people and their phones adds the phones, and nobody."""
    hannahs.whole_way("name,email\nAnn,ann@example.org\nBob,bob@example.org\n")
    hannahs.upload("name,email,phone\nAnn,ann@example.org,01632 960 101\nBob,bob@example.org,01632 960 102\n")
    hannahs.match()
    hannahs.finish(rest="likeliest")
    assert [person.contact_points.count() for person in Person.objects.all()] == [2, 2]


def test_who_was_added_meanwhile_is_asked_about(hannahs: Bringing, study: Study):
    """Between the look and the word someone else adds the same person: the page comes again and says so."""
    hannahs.upload("name,email\nDilys,dilys@example.org\nBob,bob@example.org\n")
    hannahs.match()
    page = hannahs.look()
    dilys = add_person(by=None, study=study, name="Dilys", email="dilys@example.org")
    refused = hannahs.decide(page, finish="yes")
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "The study changed since you looked at this page: look again at row 2." in text
    assert not Person.objects.filter(name="Bob").exists()
    assert hannahs.finish(row_2=str(dilys.pk)).status_code == 302
    assert Person.objects.count() == 2


def test_a_choice_among_others_is_void(hannahs: Bringing, rowan: Person, study: Study):
    """What was chosen when one came into question isn't held to when two do."""
    hannahs.upload("name,email\nRowan,rowan@example.org\n")
    hannahs.match()
    page = hannahs.look()
    describe_standpoint(by=None, person=rowan, kind="carer")
    add_person(by=None, study=study, name="Rowan", email="rowan@example.org")
    assert hannahs.decide(page, finish="yes", row_2="new").status_code == 422
    assert Person.objects.count() == 2


def test_it_shows_no_more_than_the_list_of_people(
    bringing, as_priya: Client, wren_as_participant: Participant, wren: Person, priya: User
):
    """To whoever works with someone: how to reach them, and no word of what they decided or their code."""
    hers = bringing(as_priya)
    hers.upload("name,email\nWren,wren@example.org\n")
    hers.match()
    text = hers.look().content.decode()
    assert "E-mail: wren@example.org" in text
    assert wren_as_participant.code not in text


def test_a_second_confirmation_finds_nothing(hannahs: Bringing, as_hannah: Client, study: Study):
    """Sent twice, it is brought in once."""
    hannahs.upload("name\nDilys\n")
    hannahs.match()
    address = hannahs.at("check")
    hannahs.finish()
    assert as_hannah.post(address, {"finish": "yes"}).status_code == 404
    assert Person.objects.count() == 1
