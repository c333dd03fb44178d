"""What is typed in the room, by noun."""

from alongside.analysis.forms.codebook import (
    ChangeCodeForm,
    CodeForm,
    CompareForm,
    KeepVersionForm,
    MergeForm,
    MoveForm,
    PutForm,
    SplitForm,
)
from alongside.analysis.forms.codings import (
    ActForm,
    ApplyForm,
    CodeTurnForm,
    CopyForm,
    LinkForm,
    RecodeForm,
    SpanForm,
    TurnForm,
    UnlinkForm,
    WeighForm,
)
from alongside.analysis.forms.discussions import RemarkForm, SettleForm, StartForm
from alongside.analysis.forms.machine import MachineHelpForm
from alongside.analysis.forms.memos import (
    ChangeMemoForm,
    EntryForm,
    FindMemosForm,
    MemoForm,
    NewMemoForm,
    SummaryForm,
)
from alongside.analysis.forms.reading import PlaceForm, TasteForm
from alongside.analysis.forms.search import CodeFoundForm, SearchForm
from alongside.analysis.forms.team import AdoptForm, AskToReadForm
from alongside.analysis.forms.themes import ChangeThemeForm, ThemeForm
from alongside.analysis.forms.workshops import BeginWorkshopForm

__all__ = [
    "ActForm",
    "AdoptForm",
    "ApplyForm",
    "AskToReadForm",
    "BeginWorkshopForm",
    "ChangeCodeForm",
    "ChangeMemoForm",
    "ChangeThemeForm",
    "CodeForm",
    "CodeFoundForm",
    "CodeTurnForm",
    "CompareForm",
    "CopyForm",
    "EntryForm",
    "FindMemosForm",
    "KeepVersionForm",
    "LinkForm",
    "MachineHelpForm",
    "MemoForm",
    "MergeForm",
    "MoveForm",
    "NewMemoForm",
    "PlaceForm",
    "PutForm",
    "RecodeForm",
    "RemarkForm",
    "SearchForm",
    "SettleForm",
    "SpanForm",
    "SplitForm",
    "StartForm",
    "SummaryForm",
    "TasteForm",
    "ThemeForm",
    "TurnForm",
    "UnlinkForm",
    "WeighForm",
]
