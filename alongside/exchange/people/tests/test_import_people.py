from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.accounts.models import Study, User
from alongside.audit.models import NOBODY, Entry
from alongside.audit.queries import first_fault
from alongside.exchange.formats.people import PEOPLE_COLUMNS
from alongside.exchange.middleware import EVERY, OldTables
from alongside.exchange.models import Import, PeopleFile
from alongside.exchange.people.tests.conftest import PAGE, Bringing
from alongside.people.actions import add_person, record_relationship
from alongside.people.models import Barrier, Participant, Person, WorkingRelationship

HEADER = (
    "Full name;E-Mail;Tel.;Address;Speaks;Group;In their own words;Access needs;Works with;Since;Shoe size"
)
SIAN = (
    "Siân Ellis;sian@example.org;01632 960 101;12 High St, Merebank;Welsh;"
    '"uses services; carer";;Large print;;;38'
)
TOMOS = (
    "Tomos Rees;tomos@example.org;;;;Practitioner;A neighbour;"
    '"Seat by the door; no strip lights";sian@example.org;31/05/2024;44'
)
TABLE = f"{HEADER}\n{SIAN}\n{TOMOS}\n"


def test_a_table_comes_in_whole(hannahs: Bringing, study: Study):
    """People with all that the table says of them, who works with whom, and an entry for each."""
    answer = hannahs.whole_way(TABLE)
    assert answer.status_code == 302
    sian, tomos = Person.objects.order_by("name")
    assert (sian.name, sian.language, sian.time_zone) == ("Siân Ellis", "cy", "Europe/London")
    assert [str(point) for point in sian.contact_points.order_by("pk")] == [
        "E-mail: sian@example.org",
        "Phone: 01632 960 101",
        "Post: 12 High St, Merebank",
    ]
    assert sian.preferred_contact.value == "sian@example.org"
    assert {each.kind for each in sian.standpoints.all()} == {"uses_services", "carer"}
    assert {str(each) for each in tomos.standpoints.all()} == {"Practitioner", "A neighbour"}
    assert {each.need for each in tomos.adjustments.all()} == {"Seat by the door", "no strip lights"}
    pair = WorkingRelationship.objects.get()
    assert {pair.first, pair.second} == {sian, tomos}
    assert pair.started == date(2024, 5, 31)
    assert Entry.objects.filter(verb="add_person").count() == 2
    assert Entry.objects.filter(verb="import_people").count() == 1
    assert first_fault(study.pk) is None


def test_the_result_says_what_was_done(hannahs: Bringing, as_hannah: Client, study: Study):
    """How many were added, and each column that was not taken; the register keeps it, without a name."""
    answer = hannahs.whole_way(TABLE)
    page = as_hannah.get(answer.headers["Location"]).content.decode()
    assert "Column “Shoe size”." in page
    assert (hannahs.brought.added, hannahs.brought.relationships) == (2, 1)
    assert "Siân" not in str(hannahs.brought.not_taken)
    assert str(hannahs.brought.pk) in as_hannah.get(PAGE).content.decode()


def test_nothing_of_the_file_is_kept_afterwards(hannahs: Bringing, study: Study):
    """When it is in, what was kept of it is gone; in between it can't be read without the key."""
    hannahs.upload(TABLE)
    assert b"sian" not in bytes(hannahs.file.closed).lower()
    hannahs.match()
    hannahs.finish()
    assert not PeopleFile.objects.exists()


def test_it_can_be_thrown_away(hannahs: Bringing, as_hannah: Client, study: Study):
    """Nothing of it stays, and nobody was added."""
    hannahs.upload(TABLE)
    assert as_hannah.post(hannahs.at("forget")).status_code == 302
    assert not PeopleFile.objects.exists()
    assert not Person.objects.exists()


def test_after_a_day_it_is_gone(hannahs: Bringing, as_hannah: Client, study: Study):
    """Its pages are closed the moment the day is over, and the next visit erases it."""
    hannahs.upload(TABLE)
    address = hannahs.at("columns")
    PeopleFile.objects.update(at=timezone.now() - timedelta(hours=24))
    assert as_hannah.get(address).status_code == 404
    as_hannah.get(PAGE)
    assert not PeopleFile.objects.exists()


def test_it_goes_though_nobody_comes_back_to_the_page(hannahs: Bringing, study: Study):
    """When the site starts; one that is not a day old stays."""
    hannahs.upload(TABLE)
    PeopleFile.objects.update(at=timezone.now() - timedelta(hours=24))
    hannahs.upload(TABLE)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert PeopleFile.objects.get() == hannahs.file
    assert Entry.objects.filter(verb="forget_people_file", actor=NOBODY).count() == 1


