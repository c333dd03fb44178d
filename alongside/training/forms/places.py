from datetime import datetime, time
from typing import Any
from uuid import uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.people.models import Person
from alongside.training.forms.common import Making, chosen, offer
from alongside.training.models import (
    AttendanceMark,
    Cohort,
    Session,
)
from alongside.training.queries import (
    invitable,
    invitable_pairs,
)
from alongside.training.typed import Mark
from alongside.web.fields import DateInput


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
    expires = forms.DateField(
        label=_("The offer is open until"),
        widget=DateInput(),
        required=False,
        help_text=_("Left empty, as long as the group keeps an offer."),
    )

    def __init__(self, *args: Any, cohort: Cohort, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        offer(self, "relationship", invitable_pairs(cohort, user))

    def clean_expires(self) -> datetime | None:
        """The end of that day, where the group meets."""
        day = self.cleaned_data["expires"]
        return datetime.combine(day, time.max, tzinfo=self.cohort.zone) if day else None


class AnswerForm(Making):
    accepts = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes"
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
        # Said once more, it is the same mark; said of another session, or otherwise, it is another.
        mark = uuid5(typed["id"], f"{self.session.pk} {typed['says']}")
        return {"marks": [Mark(mark, self.person, typed["says"])]}
