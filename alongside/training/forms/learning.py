from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.people.models import Person
from alongside.training.forms.common import Making, chosen, long_text, offer
from alongside.training.models import NextStep, PlanEntry, Reflection
from alongside.training.queries import Finisher, circles_of


class PlanEntryForm(Making):
    kind = forms.ChoiceField(label=_("What is it?"), choices=PlanEntry.Kind.choices)
    words = forms.CharField(label=_("In my words"), max_length=500, widget=long_text(3))


class ChangePlanEntryForm(Editing, PlanEntryForm):
    thing: PlanEntry


class ReflectionForm(Making):
    words = forms.CharField(label=_("What stays with me"), widget=long_text(8))


class ChangeReflectionForm(Editing, ReflectionForm):
    thing: Reflection


class DoneForm(Making):
    """A button: done, or not done after all."""

    done = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Say whether it is done.")},
    )


class CertificateForm(Making):
    name = forms.CharField(
        label=_("The name to print"),
        max_length=120,
        help_text=_("Any name you like. It is printed, and not kept."),
        error_messages={"required": _("Say what name is printed on it.")},
    )


class NextStepForm(Making):
    kind = forms.ChoiceField(label=_("What comes next for me?"), choices=NextStep.Kind.choices)
    words = forms.CharField(
        label=_("In my words"),
        max_length=300,
        required=False,
        help_text=_("Only you can read your words. The kind of step is counted, without your name."),
    )
    cohort = chosen(label=_("After which group?"), required=False, empty_label=_("None in particular"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cohort", circles_of(person))


class CompletionForm(Making):
    """Who has completed the course: those who came often enough are ticked already."""

    def __init__(self, *args: Any, finishers: list[Finisher], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = [each for each in finishers if each.completion is None]
        self.known = {str(each.person.pk): each.person for each in open_ones}
        self.fields["people"] = forms.MultipleChoiceField(
            label=_("Who has completed the course?"),
            choices=[(pk, person.name) for pk, person in self.known.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=[str(each.person.pk) for each in open_ones if each.suggested],
            error_messages={"required": _("Choose at least one person.")},
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {**typed, "people": [self.known[pk] for pk in typed.get("people", [])]}
