from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.training.forms.common import Making, chosen, long_text, offer
from alongside.training.models import Cohort, Copy, Narrative
from alongside.web.fields import DateInput


class StoryForm(Making):
    title = forms.CharField(label=_("What do you call it?"), max_length=200)
    words = forms.CharField(
        label=_("Your own words"),
        widget=long_text(12),
        strip=False,
        help_text=_("They are kept just as you write them. Nobody else can change them."),
    )
    purpose = forms.CharField(label=_("What do you share it for?"), max_length=300)
    audience = forms.CharField(
        label=_("Who is it for?"), max_length=300, help_text=_("In your words, such as “people in my group”.")
    )
    expires = forms.DateField(
        label=_("Until when may it be read?"),
        widget=DateInput(),
        help_text=_("Two years from today at most. You can take it back on any day before."),
    )
    may_download = forms.BooleanField(
        label=_("People may take a copy with them"),
        required=False,
        help_text=_("A copy that somebody took can’t be called back. We can only ask them to delete it."),
    )


class ChangeStoryForm(Editing, StoryForm):
    thing: Narrative


class GroupForm(Making):
    """A choice among one's own groups."""

    cohort = chosen(
        label=_("Which group?"),
        empty_label=None,
        error_messages={
            "required": _("Choose a group."),
            "invalid_choice": _("Choose one of the groups in the list."),
        },
    )

    def __init__(self, *args: Any, groups: QuerySet[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "cohort", groups)


class DownloadForm(Making):
    format = forms.ChoiceField(
        label=_("As"),
        choices=Copy.Format.choices,
        error_messages={"required": _("Say whether as text or as a PDF.")},
    )
