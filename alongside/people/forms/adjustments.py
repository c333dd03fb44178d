from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.people.models import Adjustment
from alongside.web.fields import DateInput
from alongside.web.forms import Asking


class AdjustmentForm(Asking):
    """What the team writes down of what somebody said that they need."""

    need = forms.CharField(
        label=_("What would make it easier to take part?"),
        help_text=_("In their words. Such as “a chair with arms, away from the strip light”."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    kind = forms.ChoiceField(
        label=_("It is about"), choices=Adjustment.Kind.choices, initial=Adjustment.Kind.OTHER
    )
    about = forms.ChoiceField(
        label=_("For which of these?"),
        choices=Adjustment.About.choices,
        initial=Adjustment.About.TRAINING,
        widget=forms.RadioSelect,
        help_text=_("What is for the study is never shown to whoever works with them."),
    )
    share_with = forms.ChoiceField(
        label=_("Who else may know of it? Ask them."),
        choices=Adjustment.ShareWith.choices,
        widget=forms.RadioSelect,
    )
    asked = forms.DateField(label=_("They were asked on"), initial=timezone.localdate, widget=DateInput)


class ShareForm(Asking):
    share_with = forms.ChoiceField(
        label=_("Who else may know of it?"), choices=Adjustment.ShareWith.choices, widget=forms.RadioSelect
    )


class ReviewForm(Asking):
    on = forms.DateField(label=_("They were asked on"), initial=timezone.localdate, widget=DateInput)
    none_needed = forms.BooleanField(
        label=_("They said that they need nothing"),
        help_text=_("Leave it open if what is on record still holds."),
        required=False,
    )


class DifferentForm(Asking):
    """What somebody says on their own page."""

    need = forms.CharField(
        label=_("What would make it better for you?"),
        help_text=_("A phone call, another place, someone with you, more time. Say it in your own words."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    about = forms.ChoiceField(
        label=_("What is it for?"),
        choices=[
            (Adjustment.About.TRAINING, _("The sessions")),
            (Adjustment.About.EVALUATION, _("The questions and the interview")),
        ],
        initial=Adjustment.About.TRAINING,
        widget=forms.RadioSelect,
    )
    share_with = forms.ChoiceField(
        label=_("Who may know?"),
        help_text=_("Whoever looks after the study always sees it."),
        choices=[
            (Adjustment.ShareWith.SESSIONS, _("The people who run my sessions")),
            (Adjustment.ShareWith.INTERVIEWS, _("They, and whoever interviews me")),
            (Adjustment.ShareWith.NOBODY, _("Nobody else. Ask me first")),
        ],
        initial=Adjustment.ShareWith.SESSIONS,
        widget=forms.RadioSelect,
    )
