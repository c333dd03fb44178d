from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.queries import people
from alongside.training.forms.common import Clock, Making, Moment, chosen, long_text, offer
from alongside.training.models import (
    AdjustmentMet,
    Cohort,
    Session,
)
from alongside.training.queries import parts_of
from alongside.web.fields import DateInput


class SessionForm(Making):
    part = chosen(
        label=_("Which part of the course is it?"), required=False, empty_label=_("None of the outline")
    )
    title = forms.CharField(
        label=_("What is the session called?"),
        max_length=200,
        required=False,
        help_text=_("Left empty, it is called as the part of the course."),
    )
    on = forms.DateField(label=_("Day"), widget=DateInput())
    starts = forms.TimeField(label=_("From"), widget=Clock())
    ends = forms.TimeField(label=_("To"), widget=Clock())
    place = forms.CharField(
        label=_("Where?"),
        max_length=200,
        required=False,
        help_text=_("If it is not where the group meets."),
    )
    link = forms.URLField(label=_("Link, if it is online"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "part", parts_of(cohort.programme))


class ChangeSessionForm(Editing, SessionForm):
    thing: Session

    def as_it_is(self) -> dict[str, Any]:
        starts, ends = self.thing.local_start, self.thing.local_end
        return {
            "part": self.thing.part_id,
            "title": self.thing.title,
            "on": starts.date(),
            "starts": starts.time(),
            "ends": ends.time(),
            "place": self.thing.place,
            "link": self.thing.link,
        }


class FacilitatorForm(Making):
    person = chosen(label=_("Who?"), empty_label=_("Choose a person"))
    lived = forms.BooleanField(label=_("Brings lived experience to this session"), required=False)
    practice = forms.BooleanField(label=_("Brings practice experience to this session"), required=False)
    tells = forms.BooleanField(
        label=_("Tells of their own life in it"),
        help_text=_("Only if they said so. They can step back on any day, and nobody asks why."),
        required=False,
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", people(study))


class BookingForm(Editing, Making):
    preparation = forms.DateTimeField(label=_("Preparation"), widget=Moment(), required=False)
    debrief = forms.DateTimeField(label=_("Debrief afterwards"), widget=Moment(), required=False)
    supported_by = forms.CharField(
        label=_("Who is there for them?"),
        max_length=120,
        required=False,
        help_text=_("Someone of their own to talk to, such as a supervisor."),
    )


class MetForm(Making):
    """A button: arranged, or not arranged after all."""

    state = forms.ChoiceField(
        choices=[(AdjustmentMet.State.ARRANGED, ""), (AdjustmentMet.State.OPEN, "")],
        error_messages={"required": _("Say whether it is arranged.")},
    )


class InsteadForm(Making):
    note = forms.CharField(
        label=_("Why can’t it be met, and what will there be instead?"),
        help_text=_("Such as: “No room with daylight that day. A lamp of our own, and a seat by the door.”"),
        max_length=300,
        widget=long_text(3),
        error_messages={"required": _("Say why it can’t be met, and what there will be instead.")},
    )
