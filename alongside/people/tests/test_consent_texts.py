from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from alongside.accounts.models import Study, User
from alongside.people.actions import publish_consent_text, record_consent
from alongside.people.models import ConsentEvent, ConsentText, Person
from alongside.people.queries import altered_texts, current_text
from alongside.people.tests.test_person import without_tokens

PAGE = "/s/six-months-on/people/consent-texts/"


def without_guards() -> None:
    """As someone would have to who changes words behind the software's back."""
    with connection.cursor() as cursor:
        on = " ON people_consenttext" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER people_consenttext_stands{on}")


@pytest.mark.parametrize("change", [{"wording": "Else."}, {"on_stop": "keep"}, {"sha256": "0" * 64}])
def test_the_database_refuses_to_change_a_text(consent_texts: dict[str, ConsentText], change: dict[str, str]):
    """Also where nothing of ours asks: by a query that goes past the model."""
    text = consent_texts["interview"]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(TypeError, match="publish a new version"):
        text.save()
    assert ConsentText.objects.get(pk=text.pk).wording == text.wording


def test_the_database_refuses_to_change_a_decision(rowan: Person):
    """A yes stays a yes of its day; a no is the next decision."""
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ConsentEvent.objects.filter(person=rowan).update(decision="declined")
    assert set(rowan.consent_events.values_list("decision", flat=True)) == {"granted"}


@pytest.mark.parametrize(
    "change",
    [
        {"wording": "I agree to all of it."},
        {"on_stop": "keep"},
        {"wording": "Else.", "sha256": ConsentText.hash_of("Else.")},
    ],
    ids=["words", "promise", "words-and-hash"],
)
def test_verify_names_a_text_that_was_altered(consent_texts: dict[str, ConsentText], change: dict[str, str]):
    """Against its hash; and against the audit, for whoever thought of exchanging both."""
    out = StringIO()
    call_command("audit", "verify", stdout=out)
    assert "All 10 consent texts are the words that were published." in out.getvalue()
    assert not list(altered_texts())
    without_guards()
    text = consent_texts["interview"]
    ConsentText.objects.filter(pk=text.pk).update(**change)
    with pytest.raises(
        CommandError, match=r"“An interview”, version 1 \(British English\), of “Six months on”"
    ):
        call_command("audit", "verify")


def test_words_stand_in_each_language(as_hannah: Client, study: Study, consent_texts: dict[str, ConsentText]):
    """Welsh words begin with version 1, carry their language, and replace no English ones."""
    new = {"purpose": "interview", "language": "cy", "wording": "Hoffem siarad.", "on_stop": "erase"}
    assert as_hannah.post(PAGE + "publish/", new).status_code == 302
    assert current_text(study, "interview", "cy").wording == "Hoffem siarad."
    assert current_text(study, "interview").wording == "I agree: An interview."
    page = as_hannah.get(PAGE).content.decode()
    assert '<div lang="cy"><p>Hoffem siarad.</p></div>' in page
    assert "Cymraeg" in page
    assert ConsentText.hash_of("Hoffem siarad.") in page
    form = as_hannah.get(PAGE + "publish/", {"purpose": "interview", "language": "cy"}).content.decode()
    assert "Hoffem siarad." in form


def test_an_unknown_language_is_refused(as_hannah: Client, study: Study):
    """One that browsers and screen readers have no name for."""
    new = {"purpose": "interview", "language": "xx", "wording": "Words.", "on_stop": "erase"}
    assert as_hannah.post(PAGE + "publish/", new).status_code == 422
    assert not ConsentText.objects.exists()


def test_each_version_says_how_many_decided_in_it(
    as_sunita: Client, hannah: User, study: Study, rowan: Person, alison: Person
):
    """Rowan decided twice in the same words and is one person."""
    record_consent(by=None, person=rowan, text=current_text(study, "archive"), decision="declined")
    page = as_sunita.get(PAGE).content.decode()
    assert page.count("2 people decided in these words.") == 10
    publish_consent_text(by=hannah, study=study, purpose="archive", wording="New.", on_stop="erase")
    assert "0 people decided in these words." in as_sunita.get(PAGE).content.decode()


def test_whom_one_works_with_is_in_no_number(as_priya: Client, rowan: Person, wren: Person, consent_texts):
    """The page is the same before and after Wren decides in words in which nobody did yet."""
    newer = publish_consent_text(
        by=None, study=wren.study, purpose="archive", wording="New words.", on_stop="erase"
    )
    before = as_priya.get(PAGE)
    record_consent(by=wren, person=wren, text=newer, decision="granted")
    assert without_tokens(as_priya.get(PAGE).content) == without_tokens(before.content)
    record_consent(by=rowan, person=rowan, text=newer, decision="granted")
    assert without_tokens(as_priya.get(PAGE).content) != without_tokens(before.content)


@pytest.mark.parametrize("many", [1, 6])
def test_the_page_asks_a_fixed_number_of_questions(
    many: int, as_sunita: Client, hannah: User, study: Study, rowan: Person, django_assert_max_num_queries
):
    """However many versions there are."""
    for number in range(many):
        publish_consent_text(
            by=hannah, study=study, purpose="archive", wording=f"Words {number}.", on_stop="erase"
        )
    with django_assert_max_num_queries(6):
        as_sunita.get(PAGE)
