from django import forms

from alongside.web.fields import DateInput


class Example(forms.Form):
    """What the patterns page shows: every kind of field, in English as the page is."""

    called = forms.CharField(
        label="What should we call you?", help_text="Any name you like. It goes on the register."
    )
    day = forms.DateField(
        label="Which day suits you?",
        widget=DateInput,
        error_messages={
            "required": "Say which day suits you. We have Tuesday 8 or Thursday 10 December.",
        },
    )
    touch = forms.ChoiceField(
        label="How should we get in touch?",
        choices={"ring": "Ring me", "text": "Text me", "write": "Write to me"},
        widget=forms.RadioSelect,
    )
    course = forms.ChoiceField(
        label="Course", choices={"alongside": "Working alongside", "telling": "Telling and keeping back"}
    )
    words = forms.BooleanField(
        label="Use my words in a report", help_text="You will see them first.", required=False
    )
    easier = forms.CharField(
        label="Anything that would make it easier to come?",
        help_text="Light, sound, seats, breaks, someone with you.",
        widget=forms.Textarea,
        required=False,
    )


def example() -> forms.Form:
    """A form of every kind of field, one of them refused."""
    return Example({"called": "Dilys", "touch": "text", "course": "telling", "words": "on"})
