from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.models import Standpoint
from alongside.training.forms.common import Making, chosen, offer
from alongside.training.forms.courses import offer_versions
from alongside.training.models import Cohort, Place
from alongside.training.queries import meeting_places, terms
from alongside.web.fields import DateInput

KINDS = {
    Standpoint.Kind.USES_SERVICES: _("Places kept for people who use services"),
    Standpoint.Kind.PRACTITIONER: _("Places kept for practitioners"),
    Standpoint.Kind.CARER: _("Places kept for carers, family or friends"),
}


class GroupForm(Making):
    """What a group is asked for, whether it opens or changes."""

    name = forms.CharField(
        label=_("What is the group called?"), max_length=120, help_text=_("Such as “Group 5, autumn 2026”.")
    )
    term = chosen(label=_("Term"), empty_label=_("In no term"), required=False)
    place = chosen(label=_("Where does it meet?"), empty_label=_("Nowhere yet"), required=False)
    new_place = forms.CharField(
        label=_("Or somewhere new"),
        max_length=200,
        required=False,
        help_text=_("Its name. How to get there, and what it is like inside, can be told afterwards."),
    )
    capacity = forms.IntegerField(label=_("How many places are there?"), min_value=1, initial=14)
    kept_uses_services = forms.IntegerField(
        label=KINDS[Standpoint.Kind.USES_SERVICES], min_value=0, required=False
    )
    kept_practitioner = forms.IntegerField(
        label=KINDS[Standpoint.Kind.PRACTITIONER], min_value=0, required=False
    )
    kept_carer = forms.IntegerField(label=KINDS[Standpoint.Kind.CARER], min_value=0, required=False)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "term", terms(study))
        offer(self, "place", meeting_places(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kept = {kind: typed.pop(f"kept_{kind}", None) or 0 for kind in KINDS}
        new_place: str = typed.pop("new_place", "")
        place: Place | None = typed.get("place")
        if new_place and place is not None:
            told = _("Choose a place, or name a new one: not both.")
            self.add_error("new_place", ValidationError(told))
        return {**typed, "place": new_place or place, "quotas": kept}


class CohortForm(GroupForm):
    programme = chosen(label=_("Course"), empty_label=None)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name) for name in sorted(available_timezones())],
        initial=settings.TIME_ZONE,
    )

    field_order = ("programme", "name", "term", "place", "new_place", "time_zone", "capacity")

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, study=study, **kwargs)
        offer_versions(self, "programme", study)


class ChangeCohortForm(Editing, GroupForm):
    """The group's settings. Its course is not among them: a group keeps the version it opened on."""

    thing: Cohort

    listed = forms.BooleanField(label=_("Show it in the prospectus"), required=False)
    apply_until = forms.DateField(label=_("Last day to ask for a place"), widget=DateInput(), required=False)
    sessions_to_complete = forms.IntegerField(
        label=_("How many sessions does it take to complete the course?"),
        min_value=1,
        required=False,
        help_text=_("Left empty, nobody is counted as having completed it unless you say so."),
    )
    stories_at_most = forms.IntegerField(
        label=_("How often may one trainer tell of their own life in this group?"), min_value=0
    )

    def as_it_is(self) -> dict[str, Any]:
        kept = dict(self.thing.quotas.values_list("standpoint", "places"))
        return {
            "name": self.thing.name,
            "term": self.thing.term_id,
            "place": self.thing.place_id,
            "new_place": "",
            "capacity": self.thing.capacity,
            **{f"kept_{kind}": kept.get(kind) for kind in KINDS},
            "listed": self.thing.listed,
            "apply_until": self.thing.apply_until,
            "sessions_to_complete": self.thing.sessions_to_complete,
            "stories_at_most": self.thing.stories_at_most,
        }
