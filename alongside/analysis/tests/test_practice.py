from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis.models import Code, Codebook
from alongside.analysis.practice import conversation, practice_bench
from alongside.audit.models import Entry


def test_the_practice_page(as_dot: Client, study: Study):
    """The workbench on words that say that they are invented; opening it leaves nothing behind."""
    before = Entry.objects.count()
    page = as_dot.get(reverse("analysis:practice", args=[study.slug]))
    told = page.content.decode()
    assert "This was invented for practice. Nobody said any of it." in told
    assert "Nothing that you do with it is kept" in told
    assert told.count('<li class="turn') == len(conversation())
    assert "memo-form" not in told
    assert Entry.objects.count() == before
    assert not Code.objects.exists()
    assert not Codebook.objects.exists()


def test_its_offsets_are_those_of_its_words(dot: User):
    """Each turn's span is as long as its words, one character apart; no address leads to the server."""
    data = practice_bench(dot).data
    at = 0
    for (_number, start, end, _line), (_speaker, words) in zip(data["turns"], conversation(), strict=True):
        assert (start, end) == (at, at + len(words))
        at = end + 1
    assert not any(url.startswith(("/", "http")) for url in data["urls"].values())


def test_it_is_for_who_may_read(as_fern: Client, as_stranger: Client, as_josef: Client, study: Study):
    """Readers of findings and strangers find nothing; an interviewer, who reads without coding, practises."""
    url = reverse("analysis:practice", args=[study.slug])
    assert [each.get(url).status_code for each in (as_fern, as_stranger, as_josef)] == [404, 404, 200]


def test_it_is_found_from_the_front_of_the_room(as_dot: Client, study: Study):
    """A link to it stands above the transcripts."""
    front = as_dot.get(reverse("analysis:analysis", args=[study.slug])).content.decode()
    assert reverse("analysis:practice", args=[study.slug]) in front
