import hashlib
from datetime import UTC, datetime

import pytest
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.audit.models import Entry, Export
from alongside.people.actions import add_person, record_consent
from alongside.people.models import ConsentText, Person
from alongside.people.queries import decisions_of
from alongside.people.tests.test_person import without_tokens

PAGE = "/s/six-months-on/stewardship/consents/"
TAKE = PAGE + "take/"


def decided(person: Person, text: ConsentText, decision: str, *day: int) -> None:
    record_consent(by=None, person=person, text=text, decision=decision, at=datetime(*day, 12, tzinfo=UTC))


@pytest.fixture
def changed_mind(rowan: Person, consent_texts: dict[str, ConsentText]) -> Person:
    """Rowan agreed to archiving in April, said no in June, and yes again in September."""
    decided(rowan, consent_texts["archive"], "declined", 2026, 6, 1)
    decided(rowan, consent_texts["archive"], "granted", 2026, 9, 1)
    return rowan


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-04-01T00:00", "Nothing"),
        ("2026-04-30T10:00", "2 Apr 2026"),
        ("2026-06-01T13:01", "1 Jun 2026"),
        ("2026-08-31T10:00", "1 Jun 2026"),
        ("", "1 Sep 2026"),
    ],
)
def test_it_tells_what_had_been_decided_by_then(
    at: str, expected: str, as_sunita: Client, changed_mind: Person
):
    """The latest decision at that moment, not one made after it; absence is nothing."""
    main = as_sunita.get(PAGE, {"at": at, "purpose": "archive"}).content.decode().split("<main")[1]
    row = main.split("<tbody>")[1]
    assert expected in row
    assert ("No</span>" in row) == ("Jun" in expected)


def test_the_bulk_question_agrees_with_the_gate(changed_mind: Person, alison: Person):
    """For several people at once, what `decisions` says of each."""
    july = datetime(2026, 7, 1, tzinfo=UTC)
    known = decisions_of([changed_mind, alison], july)
    assert known[changed_mind.pk]["archive"].decision == "declined"
    assert known[alison.pk]["archive"].permits
    assert decisions_of([alison], datetime(2026, 4, 1, tzinfo=UTC))[alison.pk] == {}


def test_a_moment_to_come_is_refused(as_sunita: Client, rowan: Person):
    """Nobody knows; and nothing is taken out for it."""
    page = as_sunita.get(PAGE, {"at": "2090-01-01T10:00", "purpose": ""})
    assert page.status_code == 422
    assert "Name a past moment" in page.content.decode()
    assert as_sunita.post(TAKE, {"at": "2090-01-01T10:00"}).status_code == 422
    assert not Export.objects.exists()


def test_whom_one_works_with_is_kept_back_decided_or_not(as_priya: Client, wren: Person, rowan: Person):
    """Wren's row says the same before the first decision and after the last."""
    before = as_priya.get(PAGE, {"at": "2026-04-01T00:00", "purpose": "archive"}).content
    assert "this is kept from you" in before.decode()
    wrens = as_priya.get(PAGE, {"at": "2026-05-01T00:00", "purpose": "archive"}).content.decode()
    assert wrens.count("2 Apr 2026") == 1
    now = as_priya.get(PAGE)
    record_consent(
        by=wren, person=wren, text=wren.consent_events.get(text__purpose="archive").text, decision="declined"
    )
    assert without_tokens(as_priya.get(PAGE).content) == without_tokens(now.content)
    table = as_priya.post(TAKE, {"at": "", "purpose": ""}).content.decode("utf-8-sig")
    assert [line for line in table.splitlines() if line.startswith("Wren")] == ["Wren,,kept from you,,,"]


def test_the_table_is_registered_with_its_hash(as_sunita: Client, sunita: User, changed_mind: Person):
    """A line for each purpose; the register knows the bytes, the rows and who."""
    answer = as_sunita.post(TAKE, {"at": "2026-07-01T10:00", "purpose": "archive"})
    assert "attachment" in answer.headers["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Rowan,Keeping what I said for other researchers,No,2026-06-01T13:00")
    row = Export.objects.get()
    assert (row.what, row.rows, row.actor) == ("consents", 1, sunita.pk)
    assert row.sha256 == hashlib.sha256(answer.content).hexdigest()
    assert Entry.objects.filter(verb="export", object=str(row.pk)).count() == 1


def test_a_name_that_looks_like_a_formula_stays_a_name(as_sunita: Client, study: Study, consent_texts):
    """No spreadsheet runs it."""
    add_person(by=None, study=study, name="=HYPERLINK(1)")
    assert "'=HYPERLINK(1)" in as_sunita.post(TAKE, {"at": "", "purpose": ""}).content.decode()


def test_other_roles_find_nothing(as_hilary: Client, as_hannah: Client, rowan: Person):
    """Who codes doesn't look; a coordinator looks and takes nothing out."""
    assert as_hilary.get(PAGE).status_code == 404
    assert as_hannah.get(PAGE).status_code == 200
    assert as_hannah.post(TAKE, {"at": "", "purpose": ""}).status_code == 404
    assert not Export.objects.exists()


@pytest.mark.parametrize("many", [1, 40])
def test_people_do_not_cost_questions(
    many: int, as_sunita: Client, study: Study, rowan: Person, django_assert_max_num_queries
):
    """The page of any number of people is the same few queries."""
    for number in range(many):
        add_person(by=None, study=study, name=f"Person {number}")
    with django_assert_max_num_queries(10):
        as_sunita.get(PAGE)
