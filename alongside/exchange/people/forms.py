from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.exchange.formats.people import SEVERAL, Field, Grid, match
from alongside.exchange.people.drafting import column_name
from alongside.exchange.people.weighing import LIKELIEST, NEW, OUT, ROW, Choices, Doubt, Look
from alongside.web.forms import Asking

NOT_TAKEN = ""
LABELS = {
    Field.NAME: gettext_lazy("Name"),
    Field.EMAIL: gettext_lazy("E-mail"),
    Field.PHONE: gettext_lazy("Phone"),
    Field.POST: gettext_lazy("Post address"),
    Field.LANGUAGE: gettext_lazy("Language"),
    Field.TIME_ZONE: gettext_lazy("Time zone"),
    Field.STANDPOINTS: gettext_lazy("How they describe themselves"),
    Field.OWN_WORDS: gettext_lazy("How they describe themselves, in their own words"),
    Field.ADJUSTMENTS: gettext_lazy("What makes it easier to take part"),
    Field.WORKS_WITH: gettext_lazy("Whom they work with"),
    Field.SINCE: gettext_lazy("Since when they work together"),
}
VALUES_SHOWN = 3


class PeopleFileForm(Asking):
    file = forms.FileField(
        label=gettext_lazy("A table of people"),
        # An empty one is told what was expected of it, as every file is.
        allow_empty_file=True,
        help_text=gettext_lazy("CSV or XLSX, with a row of columns’ names and a row for each person."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def do(self, action: Any, **given: Any) -> bool:
        if not self.is_valid():
            return False
        file: UploadedFile = self.cleaned_data["file"]
        try:
            self.made = action(**given, name=file.name or "", data=file.read())
        except ValidationError as refusal:
            self.add_error("file", refusal)
        return not self.errors


class ColumnsForm(Asking):
    """What each column of a table holds. One that is said to hold nothing is not taken."""

    def __init__(self, data: Any = None, *, grid: Grid, matched: dict[int, Field]) -> None:
        super().__init__(data)
        self.grid = grid
        matched = matched or match(grid.header)
        choices = [(NOT_TAKEN, _("Not taken")), *((field.value, label) for field, label in LABELS.items())]
        for place in range(len(grid.header)):
            name = column_name(grid.header, place)
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=_("What column “%(column)s” holds") % {"column": name},
                choices=choices,
                required=False,
                initial=matched.get(place, NOT_TAKEN),
            )

    def clean(self) -> dict[str, Any]:
        columns = self.columns
        if Field.NAME not in columns.values():
            raise ValidationError(_("Say which column holds the name. Nobody can be added without one."))
        for field in set(columns.values()) - SEVERAL:
            places = [place for place, held in columns.items() if held is field]
            if len(places) > 1:
                told = ", ".join(f"“{column_name(self.grid.header, place)}”" for place in places)
                raise ValidationError(
                    _("One column for “%(field)s” was expected; %(columns)s came.")
                    % {"field": LABELS[field], "columns": told}
                )
        return self.cleaned_data

    @property
    def columns(self) -> dict[int, Field]:
        said = {int(name.removeprefix("column-")): value for name, value in self.cleaned_data.items()}
        return {place: Field(value) for place, value in said.items() if value}

    def rows(self) -> Iterable[tuple[str, list[str], forms.BoundField]]:
        """Each column with its first values and its question."""
        for place in range(len(self.grid.header)):
            values = [cells[place] for _row, cells in self.grid.rows if place < len(cells) and cells[place]]
            yield column_name(self.grid.header, place), values[:VALUES_SHOWN], self[f"column-{place}"]


class ChoicesForm(Asking):
    """Of each row that may be someone who is known: who it is. `looked` says what the page showed."""

    looked = forms.CharField(widget=forms.HiddenInput, required=False)
    rest = forms.ChoiceField(
        label=gettext_lazy("All other rows like these"),
        required=False,
        choices=[
            ("", gettext_lazy("I decide each one")),
            (OUT, gettext_lazy("Leave them all out")),
            (LIKELIEST, gettext_lazy("Each is the likeliest person; add only what is missing")),
            (NEW, gettext_lazy("Add them all as new people")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *, look: Look, shown: Iterable[Doubt]) -> None:
        now = (f"{row}:{doubt.seen}" for row, doubt in look.doubts.items())
        super().__init__(initial={"looked": ",".join(now)})
        for doubt in shown:
            self.fields[f"row-{doubt.row}"] = _question(doubt, look.becomes.get(doubt.row, ""))


def rows_looked_at(data: Mapping[str, str]) -> dict[int, str]:
    """What the page that was sent had shown of each doubtful row."""
    pairs = [each.partition(":") for each in data.get("looked", "").split(",") if ":" in each]
    return {
        int(row): seen for row, _colon, seen in pairs if row.isascii() and row.isdecimal() and len(row) < 9
    }


def choices_in(data: Mapping[str, str], before: Choices) -> dict[int, tuple[str, str]]:
    """By row: what was chosen, and what it rested on. Whether that still holds is for the weighing to say."""
    chosen = {}
    rest = data.get("rest", "")
    for row, seen in rows_looked_at(data).items():
        what = data.get(f"row-{row}", "")
        if what:
            chosen[row] = (what, seen)
        elif rest and before.get(row, ("", ""))[1] != seen:
            chosen[row] = (rest, seen)
    return chosen


def _question(doubt: Doubt, chosen: str) -> forms.ChoiceField:
    choices = [(NEW, _("Somebody else: add as a new person")), (OUT, _("Leave this row out"))]
    for candidate in doubt.candidates:
        known, who = candidate.other, candidate.other.name
        label = _("The same as row %(row)s, %(who)s: add only what is missing there")
        if not known.key.startswith(ROW):
            label = _("The same as %(who)s on record: add only what is missing there")
        choices.append((known.key, label % {"row": known.key.removeprefix(ROW), "who": who}))
    return forms.ChoiceField(
        label=_("Row %(row)s, %(name)s: who is this?") % {"row": doubt.row, "name": doubt.draft.person.name},
        choices=choices,
        widget=forms.RadioSelect,
        required=False,
        initial=chosen,
    )
