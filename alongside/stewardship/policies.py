"""Which models lead to a person, and what those that stay after an erasure are kept for."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import ForeignKey, Model

from alongside.interviews.models import Revision, Transcript
from alongside.people.models import Participant, Person
from alongside.people.policy import on_erasure

ROOMS = (
    "accounts",
    "people",
    "training",
    "followup",
    "interviews",
    "analysis",
    "reporting",
    "exchange",
    "stewardship",
)
# Some rows know nobody, and are found through what was said: a person, a participant, or a text.
ROOTS: tuple[type[Model], ...] = (Person, Participant, Transcript, Revision)


def leading_to_a_person() -> set[type[Model]]:
    """Models with a chain of foreign keys to a person, a participant or what was said."""
    found = set(ROOTS)
    while more := {m for m in _models() if m not in found and found.intersection(_parents(m))}:
        found |= more
    return found


def people_fields(model: type[Model]) -> list[str]:
    """The foreign keys by which a row of `model` knows a person itself."""
    fields = (f for f in model._meta.concrete_fields if isinstance(f, ForeignKey))
    return [field.name for field in fields if field.related_model is Person]


def erased_with_a_person() -> list[type[Model]]:
    """Models that know a person directly and whose rows go when everything about the person is erased."""
    found = (m for m in leading_to_a_person() if people_fields(m) and _deed(m) == "erase")
    return sorted(found, key=lambda model: model._meta.label)


def what_stays() -> list[str]:
    """What an erasure leaves and why, each reason once, in words for the person."""
    policies = (on_erasure(model) for model in sorted(leading_to_a_person(), key=lambda m: m._meta.label))
    kept = [str(policy.reason) for policy in policies if policy is not None and policy.deed == "keep"]
    return list(dict.fromkeys(kept))


def _deed(model: type[Model]) -> str:
    policy = on_erasure(model)
    return policy.deed if policy else ""


def _models() -> Iterator[type[Model]]:
    for room in ROOMS:
        yield from apps.get_app_config(room).get_models(include_auto_created=True)


def _parents(model: type[Model]) -> list[type[Model]]:
    """The models that a row of `model` points at."""
    return [f.related_model for f in model._meta.concrete_fields if isinstance(f, ForeignKey)]
