"""What a coordinator is asked about places, the waiting list and who asks for one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.people.models import Person
from alongside.people.queries import people, working_with
from alongside.training.forms.common import Making, chosen, offer
from alongside.training.models import Cohort, Question, Why
from alongside.training.queries import Likely, cohorts, invitable

NEW, ANOTHER = "new", "another"


class OfferPlaceForm(Making):
    person = chosen(label=_("Who?"), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, cohort: Cohort, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", invitable(cohort, user))


class WhyForm(Making):
    why = forms.ChoiceField(
        label=_("Why is there no place?"),
        choices=Why.choices,
        widget=forms.RadioSelect,
        help_text=_("Only the team reads this. Whoever asked is told that there is no place this time."),
    )


class MoveForm(Making):
    to = chosen(label=_("To which group?"), empty_label=_("Choose a group"))

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", cohorts(cohort.study).exclude(pk=cohort.pk))


class TakeUpForm(Making):
    """Who it is that asked: nobody is taken for somebody else unless a person says so."""

    who = forms.ChoiceField(label=_("Who is it?"), widget=forms.RadioSelect)
    another = chosen(label=_("Somebody else on record"), empty_label=_("Choose a person"), required=False)

    def __init__(self, *args: Any, study: Study, user: User, alike: list[Likely], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(each.person.pk), self._called(each)) for each in alike]
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [
            (NEW, _("Somebody new")),
            *known,
            (ANOTHER, _("Somebody else on record, whom I choose below")),
        ]
        # Where somebody may be meant there is nothing chosen beforehand.
        who.initial = None if known else NEW
        offer(self, "another", people(study).exclude(pk__in=working_with(user, study)))
        self.persons: dict[str, Person] = {str(each.person.pk): each.person for each in alike}

    def _called(self, likely: Likely) -> str:
        return _("%(name)s, on record (%(why)s)") % {
            "name": likely.person.name,
            "why": ", ".join(likely.because),
        }

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        who, another = typed.get("who", ""), typed.get("another")
        if who == ANOTHER and another is None and "another" not in self.errors:
            raise ValidationError({"another": _("Choose the person it is.")})
        return {"person": another if who == ANOTHER else self.persons.get(who)}


class QuestionForm(Making):
    words = forms.CharField(
        label=_("What do you ask?"),
        max_length=300,
        help_text=_("In plain words, such as “Can you come on Thursday mornings?”."),
    )
    kind = forms.ChoiceField(
        label=_("How is it answered?"),
        choices=Question.Kind.choices,
        initial=Question.Kind.YES_NO,
        widget=forms.RadioSelect,
    )
    needed = forms.ChoiceField(
        label=_("Which answer is needed?"),
        choices=Question.Needed.choices,
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Another answer shuts nobody out. It is marked for you to look at."),
    )


class RulesForm(Editing, Making):
    thing: Cohort

    offers_for_days = forms.IntegerField(
        label=_("For how many days is an offer kept?"), min_value=1, max_value=90
    )
    offers_follow = forms.BooleanField(
        label=_("Offer what comes free to the next on the waiting list"),
        help_text=_("Without it, somebody here offers it."),
        required=False,
    )
