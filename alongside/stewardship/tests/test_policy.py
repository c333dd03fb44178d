"""Every row that leads to a person declares what stopping and erasure do to it, and stopping does that."""

import pytest
from django.db.models import Model

from alongside.analysis.models import Memo
from alongside.people.models import Person
from alongside.people.policy import Policy
from alongside.stewardship.policies import leading_to_a_person
from alongside.stewardship.withdrawal import stop
from tests.support.world import World

DEEDS = {"erase", "anonymise", "keep"}


@pytest.mark.parametrize(
    "model", sorted(leading_to_a_person(), key=lambda m: m._meta.label), ids=lambda m: m._meta.label
)
def test_it_declares_what_stopping_does(model: type[Model]):
    """`on_stopping` is erase, anonymise or keep, and keeping has its reason."""
    policy = getattr(model, "on_stopping", None)
    assert isinstance(policy, Policy), f"{model._meta.label} leads to a person and has no `on_stopping`."
    assert policy.deed in DEEDS
    assert policy.deed != "keep" or policy.reason, f"{model._meta.label} is kept without a reason."


@pytest.mark.parametrize(
    "model", sorted(leading_to_a_person(), key=lambda m: m._meta.label), ids=lambda m: m._meta.label
)
def test_what_stopping_keeps_says_what_erasing_does(model: type[Model]):
    """Erasing everything goes further than stopping: what a stop keeps declares `on_erasure`, and what an
    erasure keeps, too, has a reason that the person reads."""
    stopping, erasure = getattr(model, "on_stopping", None), getattr(model, "on_erasure", None)
    assert isinstance(stopping, Policy)
    if stopping.deed == "keep":
        assert isinstance(erasure, Policy), f"{model._meta.label} outlives a stop and has no `on_erasure`."
    if erasure is not None:
        assert erasure.deed in DEEDS
        assert erasure.deed != "keep" or erasure.reason, f"{model._meta.label} is kept without a reason."


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
    # A page of somebody's own journal, about nothing that was said.
    left["analysis.Memo"] -= Memo.objects.filter(words="On my own chair").count()
    assert {label: count for label, count in left.items() if count} == {}
