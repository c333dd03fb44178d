"""Asking for a place: on the public page, by the link in one's letter, and on one's own page."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person, Standpoint, WorkingRelationship
from alongside.people.queries import folded_phone, own_relationship_for
from alongside.training.forms.common import Making, long_text
from alongside.training.models import Application, Cohort, Question
from alongside.training.queries import companions, questions
from alongside.training.typed import Asker

ALONE, PAIR = "alone", "pair"
KINDS = [(kind.value, kind.label) for kind in Standpoint.Kind if kind != Standpoint.Kind.OWN_WORDS]


def _name(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=120, required=False)


class Answering(Making):
    """Questions of a group beside others, each under its own key."""

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"question_{each.pk}": each for each in questions(cohort)}
        for key, each in self.asked.items():
            self.fields[key] = self._field(each)

    def _field(self, question: Question) -> forms.Field:
        if question.kind == Question.Kind.WORDS:
            return forms.CharField(label=question.words, max_length=500, required=False, widget=long_text(2))
        choices = [("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(
            label=question.words, choices=choices, widget=forms.RadioSelect, required=False
        )

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[key] for key in self.asked]

    def replies(self, typed: dict[str, Any]) -> dict[int, str]:
        return {each.pk: typed.pop(key, "") or "" for key, each in self.asked.items()}


class AskerForm(Answering):
    """What somebody says of themselves. Only a name, and a way to answer them, have to be there."""

    name = forms.CharField(
        label=_("What should we call you?"),
        max_length=120,
        help_text=_("Any name you like. It goes on the register."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=300,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    rather = forms.ChoiceField(
        label=_("How would you rather be reached?"),
        choices=Application.Rather.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    needs = forms.CharField(
        label=_("What would make it easier for you to come?"),
        max_length=300,
        help_text=_(
            "Light, sound, seats, breaks, large print, someone with you. Whoever runs the sessions knows of "
            "it, so that it is ready."
        ),
        widget=long_text(3),
        required=False,
    )
    standpoints = forms.MultipleChoiceField(
        label=_("How would you describe yourself?"),
        choices=KINDS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Choose as many as you like, or none. We ask so that people who use services and people who "
            "work in them learn together. It changes nothing about your rights, and nobody in the group is "
            "told."
        ),
    )
    own_words = _name(_("Or in your own words"))

    def clean_phone(self) -> str:
        return _number(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        reached = typed.get("email") or typed.get("phone")
        if not reached and not {"email", "phone"}.intersection(self.errors):
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can answer you."))
        rather = typed.get("rather")
        if rather and rather not in self.errors and not typed.get(rather):
            self.add_error(rather, _("You would rather be reached this way. Write it here, please."))
        return {"asker": self._asker(typed), "replies": self.replies(typed)} if not self.errors else {}

    def _asker(self, typed: dict[str, Any]) -> Asker:
        names = ("name", "email", "phone", "rather", "needs", "standpoints", "own_words")
        return Asker(**{name: typed[name] for name in names})


class ApplyForm(AskerForm):
    """Asking on the public page. `website` stays empty: only a machine fills in what nobody sees."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    website = forms.CharField(required=False, max_length=300)
    who = forms.ChoiceField(
        label=_("For whom do you ask?"),
        choices=[(ALONE, _("For myself")), (PAIR, _("For myself and someone I work with"))],
        widget=forms.RadioSelect,
        initial=ALONE,
    )
    half_name = _name(_("What are they called?"))
    half_email = forms.EmailField(label=_("Their e-mail address"), max_length=300, required=False)
    half_phone = forms.CharField(label=_("Or their phone number"), max_length=60, required=False)

    def clean_half_phone(self) -> str:
        return _number(self.cleaned_data["half_phone"])

    def clean(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        if typed.get("who") == PAIR:
            self._look_at_half(typed)
        given = super().clean()
        if not given:
            return {}
        half = Asker(name=typed["half_name"], email=typed["half_email"], phone=typed["half_phone"])
        return {**given, "id": typed["id"], "half": half if typed["who"] == PAIR else None}

    def _look_at_half(self, typed: dict[str, Any]) -> None:
        if not typed.get("half_name"):
            self.add_error("half_name", _("Write the name of the person you want to come with."))
        reached = typed.get("half_email") or typed.get("half_phone")
        if not reached and not {"half_email", "half_phone"}.intersection(self.errors):
            self.add_error("half_email", _("Write how we reach them, by e-mail or by phone."))

    @property
    def is_bait(self) -> bool:
        return bool(str(self.data.get("website", "")).strip())

    @property
    def key(self) -> str:
        """What tells one sender from another, for counting how much they send."""
        given = str(self.data.get("email", "")) or str(self.data.get("phone", ""))
        return given.strip().casefold()


class OwnAskForm(Answering):
    """Asking on one's own page: who they are is known, so only the group's questions are left."""

    needs = forms.CharField(
        label=_("What would make it easier for you to come?"),
        max_length=300,
        required=False,
        help_text=_(
            "Only what you have not told us yet. Whoever runs the sessions knows of it, so that it is ready."
        ),
        widget=long_text(3),
    )

    def __init__(self, *args: Any, cohort: Cohort, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, cohort=cohort, **kwargs)
        self.person = person
        others = companions(person)
        if others:
            self.fields["together"] = forms.ChoiceField(
                label=_("Who comes?"),
                choices=[
                    ("", _("Only me")),
                    *((pk, _("%(name)s and me") % {"name": name}) for pk, name in others),
                ],
                widget=forms.RadioSelect,
                required=False,
                help_text=_(
                    "We ask the other person on their own page. You both come, or you are told that two "
                    "places could not be made."
                ),
            )

    def clean_together(self) -> WorkingRelationship | None:
        chosen = self.cleaned_data["together"]
        return own_relationship_for(self.person, UUID(chosen)) if chosen else None

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        replies = self.replies(typed)
        return {**typed, "replies": replies}


def _number(value: str) -> str:
    value = value.strip()
    if value and not folded_phone(value):
        raise forms.ValidationError(
            _("“%(number)s” is too short for a phone number. Write all of it."), params={"number": value}
        )
    return value
