from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.analysis.forms.fields import choose_from
from alongside.web.forms import Asking


class BeginWorkshopForm(Asking):
    present = forms.ModelMultipleChoiceField(
        label=_("Who else is in the room?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who is in the room with you.")},
    )

    def __init__(self, data: Any = None, *, offered: list[User]) -> None:
        super().__init__(data)
        rows = User.objects.filter(pk__in=[each.pk for each in offered])
        choose_from(self, "present", rows.order_by("name"))
        present: Any = self.fields["present"]
        present.label_from_instance = lambda user: user.name