def test_the_first_request_of_each_hour_takes_it_along(hannahs: Bringing, study: Study):
    """Anybody's, anywhere; those after it ask nothing of the database."""
    hannahs.upload(TABLE)
    PeopleFile.objects.update(at=timezone.now() - timedelta(hours=24))
    site = OldTables(lambda _request: HttpResponse())
    site(HttpRequest())
    assert PeopleFile.objects.exists()
    site.due -= EVERY
    site(HttpRequest())
    assert not PeopleFile.objects.exists()
    with CaptureQueriesContext(connection) as queries:
        site(HttpRequest())
    assert len(queries) == 0


def test_it_is_its_uploaders_alone(hannahs: Bringing, as_founder: Client, study: Study):
    """Another coordinator finds nothing where it is, not even to throw away."""
    hannahs.upload(TABLE)
    for step in ("columns", "check"):
        assert as_founder.get(hannahs.at(step)).status_code == 404
    assert as_founder.post(hannahs.at("forget")).status_code == 404
    assert PeopleFile.objects.exists()


def test_columns_are_matched_and_can_be_put_right(hannahs: Bringing, as_hannah: Client, study: Study):
    """The first values stand beside each column; what was guessed wrong is changed, and told as not taken."""
    hannahs.upload("Wer;Kontakt\nDilys;01632 960 144\nBob;01632 960 145\n")
    page = as_hannah.get(hannahs.at("columns")).content.decode()
    assert "01632 960 145" in page
    refused = hannahs.match()
    assert refused.status_code == 422
    assert "Say which column holds the name." in refused.content.decode()
    refused = hannahs.match(column_0="name", column_1="name")
    assert "One column for “Name” was expected; “Wer”, “Kontakt” came." in refused.content.decode()
    hannahs.match(column_0="name")
    assert "Column “Kontakt”." in hannahs.look().content.decode()
    hannahs.match(column_0="name", column_1="phone")
    hannahs.finish()
    assert Person.objects.get(name="Dilys").preferred_contact.value == "01632 960 144"


@pytest.mark.parametrize(
    ("row", "expected", "came"),
    [
        (";a@example.org;;;;;", "a name", "nothing"),
        ("Bob;bob;;;;;", "an e-mail address", "“bob”"),
        ("Bob;;ring me;;;;", "a phone number", "“ring me”"),
        ("Bob;;;boss;;;", "one of these", "“boss”"),
        ("Bob;;;;Merebank;;", "a time zone such as Europe/London", "“Merebank”"),
        ("Bob;;;;;Alison;", "a day since when they work together", "nothing"),
        ("Bob;;;;;Alison;31/31/2024", "a day such as 2024-05-31", "“31/31/2024”"),
        ("Bob;;;;;Nobody;2024-05-31", "someone in the file or in the study", "“Nobody”"),
        ("Bob;;;;;bob;2024-05-31", "somebody other than this person", "“bob”"),
        ("#REF!;;;;;;", "a value that the formula could work out", "“#REF!”"),
        ("B" * 121 + ";;;;;;", "a text of at most 120 characters", "“BBB"),
    ],
)
def test_each_fault_is_told_by_row_and_column(
    hannahs: Bringing, alison: Person, row: str, expected: str, came: str
):
    """What was expected and what came; nobody is added, the good rows neither."""
    before = Person.objects.count()
    hannahs.upload(f"name;e-mail;phone;standpoints;time zone;works with;since\nGood;;;;;;\n{row}\n")
    hannahs.match()
    page = hannahs.look().content.decode()
    assert "Row 3" in page
    assert expected in page
    assert came in page
    assert hannahs.finish().status_code == 422
    assert Person.objects.count() == before


def test_what_looks_like_a_formula_is_text(hannahs: Bringing, study: Study):
    """A cell that begins with = + - or @ is what somebody is called, or their number."""
    hannahs.whole_way("name,phone,own words\n=Bob,+44 1632 960144,-\n@Eve,,'=1+1\n")
    bob, eve = Person.objects.order_by("added", "name").order_by("name")
    assert (bob.name, bob.preferred_contact.value) == ("=Bob", "+44 1632 960144")
    assert (eve.name, str(eve.standpoints.get())) == ("@Eve", "=1+1")


def test_who_has_a_members_address_is_that_member(
    hannahs: Bringing, josef: User, wren: Person, wren_as_participant: Participant
):
    """The firewall doesn't wait to be told: their barrier stands as soon as the table is in."""
    hannahs.whole_way("name,email,works with,since\nJosef Novak,JOSEF@example.org,Wren,2024-05-31\n")
    assert Person.objects.get(name="Josef Novak").user == josef
    assert Barrier.objects.filter(user=josef, participant=wren_as_participant).exists()


def test_who_works_with_a_member_bars_them(
    hannahs: Bringing, josef: User, wren: Person, wren_as_participant: Participant, study: Study
):
    """The other way round: the one on record is the participant, the row names the member's person."""
    add_person(by=None, study=study, name="Josef Novak", email="josef@example.org")
    hannahs.whole_way("name,works with,since\nNew Person,wren@example.org,2024-05-31\n")
    assert not Barrier.objects.filter(user=josef).exists()
    hannahs.upload("name,email,works with,since\nWren,wren@example.org,josef@example.org,2024-05-31\n")
    hannahs.match()
    hannahs.finish(row_2=str(wren.pk))
    assert Barrier.objects.filter(user=josef, participant=wren_as_participant).exists()


