import hashlib

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class FoundFileForm(forms.Form):
    file = forms.FileField(
        label=_("A file that turned up"),
        help_text=_("It is compared and not kept. A file that was opened and saved again is another file."),
    )

    @property
    def sha256(self) -> str:
        found: UploadedFile = self.cleaned_data["file"]
        digest = hashlib.sha256()
        for chunk in found.chunks():
            digest.update(chunk)
        return digest.hexdigest()
