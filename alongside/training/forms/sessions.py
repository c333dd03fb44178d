from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.people.queries import people
from alongside.training.forms.common import Clock, Making, Moment, chosen, long_text, offer
from alongside.training.models import (
    AdjustmentMet,
    AttendanceMark,
    DisclosurePlan,
    Facilitation,
    Session,
)
from alongside.training.queries import (
    flagged,
    latest_marks,
    learners,
)
from alongside.training.typed import Mark
from alongside.web.fields import DateInput


class SessionForm(Making):
    title = forms.CharField(label=_("What is the session called?"), max_length=200)
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


class ChangeSessionForm(Editing, SessionForm):
    thing: Session

    def as_it_is(self) -> dict[str, Any]:
        starts, ends = self.thing.local_start, self.thing.local_end
        return {
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


class DisclosureForm(Editing, Making):
    thing: Facilitation

    purpose = forms.CharField(label=_("What would it be for?"), widget=long_text(2), required=False)
    share = forms.CharField(label=_("What I might share"), widget=long_text(), required=False)
    keep_back = forms.CharField(label=_("What I keep back"), widget=long_text(), required=False)
    exit_line = forms.CharField(label=_("A sentence to stop with"), max_length=300, required=False)
    aftercare = forms.CharField(label=_("What I do afterwards"), widget=long_text(2), required=False)

    all_optional = True

    def audited(self) -> DisclosurePlan | None:
        return getattr(self.thing, "disclosure_plan", None)

    def as_it_is(self) -> dict[str, Any]:
        plan = self.audited() or DisclosurePlan()
        return {name: getattr(plan, name) for name in self.base_fields}


class Line(NamedTuple):
    """One person on the attendance form."""

    person: Person
    status: forms.BoundField
    said_coming: bool
    is_flagged: bool


class AttendanceForm(Making):
    """One choice a person. Each line carries an id of its own, so that sending it twice adds nothing."""

    CHOICES = [(s.value, s.label) for s in AttendanceMark.Status if s != AttendanceMark.Status.COMING]

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(learners(session.cohort))
        self.latest = latest_marks(session)
        self.flagged = flagged(session.cohort)
        for person in self.people:
            mark = self.latest.get(person.pk)
            now = mark.status if mark else ""
            self.fields[f"status-{person.pk}"] = forms.ChoiceField(
                label=person.name, choices=self.CHOICES, widget=forms.RadioSelect, required=False, initial=now
            )
            self.fields[f"mark-{person.pk}"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4())
            self.fields[f"was-{person.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=now
            )

    def lines(self) -> list[Line]:
        coming = AttendanceMark.Status.COMING
        return [
            Line(
                person,
                self[f"status-{person.pk}"],
                person.pk in self.latest and self.latest[person.pk].status == coming,
                person.pk in self.flagged,
            )
            for person in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Marks for those lines that say something other than they did when the page was opened."""
        typed = super().clean() or {}
        marks = [
            Mark(typed[f"mark-{person.pk}"], person, typed[f"status-{person.pk}"])
            for person in self.people
            if self._is_new(typed, person.pk)
        ]
        return {"marks": marks}

    @staticmethod
    def _is_new(typed: dict[str, Any], pk: UUID) -> bool:
        said = typed.get(f"status-{pk}")
        return bool(said and f"mark-{pk}" in typed and said != typed.get(f"was-{pk}"))


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
