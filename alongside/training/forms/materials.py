from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.training.forms.common import Making, chosen, offer
from alongside.training.kinds import KINDS, content_type_of
from alongside.training.models import Programme
from alongside.training.queries import parts_of
from alongside.training.typed import Upload


class MaterialForm(Making):
    title = forms.CharField(label=_("What is it called?"), max_length=200)
    file = forms.FileField(
        label=_("File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(f".{ending}" for ending in KINDS)}),
        help_text=_("A file or a link, one of the two. A text, slides, a picture or sound of at most 25 MB."),
    )
    link = forms.URLField(
        label=_("Or a link"),
        required=False,
        assume_scheme="https",
        help_text=_("Such as to a film."),
    )
    part = chosen(label=_("What is it for?"), empty_label=_("The whole course"), required=False)
    licence = forms.CharField(
        label=_("Whose is it, and how may it be used?"),
        max_length=200,
        required=False,
        help_text=_("Such as “Written by us, CC BY 4.0”."),
    )
    for_learners = forms.TypedChoiceField(
        label=_("Who may have it?"),
        choices=[("yes", _("Everyone in the group")), ("no", _("Trainers only"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "part", parts_of(programme))

    def clean_file(self) -> Upload | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        upload = Upload(sent.name, sent.read())
        content_type_of(upload)
        return upload

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "file" in typed and "link" in typed and bool(typed["file"]) == bool(typed["link"]):
            self.add_error("file", ValidationError(_("Choose a file, or give a link: one of the two.")))
        return typed


class RemoveMaterialForm(Making):
    named = forms.CharField(label=_("Write its name to remove it"), max_length=200)
