from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study
from alongside.training.actions import open_prospectus, write_prospectus
from alongside.training.models import Cohort, Prospectus
from tests.support.editing import filled


def test_its_words_are_written(as_hannah: Client, study: Study):
    """They are kept while it is closed."""
    url = reverse("training:write-prospectus", args=[study.slug])
    typed = {**filled(as_hannah, url), "welcome": "Come as you are.", "asking_for_help": "Ring 01632 960001."}
    page = as_hannah.post(url, typed, follow=True).content.decode()
    assert "Come as you are." in page
    assert Prospectus.objects.get().is_open is False


def test_while_it_is_open_it_says_how_to_ask_for_help(as_hannah: Client, study: Study):
    """Taking those words out is refused until it is closed."""
    write_prospectus(by=None, study=study, asking_for_help="Ring us.")
    open_prospectus(by=None, study=study)
    url = reverse("training:write-prospectus", args=[study.slug])
    answer = as_hannah.post(url, {**filled(as_hannah, url), "asking_for_help": ""})
    assert answer.status_code == 422
    assert "Say first how people can ask" in answer.content.decode()
    assert Prospectus.objects.get().asking_for_help == "Ring us."


def test_the_page_says_what_is_still_to_say(as_hannah: Client, study: Study, group: Cohort):
    """Of each group in it: no term, nothing about access, no dates, no last day."""
    Cohort.objects.filter(pk=group.pk).update(listed=True)
    page = as_hannah.get(reverse("training:prospectus", args=[study.slug])).content.decode()
    for missing in ("Its term.", "What Ferry Hall is like inside.", "When it meets.", "The last day to ask."):
        assert missing in page


def test_a_facilitator_writes_none(as_carys: Client, study: Study):
    """Planning is not a facilitator's: neither page is there for them."""
    for name in ("prospectus", "write-prospectus", "preview-prospectus"):
        assert as_carys.get(reverse(f"training:{name}", args=[study.slug])).status_code == 404
