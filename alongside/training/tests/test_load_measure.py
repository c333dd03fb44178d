"""A college's own measure: loaded by whoever may use it, with what says so."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.models import Measure

GOOD = "item,0,1,2\nWe plan courses together.,Never,Sometimes,Always\nAnyone may come.,No,Yes,\n"


def asked(study: Study, client: Client, table: str = GOOD, **other: Any) -> Any:
    file = SimpleUploadedFile("measure.csv", table.encode())
    typed = {"name": "Our own", "items": file, "scoring": "none", "licence": "Ours, CC0", "attests": "on"}
    return client.post(reverse("training:load-measure", args=[study.slug]), {**typed, **other})


def test_a_measure_is_loaded_with_who_said_it_may_be(study: Study, as_hannah: Client):
    """Its items, what each answer means, and by what right."""
    assert asked(study, as_hannah).status_code == 302
    measure = Measure.objects.get()
    assert [(item.words, item.anchors) for item in measure.items.all()] == [
        ("We plan courses together.", ["Never", "Sometimes", "Always"]),
        ("Anyone may come.", ["No", "Yes"]),
    ]
    assert (measure.licence, measure.attested_by and measure.attested_by.name) == (
        "Ours, CC0",
        "Hannah Whitlock",
    )
    page = as_hannah.get(reverse("training:measures", args=[study.slug])).content.decode()
    assert "Hannah Whitlock said on" in page


def test_the_same_name_makes_the_next_version(study: Study, as_hannah: Client):
    """The first stays as it was."""
    asked(study, as_hannah)
    asked(study, as_hannah)
    assert list(Measure.objects.values_list("version", flat=True)) == [2, 1]


@pytest.mark.parametrize("missing", [{"attests": ""}, {"licence": ""}, {"licence": "   "}])
def test_without_a_right_to_use_it_nothing_is_loaded(
    missing: dict[str, str], study: Study, as_hannah: Client
):
    """Being easily found is no licence."""
    assert asked(study, as_hannah, **missing).status_code == 422
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "The first row was expected to say item, 0, 1, 2"),
        ("question,0,1\nA,B,C\n", "It says: question, 0, 1"),
        ("item,0,1\nWe plan.,Never\n", "Row 2"),
        ("item,0,1,2\nWe plan.,Never,,Always\n", "no gap between them"),
        ("item,0,1\n", "From 1 to 200 items"),
        ('item,0,1\n"We plan.,Never,Always\n', "not a CSV table"),
        ("item,0,1\n" + "x" * 1001 + ",No,Yes\n", "at most 1000 characters"),
        ("item,0,1\nWe plan.,No,Yes,Perhaps\n", "Row 2"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_by_its_row(
    table: str, sentence: str, study: Study, as_hannah: Client
):
    """In one sentence, and nothing of it is kept."""
    answer = asked(study, as_hannah, table or " ")
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Measure.objects.exists()


def test_what_is_no_text_is_refused(study: Study, as_hannah: Client):
    """A workbook, for one."""
    file = SimpleUploadedFile("measure.csv", b"PK\x03\x04\xff\xfe\x00")
    assert "not a CSV table" in asked(study, as_hannah, items=file).content.decode()
