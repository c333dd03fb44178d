from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.accounts.models import Study, User
from alongside.exchange.formats.codebook_files import read_codebook
from alongside.exchange.formats.codebooks import CodebookFile, Entry
from alongside.exchange.formats.rows import TableError
from alongside.interviews.preparing import said
from alongside.interviews.reading.shapes import Sentence
from alongside.web.forms import Asking

A_DAY = 24 * 60 * 60


class CodebookFileForm(Asking):
    """The file itself; `read` is what stands in it."""

    read: CodebookFile

    file = forms.FileField(
        label=gettext_lazy("A codebook"),
        allow_empty_file=True,
        help_text=gettext_lazy("CSV, XLSX, QDC (as other programs write it), or a table in DOCX."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.qdc,.xml,.docx"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.read = read_codebook(file.name or "", file.read())
        except TableError as error:
            raise forms.ValidationError([said(problem) for problem in error.problems]) from error
        return file


class TakeForm(Asking):
    """What to do with codes that are known, and the file as it was read: the page keeps it, we don't."""

    take_over = forms.TypedChoiceField(
        label=gettext_lazy("Where the file says something else of a code that is here"),
        choices=[
            ("", gettext_lazy("What stands here stays; only what is missing is added")),
            ("yes", gettext_lazy("Take what the file says")),
        ],
        coerce=bool,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    sealed = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, study: Study, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.salt = f"{__name__}:{study.pk}:{user.pk}"

    def clean_sealed(self) -> CodebookFile:
        try:
            held = signing.loads(self.cleaned_data["sealed"], salt=self.salt, max_age=A_DAY)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This page is too old. Choose the file again.")) from error
        return CodebookFile(
            held["kind"],
            tuple(Entry(**entry) for entry in held["entries"]),
            tuple(Sentence(template, **values) for template, values in held["not_taken"]),
        )

    def holding(self, file: CodebookFile, seen: str) -> None:
        """Put into the page what is needed to bring this file in."""
        held = {
            "kind": file.kind,
            "entries": [asdict(entry) for entry in file.entries],
            "not_taken": [(each.template, each.values) for each in file.not_taken],
        }
        self.initial = {"seen": seen, "sealed": signing.dumps(held, salt=self.salt, compress=True)}