def test_a_member_on_record_twice_is_kept_out_by_either(
    hannahs: Bringing, priya: User, rowan: Person, rowan_as_participant: Participant, study: Study
):
    """Priya is known by one record; a row gives her address to a second one, which works with Rowan."""
    again = add_person(by=None, study=study, name="P. Nair", phone="01632 960 777")
    record_relationship(by=None, one=again, other=rowan, started=date(2024, 5, 1))
    hannahs.upload("name,email,phone\nP. Nair,PRIYA@example.org,01632 960 777\n")
    hannahs.match()
    assert hannahs.finish(row_2=str(again.pk)).status_code == 302
    again.refresh_from_db()
    assert again.user is None
    assert Barrier.objects.filter(user=priya, participant=rowan_as_participant).exists()


def test_the_same_pair_told_twice_is_one(hannahs: Bringing, rowan_and_alison: WorkingRelationship):
    """By both rows, or on record already; two different days are a fault."""
    hannahs.whole_way("name,works with,since\nAnn,Bob,2024-05-31\nBob,Ann,2024-05-31\n")
    assert WorkingRelationship.objects.count() == 2
    hannahs.upload("name,works with,since\nCat,Dan,2024-05-31\nDan,Cat,2024-06-30\n")
    hannahs.match()
    assert "the day that row 2 says, 2024-05-31" in hannahs.look().content.decode()


def test_a_name_that_two_have_needs_an_address(hannahs: Bringing, study: Study):
    """Whom the row means can't be guessed."""
    for number in (1, 2):
        add_person(by=None, study=study, name="Ann", email=f"ann{number}@example.org")
    hannahs.upload("name,works with,since\nBob,Ann,2024-05-31\n")
    hannahs.match()
    assert "an e-mail address, since several people are called that" in hannahs.look().content.decode()
    hannahs.whole_way("name,works with,since\nBob,ann2@example.org,2024-05-31\n")
    assert WorkingRelationship.objects.exists()


def test_the_empty_table_has_our_columns(as_hannah: Client, hannahs: Bringing, study: Study):
    """What is downloaded can be filled in and brought in; every column is matched to what it is for."""
    template = as_hannah.get(PAGE + "people.csv").content
    assert template.decode("utf-8-sig").strip().split(",") == list(PEOPLE_COLUMNS)
    hannahs.upload(template + b"Dilys,,,,,,,,,,\r\n")
    form = as_hannah.get(hannahs.at("columns")).context["form"]
    assert [form[name].value() for name in form.fields] == list(PEOPLE_COLUMNS)


def test_it_takes_no_more_queries_for_more_rows(hannahs: Bringing, study: Study):
    """A hundred rows cost hardly more than ten: what there is comes in by the hundred, not by row."""
    counts = []
    for number in (10, 100):
        rows = "\n".join(
            f"Person {number} {'abcdefghij'[row % 10] * 5} {row},p{number}-{row}@example.org,carer,Light"
            for row in range(number)
        )
        hannahs.upload(f"name,email,standpoints,adjustments\n{rows}\n")
        hannahs.match()
        page = hannahs.look()
        assert page.context["looked"].undecided == []
        with CaptureQueriesContext(connection) as queries:
            assert hannahs.decide(page, finish="yes").status_code == 302
        counts.append(len(queries))
    assert Person.objects.count() == 110
    assert counts[1] - counts[0] <= 2


@pytest.mark.parametrize("who", ["as_sunita", "as_carys", "as_fern", "as_stranger"])
def test_other_roles_bring_in_nobody(who: str, request: pytest.FixtureRequest, study: Study):
    """Seeing people isn't keeping them."""
    bringing = Bringing(request.getfixturevalue(who))
    assert bringing.upload(TABLE).status_code == 404
    assert not PeopleFile.objects.exists()
    assert not Import.objects.exists()


def test_of_whom_one_works_with_no_address_comes_in(
    as_priya: Client, hannahs: Bringing, bringing: Callable[[Client], Bringing], wren: Person
):
    """What is sent to Wren alone must not go where Priya's table says; the result tells which row."""
    wren.contact_points.all().delete()
    table = "name,e-mail,phone,standpoints\nWren,p@example.org,01632 960 101,carer\n"
    for who in (bringing(as_priya), hannahs):
        who.upload(table)
        who.match()
        before = set(wren.contact_points.values_list("value", flat=True))
        assert before == set()
        who.finish(row_2=str(wren.pk))
        told = " ".join(who.brought.not_taken)
        assert ("Ways to reach somebody whom you work with: 2." in told) == (who is not hannahs)
    assert {point.value for point in wren.contact_points.all()} == {"p@example.org", "01632 960 101"}
    assert wren.standpoints.filter(kind="carer").count() == 1
