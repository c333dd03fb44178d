from collections.abc import Callable
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID, uuid4
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.people.models import Person, Standpoint
from alongside.people.queries import people
from alongside.training.models import (
    AdjustmentMet,
    AttendanceMark,
    Cohort,
    DisclosurePlan,
    Facilitation,
    LearningAgreement,
    Preparation,
    Session,
)
from alongside.training.queries import (
    current_agreement,
    flagged,
    invitable,
    invitable_pairs,
    latest_marks,
    learners,
    preparation_of,
    programmes,
)
from alongside.training.typed import Mark
from alongside.web.fields import DateInput
from alongside.web.forms import Asking


class Making(Asking):
    """Questions whose answers make something, which is kept in `made`."""

    made: Any = None

    def do(self, action: Callable[..., object], **given: Any) -> bool:
        def keep(**typed: Any) -> None:
            self.made = action(**typed)

        return super().do(keep, **given)


class Pressed(Making):
    """A button: nothing is typed, and what it does may be refused."""


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def chosen(**options: Any) -> "forms.ModelChoiceField[Any]":
    """A choice among rows, which each form offers when it knows who asks."""
    return forms.ModelChoiceField(queryset=Person.objects.none(), **options)


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def long_text(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ProgrammeForm(Making):
    title = forms.CharField(
        label=_("What is the course called?"),
        max_length=200,
        help_text=_("A title that is there already makes its next version."),
    )
    aims = forms.CharField(label=_("What is it for?"), widget=long_text(), required=False)


class CohortForm(Making):
    programme = chosen(label=_("Course"), empty_label=None)
    name = forms.CharField(
        label=_("What is the group called?"), max_length=120, help_text=_("Such as “Group 5, autumn 2026”.")
    )
    place = forms.CharField(label=_("Where does it meet?"), max_length=200, required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(name, name) for name in sorted(available_timezones())],
        initial=settings.TIME_ZONE,
    )
    capacity = forms.IntegerField(label=_("How many places are there?"), min_value=1, initial=14)
    kept_uses_services = forms.IntegerField(
        label=_("Places kept for people who use services"), min_value=0, required=False
    )
    kept_practitioner = forms.IntegerField(
        label=_("Places kept for practitioners"), min_value=0, required=False
    )
    kept_carer = forms.IntegerField(
        label=_("Places kept for carers, family or friends"), min_value=0, required=False
    )

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "programme", programmes(study))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        kinds = (Standpoint.Kind.USES_SERVICES, Standpoint.Kind.PRACTITIONER, Standpoint.Kind.CARER)
        kept = {kind: typed.pop(f"kept_{kind}", None) or 0 for kind in kinds}
        return {**typed, "quotas": kept}


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


class EnrolForm(Making):
    person = chosen(label=_("Who?"), empty_label=_("Choose a person"))
    or_wait = forms.BooleanField(
        label=_("If there is no free place, put them on the waiting list"), required=False, initial=True
    )

    def __init__(self, *args: Any, cohort: Cohort, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", invitable(cohort, user))


class OfferForm(Making):
    relationship = chosen(label=_("Which two people?"), empty_label=_("Choose a pair"))
    expires = forms.DateField(label=_("The offer is open until"), widget=DateInput())

    def __init__(self, *args: Any, cohort: Cohort, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        offer(self, "relationship", invitable_pairs(cohort, user))

    def clean_expires(self) -> datetime:
        """The end of that day, where the group meets."""
        return datetime.combine(self.cleaned_data["expires"], time.max, tzinfo=self.cohort.zone)


class AnswerForm(Making):
    accepts = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
    )


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


class AgreementForm(Editing, Making):
    """The next version, from the one in force; a version that came in between is not written over."""

    thing: Cohort

    clauses = forms.CharField(
        label=_("What the group agrees"), widget=long_text(10), help_text=_("One sentence a line.")
    )
    note = forms.CharField(label=_("What changed, and who proposed it?"), max_length=300, required=False)

    def clean_clauses(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["clauses"].splitlines() if line.strip()]

    def audited(self) -> LearningAgreement | None:
        return current_agreement(self.thing)

    def as_it_is(self) -> dict[str, Any]:
        agreement = self.audited()
        return {"clauses": "\n".join(clause.words for clause in agreement.clauses.all()) if agreement else ""}


class PreparationForm(Editing, Making):
    thing: Cohort

    conversation = forms.DateField(label=_("First conversation held on"), widget=DateInput(), required=False)
    narrative_read = forms.DateField(
        label=_("Read a story beforehand on"), widget=DateInput(), required=False
    )
    hopes_and_fears = forms.CharField(label=_("Hopes and fears"), widget=long_text(), required=False)
    protected_time = forms.CharField(label=_("Protected time"), max_length=200, required=False)
    supervision = forms.CharField(label=_("Reflective supervision"), max_length=200, required=False)
    booster = forms.DateField(label=_("Coming back to it on"), widget=DateInput(), required=False)

    all_optional = True

    def __init__(self, *args: Any, learner: Person, **kwargs: Any) -> None:
        self.learner = learner
        super().__init__(*args, **kwargs)

    def audited(self) -> Preparation | None:
        return preparation_of(self.learner, self.thing)

    def as_it_is(self) -> dict[str, Any]:
        known = self.audited() or Preparation()
        return {name: getattr(known, name) for name in self.base_fields}


class NarrativeForm(Making):
    title = forms.CharField(label=_("What do you call it?"), max_length=200)
    words = forms.CharField(
        label=_("Your own words"),
        widget=long_text(12),
        strip=False,
        help_text=_("They are kept exactly as you write them. Nobody else can change them."),
    )
    purpose = forms.CharField(label=_("What do you share it for?"), max_length=300)
    audience = forms.CharField(label=_("Who may hear or read it?"), max_length=300)
    expires = forms.DateField(label=_("Until when do you share it?"), widget=DateInput())


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


class DecisionForm(Making):
    on = forms.DateField(label=_("When was it decided?"), widget=DateInput())
    about = forms.CharField(label=_("What was decided?"), max_length=300)
    proposed_by = forms.CharField(
        label=_("Who proposed it?"),
        max_length=200,
        help_text=_("A name, or how they describe themselves, as they wish."),
    )
    lived_experience_present = forms.BooleanField(
        label=_("Someone with lived experience was there when it was decided"), required=False
    )
    changed = forms.CharField(label=_("What changed because of it?"), widget=long_text(3), required=False)
    hours = forms.DecimalField(
        label=_("Hours it took"), min_value=0, max_digits=7, decimal_places=2, required=False
    )
    paid = forms.DecimalField(
        label=_("What was paid for them"), min_value=0, max_digits=9, decimal_places=2, required=False
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        return {**typed, "hours": typed.get("hours") or 0, "paid": typed.get("paid") or 0}


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


class OwnAnswerForm(Making):
    """A learner's word on one session: they are coming, or they can't."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    says = forms.ChoiceField(choices=[(AttendanceMark.Status.COMING, ""), (AttendanceMark.Status.WORD, "")])

    def __init__(self, *args: Any, session: Session, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.person = session, person

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.session.starts <= timezone.now():
            raise ValidationError(_("This session has begun, so an answer can’t be taken any more."))
        if "id" not in typed or "says" not in typed:
            return {}
        return {"marks": [Mark(typed["id"], self.person, typed["says"])]}
