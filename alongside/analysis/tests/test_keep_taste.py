import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis.models import Taste
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript

LIKES = {
    "taste-face": "sans",
    "taste-size": "4",
    "taste-width": "3",
    "taste-scheme": "dark",
    "taste-lines": "on",
}


@pytest.fixture
def url(study: Study) -> str:
    return reverse("analysis:keep-taste", args=[study.slug])


@pytest.fixture
def page(study: Study, rowan_transcript: Transcript) -> str:
    return reverse("analysis:coding", args=[study.slug, rowan_transcript.pk])


def test_it_is_kept_and_shown(as_hilary: Client, hilary: User, url: str, page: str):
    """Without script: led back to the transcript, which looks so from now on; what isn't ticked is off."""
    answer = as_hilary.post(url, {**LIKES, "next": page})
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    taste = Taste.objects.get(reader=hilary)
    assert (taste.face, taste.size, taste.width, taste.scheme) == ("sans", 4, 3, "dark")
    assert (taste.lines, taste.plain) == (True, False)
    shown = as_hilary.get(page).content.decode()
    assert 'data-face="sans" data-size="4" data-width="3" data-lines="on"' in shown
    assert 'data-theme="dark"' in shown


def test_it_is_ones_own(as_hilary: Client, as_dot: Client, url: str, page: str):
    """What Hilary likes changes nothing for Dot."""
    as_hilary.post(url, LIKES)
    assert (
        'data-face="serif" data-size="2" data-width="2" data-lines="on"' in as_dot.get(page).content.decode()
    )


def test_the_script_is_told(as_hilary: Client, url: str):
    """Nothing when it is kept; a sentence when it isn't."""
    assert as_hilary.post(url, LIKES, headers={"x-workbench": "1"}).json() == {}
    refused = as_hilary.post(url, {**LIKES, "taste-size": "9"}, headers={"x-workbench": "1"})
    assert refused.status_code == 422
    assert refused.json()["error"] == "Size: “9” can’t be chosen here."


@pytest.mark.parametrize(
    "wrong", [{"taste-size": "0"}, {"taste-face": "comic"}, {"taste-width": ""}, {"taste-scheme": "pink"}]
)
def test_what_cannot_be_chosen_changes_nothing(
    wrong: dict[str, str], as_hilary: Client, hilary: User, url: str, page: str
):
    """The page says so, and looks as before."""
    answer = as_hilary.post(url, {**LIKES, **wrong, "next": page}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert 'data-size="2"' in answer.content.decode()
    assert [str(message) for message in answer.context["messages"]]
    assert not Taste.objects.filter(reader=hilary).exists()


def test_it_leads_nowhere_else(as_hilary: Client, study: Study, url: str):
    """An address of another site is not followed."""
    answer = as_hilary.post(url, {**LIKES, "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("analysis:analysis", args=[study.slug])


def test_what_changed_is_on_record_once(as_hilary: Client, hilary: User, url: str):
    """The names of what changed; nothing when nothing did."""
    as_hilary.post(url, LIKES)
    as_hilary.post(url, LIKES)
    [entry] = Entry.objects.filter(verb="keep_taste")
    assert entry.actor == hilary.pk
    assert entry.fields == ["face", "scheme", "size", "width"]


def test_only_for_who_may_read(as_fern: Client, as_stranger: Client, url: str):
    """Others find nothing there."""
    assert [each.post(url, LIKES).status_code for each in (as_fern, as_stranger)] == [404, 404]


def test_plain_mode_by_taste_and_by_address(as_hilary: Client, url: str, page: str):
    """Larger and with fewer controls, with the codes' meanings; an address asks for it, or for none, once."""

    def is_plain(address: str) -> bool:
        shown = as_hilary.get(address).content.decode()
        assert ("plain-code" in shown) == (" data-plain>" in shown) == ('"bench-page is-plain"' in shown)
        return " data-plain>" in shown

    assert not is_plain(page)
    assert is_plain(f"{page}?plain=1")
    as_hilary.post(url, {**LIKES, "taste-plain": "on"})
    assert is_plain(page)
    assert not is_plain(f"{page}?plain=0")
    assert is_plain(f"{page}?plain=whatever")


def test_codes_say_what_they_mean_in_plain_mode(as_hilary: Client, page: str, waiting):
    """In plain words where there are some, else by the definition."""
    assert '<span class="means">A gap is left.</span>' in as_hilary.get(f"{page}?plain=1").content.decode()
    waiting.plain = "Someone asks, and then is <quiet>."
    waiting.save()
    assert (
        "Someone asks, and then is &lt;quiet&gt;.</span>" in as_hilary.get(f"{page}?plain=1").content.decode()
    )
    assert 'class="means"' not in as_hilary.get(page).content.decode()
