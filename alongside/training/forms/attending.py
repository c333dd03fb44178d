"""Marks of who came: from the form, from a device that had no connection, and from the room itself."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Person
from alongside.training.forms.common import Making, long_text
from alongside.training.models import AttendanceMark, MissedCall, Session
from alongside.training.queries import ever_in, flagged, latest_marks, learners, open_session, person_called
from alongside.training.typed import Mark

MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One person on the attendance form."""

    person: Person
    status: forms.BoundField
    mark: AttendanceMark | None
    is_flagged: bool

    @property
    def said_coming(self) -> bool:
        return self.mark is not None and self.mark.status == AttendanceMark.Status.COMING

    @property
    def signed_in(self) -> bool:
        return (
            self.mark is not None and self.mark.with_code and self.mark.status == AttendanceMark.Status.HERE
        )


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
            status = mark.status if mark and mark.status != AttendanceMark.Status.OPEN else ""
            self.fields[f"status-{person.pk}"] = forms.ChoiceField(
                label=person.name,
                choices=self.CHOICES,
                widget=forms.RadioSelect,
                required=False,
                initial=status,
            )
            self.fields[f"mark-{person.pk}"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4())
            self.fields[f"was-{person.pk}"] = forms.CharField(
                widget=forms.HiddenInput, required=False, initial=status
            )

    def lines(self) -> list[Line]:
        return [
            Line(
                person,
                self[f"status-{person.pk}"],
                self.latest.get(person.pk),
                person.pk in self.flagged,
            )
            for person in self.people
        ]

    def clean(self) -> dict[str, Any]:
        """Marks for those lines that say something other than they did when the page was opened."""
        typed = super().clean() or {}
        return {"marks": [self._mark(typed, each) for each in self.people if self._is_new(typed, each.pk)]}

    @staticmethod
    def _mark(typed: dict[str, Any], person: Person) -> Mark:
        """Of a page one goes back to, what is said anew is another mark; said once more, it is the same."""
        said = typed[f"status-{person.pk}"]
        return Mark(uuid5(typed[f"mark-{person.pk}"], said), person, said)

    @staticmethod
    def _is_new(typed: dict[str, Any], pk: UUID) -> bool:
        said = typed.get(f"status-{pk}")
        return bool(said and f"mark-{pk}" in typed and said != typed.get(f"was-{pk}"))


class ReplayForm(Making):
    """What a device kept: a list of marks as JSON, each with its id, person, status and moment."""

    marks = forms.CharField()

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean_marks(self) -> list[Mark]:
        try:
            told = json.loads(self.cleaned_data["marks"])
            if not 0 < len(told) <= MOST_AT_ONCE:
                raise ValueError
            sent = [_sent(each) for each in told]
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            raise forms.ValidationError(
                now("Marks are a list of at most %(most)s, each with id, person, status and at.")
                % {"most": MOST_AT_ONCE}
            ) from None
        known = {person.pk: person for person in ever_in(self.session.cohort)}
        stranger = now("This person")
        return [
            Mark(mark, known.get(person) or Person(pk=person, name=stranger), status, at)
            for mark, person, status, at in sent
        ]


def _sent(each: dict[str, Any]) -> tuple[UUID, UUID, str, datetime]:
    at = datetime.fromisoformat(each["at"])
    # Whatever JSON holds there is read as words first: of anything else `UUID` makes an error of its own.
    return UUID(str(each["id"])), UUID(str(each["person"])), str(each["status"]), at.astimezone(UTC)


class HereCodeForm(forms.Form):
    """The code of a session that takes signing in now. Wrong, too early, over: the answer is the same."""

    code = forms.CharField(
        label=_("Code of the session"),
        help_text=_("Six letters and numbers. It is on the screen or the wall of the room."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Type the code that you see in the room.")},
    )

    def clean_code(self) -> Session:
        session = open_session(self.cleaned_data["code"])
        if session is None:
            raise forms.ValidationError(
                _("This code does not work now. Look at it once more, or ask a trainer.")
            )
        return session


class HereNameForm(Making):
    """A name as it is on the register. Only one person's name opens; no other name is ever shown."""

    person = forms.CharField(
        label=_("Your name"),
        help_text=_("As it is on the register."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type your name.")},
    )

    def __init__(self, *args: Any, session: Session, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def clean_person(self) -> Person:
        person = person_called(self.session, self.cleaned_data["person"])
        if person is None:
            raise forms.ValidationError(
                _("We can’t find that name in this session. You are not signed in yet. Please ask a trainer.")
            )
        return person


class CallForm(Making):
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            (each.value, each.label) for each in MissedCall.Outcome if each != MissedCall.Outcome.CALLS_AGAIN
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    note = forms.CharField(
        label=_("A note"),
        required=False,
        max_length=300,
        widget=long_text(2),
        help_text=_(
            "Such as “Would like the handout by post.” It becomes part of what they can read about"
            " themselves. Never why they did not come."
        ),
    )
