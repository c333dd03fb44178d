"""Every row that leads to a person declares what stopping and erasure do to it, and stopping does that."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

from alongside.interviews.models import Revision, Transcript
from alongside.people.models import Participant, Person
from alongside.people.policy import Policy
from alongside.stewardship.withdrawal import stop
from tests.support.world import World

ROOMS = (
    "accounts", "people", "training", "followup", "interviews", "analysis", "reporting", "exchange",
    "stewardship",
)  # fmt: skip
ROOTS: tuple[type[Model], ...] = (Person, Participant, Transcript, Revision)

DEEDS = {"erase", "anonymise", "keep"}


def models() -> Iterator[type[Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models(include_auto_created=True)


def parents(model: type[Model]) -> list[type[Model]]:
    """The models that a row of `model` points at."""
    return [f.related_model for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]


def leading_to_a_person() -> set[type[Model]]:
    """Models with a chain of foreign keys to a person, a participant or what was said."""
    found = set(ROOTS)
    while more := {m for m in models() if m not in found and found.intersection(parents(m))}:
        found |= more
    return found


@pytest.mark.parametrize(
    "model", sorted(leading_to_a_person(), key=lambda m: m._meta.label), ids=lambda m: m._meta.label
)
def test_it_declares_what_stopping_does(model: type[Model]):
    """`on_stopping` is erase, anonymise or keep, and keeping has its reason."""
    policy = getattr(model, "on_stopping", None)
    assert isinstance(policy, Policy), f"{model._meta.label} leads to a person and has no `on_stopping`."
    assert policy.deed in DEEDS
    assert policy.deed != "keep" or policy.reason, f"{model._meta.label} is kept without a reason."


def test_the_walk_finds_what_only_a_text_leads_to():
    """Codings, quotes and turns know no participant, and are found through the text they are spans of."""
    labels = {model._meta.label for model in leading_to_a_person()}
    assert {
        "analysis.Coding",
        "reporting.Quote",
        "interviews.Turn",
        "followup.Answer",
        "people.Pair",
    } <= labels
    assert "analysis.Theme" not in labels


def test_what_is_declared_to_be_erased_is_gone(rowan: Person, world: World):
    """Once Rowan has stopped everything under texts that promise to erase, no such row is left in a room
    of research; the study's own rows and the training stay."""
    stop(by=rowan, person=rowan)
    left = {
        model._meta.label: model._default_manager.count()
        for model in leading_to_a_person()
        if model._meta.app_label != "training" and model.on_stopping.deed == "erase"  # type: ignore[attr-defined]
    }
    # The other half's own standing consents are theirs; a quote's row keeps the gap, without words.
    left.pop("people.StandingConsent")
    left.pop("reporting.Quote")
    assert {label: count for label, count in left.items() if count} == {}
