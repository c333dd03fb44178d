from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alongside.people.forms import PersonChoice
from alongside.people.models import ContactPoint, Person
from alongside.people.queries import people
from alongside.web.forms import Asking


class OtherForm(forms.Form):
    """Which other record is of the same person. It only leads on; nothing changes by it."""

    other = PersonChoice(label=_("The other record of this person"), queryset=Person.objects.none())

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, PersonChoice)
        field.queryset = people(person.study).exclude(pk=person.pk)


class MergeForm(Asking):
    """What holds where the two records differ."""

    def __init__(self, *args: Any, kept: Person, merged: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kept.name != merged.name:
            names = [(name, name) for name in (kept.name, merged.name)]
            self.fields["name"] = forms.ChoiceField(
                label=_("The name they use"), choices=names, initial=kept.name, widget=forms.RadioSelect
            )
        points = ContactPoint.objects.filter(person__in=[kept, merged]).order_by("-preferred", "pk")
        if len({(point.kind, point.value) for point in points}) > 1:
            rather = kept.preferred_contact or merged.preferred_contact
            self.fields["preferred"] = forms.ModelChoiceField(
                label=_("How they would rather be reached"),
                queryset=points,
                initial=rather.pk if rather else None,
                empty_label=None,
                widget=forms.RadioSelect,
            )
