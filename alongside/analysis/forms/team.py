from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.accounts.models import User
from alongside.analysis.models import Coding, Reading
from alongside.web.forms import Asking

MODES = [
    (
        Reading.Mode.APART,
        _("Separately: nobody sees what the others code or write here until everyone has finished"),
    ),
    (Reading.Mode.TOGETHER, _("Together: everyone sees what the others do, as they do it")),
]


class AskToReadForm(Asking):
    readers = forms.ModelMultipleChoiceField(
        label=_("Who is to read it?"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("How?"), choices=MODES, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, offered: list[User]) -> None:
        super().__init__(data)
        readers: Any = self.fields["readers"]
        readers.queryset = User.objects.filter(pk__in=[user.pk for user in offered]).order_by("name")
        readers.label_from_instance = lambda user: user.name


class AdoptForm(forms.Form):
    """The codings that were ticked, and which button was pressed."""

    codings = forms.ModelMultipleChoiceField(
        queryset=Coding.objects.none(),
        error_messages={"required": _("Tick at least one coding.")},
    )
    deed = forms.ChoiceField(choices=[("adopt", ""), ("give_back", "")])

    def __init__(self, data: Any, *, codings: QuerySet[Coding]) -> None:
        super().__init__(data)
        chosen: Any = self.fields["codings"]
        chosen.queryset = codings

    @property
    def sentence(self) -> str:
        """What is wrong with it, in one line."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)
