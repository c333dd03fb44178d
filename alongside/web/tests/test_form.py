from datetime import date, datetime, time

from django import forms

from alongside.web.fields import DateInput, DateTimeInput, TimeInput
from alongside.web.forms import example


class Wish(forms.Form):
    all_optional = False
    name = forms.CharField(help_text="As you like")
    note = forms.CharField(required=False)
    day = forms.ChoiceField(choices=[("a", "Monday"), ("b", "Tuesday")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False, help_text="You will see them first")
    secret = forms.CharField(widget=forms.HiddenInput, initial="kept")


def test_a_label_a_hint_and_an_error_belong_to_their_field():
    """By `for`, by aria-describedby and by aria-invalid."""
    html = str(Wish({}))
    assert '<label for="id_name">' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert html.count('aria-invalid="true"') == 3


def test_the_summary_leads_to_what_is_wrong():
    """One link for each error; to the first choice where a field is several."""
    form = Wish({})
    form.add_error(None, "These two do not go together.")
    html = str(form)
    assert 'role="alert"' in html
    assert 'href="#id_name"' in html
    assert 'href="#id_day_0"' in html
    assert "<li>These two do not go together.</li>" in html


def test_a_form_without_errors_has_no_summary():
    """Nothing to look at, nothing shown."""
    assert "error-summary" not in str(Wish())


def test_what_may_stay_empty_says_so():
    """Unless the whole form may, such as a search."""
    form = Wish()
    assert str(form).count("if you like") == 1
    form.all_optional = True
    assert "if you like" not in str(form)


def test_choices_are_a_named_group():
    """Radio buttons share a legend; each has its own label."""
    html = str(Wish())
    assert "<legend>Day" in html
    assert '<label for="id_day_0">' in html


def test_hidden_fields_are_there():
    """What is carried along is not lost."""
    assert 'type="hidden" name="secret" value="kept"' in str(Wish())


def test_what_was_typed_is_shown_as_words():
    """Typed markup stays words, in fields and in errors."""
    form = Wish({"name": "<b>Dilys</b>"})
    form.add_error("name", "<i>Not this</i>")
    html = str(form)
    assert "<b>" not in html
    assert "<i>" not in html


def test_dates_reach_the_browser_s_picker_in_its_own_form():
    """ISO, whatever the language of the page."""
    day = datetime(2026, 12, 8, 10, 30)
    assert 'type="date" name="d" value="2026-12-08"' in DateInput().render("d", date(2026, 12, 8))
    assert 'type="datetime-local" name="d" value="2026-12-08T10:30"' in DateTimeInput().render("d", day)
    assert 'type="time" name="d" value="10:30"' in TimeInput().render("d", time(10, 30))


def test_the_patterns_page_shows_every_kind_of_field():
    """One field of the example is refused, so that an error is shown too."""
    assert list(example().errors) == ["day"]
