from datetime import date

import pytest
from django.test import Client

from alongside.people.models import Person, Standpoint


def address(person: Person) -> str:
    return f"/s/six-months-on/people/{person.pk}/standpoint/"


def test_a_description_is_added_and_earlier_ones_stay(as_hannah: Client, rowan: Person):
    """Descriptions are dated and never overwritten."""
    sent = {"kind": "peer_trainer", "words": "", "since": "2026-10-01"}
    assert as_hannah.post(address(rowan), sent).status_code == 302
    assert list(rowan.standpoints.order_by("since").values_list("kind", "since")) == [
        ("uses_services", date(2026, 4, 1)),
        ("peer_trainer", date(2026, 10, 1)),
    ]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "own_words", "words": "", "since": "2026-10-01"}, "Write down the person’s own words."),
        ({"kind": "uses_services", "words": "", "since": "2026-10-01"}, "described so already"),
        ({"kind": "carer", "words": "", "since": "soon"}, "Enter a valid date."),
    ],
)
def test_a_refusal_is_one_sentence(sent: dict, sentence: str, as_hannah: Client, rowan: Person):
    """What the database would refuse is refused in words, and nothing is stored."""
    answer = as_hannah.post(address(rowan), sent)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Standpoint.objects.count() == 1


def test_who_may_not_keep_people_finds_nothing(as_sunita: Client, rowan: Person):
    """A data steward sees people and doesn't describe them."""
    assert as_sunita.post(address(rowan), {"kind": "carer", "since": "2026-10-01"}).status_code == 404
