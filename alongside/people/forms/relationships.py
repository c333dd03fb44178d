from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study
from alongside.people.models import Person, WorkingRelationship
from alongside.people.queries import Together, people
from alongside.web.fields import DateInput
from alongside.web.forms import Asking


class PersonChoice(forms.ModelChoiceField):
    """People by name, with how to reach them, since two may share a name."""

    def label_from_instance(self, obj: Person) -> str:  # type: ignore[override]
        contact = obj.preferred_contact
        return f"{obj.name} ({contact.value})" if contact else obj.name


class RelationshipForm(Asking):
    one = PersonChoice(label=_("One person"), queryset=Person.objects.none())
    other = PersonChoice(label=_("The other person"), queryset=Person.objects.none())
    started = forms.DateField(label=_("They have worked together since"), widget=DateInput)

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, PersonChoice)
            field.queryset = people(study)


class ConfirmForm(Asking):
    person = forms.TypedChoiceField(label=_("Who says so?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, together: Together, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {str(h.person.pk): h.person for h in together.halves if not (h.confirmed or h.withheld)}
        field = self.fields["person"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(pk, person.name) for pk, person in asked.items()]
        field.coerce = asked.__getitem__


class EndForm(Asking):
    ended = forms.DateField(
        label=_("They stopped working together on"), initial=timezone.localdate, widget=DateInput
    )


class DatesForm(Editing):
    """The days on record of a working relationship; when it ended only if it has."""

    thing: WorkingRelationship

    started = forms.DateField(label=_("They have worked together since"), widget=DateInput)
    ended = forms.DateField(label=_("They stopped working together on"), widget=DateInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.thing.is_open:
            del self.fields["ended"]
        else:
            self.fields["ended"].required = True

    def audited(self) -> None:
        """Nothing: that one of the two said or ended it themselves, nobody is told."""
