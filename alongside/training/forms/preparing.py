from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.people.models import Person
from alongside.training.forms.common import Making, chosen, long_text, offer
from alongside.training.models import Cohort, Enrolment, Preparation, PreparationDate
from alongside.training.queries import preparation_of, readable_in
from alongside.web.fields import DateInput


class PreparationForm(Editing, Making):
    """What whoever leads the group notes. Hopes and fears are not theirs to write."""

    thing: Cohort

    conversation = forms.DateField(label=_("First conversation held on"), widget=DateInput(), required=False)
    conversation_with = forms.CharField(label=_("With whom?"), max_length=120, required=False)
    narrative_read = forms.DateField(
        label=_("Read a story beforehand on"), widget=DateInput(), required=False
    )
    protected_time = forms.CharField(
        label=_("Protected time"), max_length=200, required=False, help_text=_("Agreed with whom, and when.")
    )
    supervision = forms.CharField(
        label=_("Reflective supervision"), max_length=200, required=False, help_text=_("With whom?")
    )

    all_optional = True

    def __init__(self, *args: Any, learner: Person, **kwargs: Any) -> None:
        self.learner = learner
        super().__init__(*args, **kwargs)

    def audited(self) -> Preparation | None:
        return preparation_of(self.learner, self.thing)

    def as_it_is(self) -> dict[str, Any]:
        known = self.audited() or Preparation()
        return {name: getattr(known, name) for name in self.base_fields}


class PreparationDateForm(Making):
    kind = forms.ChoiceField(label=_("What for?"), choices=PreparationDate.Kind.choices)
    on = forms.DateField(label=_("When?"), widget=DateInput())


class HeldForm(Making):
    """A button: it was held, or it was not."""

    held = forms.TypedChoiceField(
        choices=[("yes", ""), ("no", "")],
        coerce=lambda said: said == "yes",
        error_messages={"required": _("Say whether it was held.")},
    )


class HopesForm(Editing, Making):
    """A learner's own words about what is to come, on their own page."""

    thing: Enrolment

    hopes_and_fears = forms.CharField(
        label=_("What I hope for, and what worries me"), widget=long_text(5), required=False
    )
    hopes_shown = forms.BooleanField(
        label=_("Those who run my group may read this"),
        required=False,
        help_text=_("Anyone you work with can’t read it. You can change this on any day."),
    )
    narrative = chosen(
        label=_("The story I read beforehand"), required=False, empty_label=_("None, or I’d rather not say")
    )

    all_optional = True

    def __init__(self, *args: Any, thing: Enrolment, **kwargs: Any) -> None:
        super().__init__(*args, thing=thing, **kwargs)
        offer(self, "narrative", readable_in(thing.cohort))

    def audited(self) -> Preparation | None:
        return preparation_of(self.thing.person, self.thing.cohort)

    def as_it_is(self) -> dict[str, Any]:
        known = self.audited() or Preparation()
        held = {name: getattr(known, name) for name in ("hopes_and_fears", "hopes_shown")}
        return {**held, "narrative": known.narrative_id}
