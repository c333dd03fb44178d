import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.analysis.models import Coding, Theme
from alongside.audit.models import Entry
from alongside.interviews.models import Speaker, Transcript
from alongside.interviews.queries import readable_transcripts, transcripts_open_to
from alongside.interviews.tests.helpers import bare
from alongside.people.actions import declare
from alongside.people.models import Barrier, Declared, Participant
from alongside.reporting.models import Report

SAID = "I am not a visitor in my own life any more."
NOWHERE = "00000000-0000-4000-8000-000000000000"


def question(study: Study, transcript: object) -> str:
    return reverse("interviews:declare", args=[study.slug, getattr(transcript, "pk", transcript)])


def reading(study: Study, transcript: object) -> str:
    return reverse("interviews:transcript", args=[study.slug, getattr(transcript, "pk", transcript)])


def answer(client: Client, address: str, known: str, *speaking: Participant):
    about = " ".join(str(each.pk) for each in speaking)
    return client.post(address, {"known": known, "about": about})


@pytest.fixture
def unasked(rowan_transcript: Transcript, hilary: User) -> Transcript:
    """Rowan's interview, before anybody was asked whether they know Rowan."""
    Declared.objects.all().delete()
    return rowan_transcript


def test_it_is_asked_before_the_first_look(study: Study, unasked: Transcript, as_hilary: Client):
    """The transcript and the workbench lead to the question, which shows the code's name and no word."""
    for page in ("interviews:transcript", "analysis:coding"):
        asked = as_hilary.get(reverse(page, args=[study.slug, unasked.pk]), follow=True)
        assert asked.redirect_chain[0][0].startswith(question(study, unasked))
        told = asked.content.decode()
        assert "Do you know the person who speaks here, or have you worked with them?" in told
        assert "Rowan" in told
        assert SAID not in told
        assert "Uses services" not in told
    assert not Entry.objects.filter(verb="read_transcript").exists()


def test_a_no_opens_it_and_is_remembered(
    study: Study, unasked: Transcript, rowan_as_participant: Participant, hilary: User, as_hilary: Client
):
    """It leads to what was asked for; the next transcript of theirs opens at once; an entry is kept."""
    wanted = as_hilary.get(reading(study, unasked)).headers["Location"]
    opened = answer(as_hilary, wanted, "nobody", rowan_as_participant)
    assert opened.headers["Location"] == reading(study, unasked)
    assert SAID in as_hilary.get(reading(study, unasked)).content.decode()
    assert Declared.objects.get().user == hilary
    entry = Entry.objects.get(verb="declare_unknown")
    assert (entry.actor, entry.object) == (hilary.pk, str(rowan_as_participant.pk))
    answer(as_hilary, wanted, "nobody", rowan_as_participant)
    assert Declared.objects.count() == Entry.objects.filter(verb="declare_unknown").count() == 1


def test_a_yes_closes_it_for_good(
    study: Study,
    unasked: Transcript,
    rowan_as_participant: Participant,
    hilary: User,
    as_hilary: Client,
):
    """A barrier goes up; the answer says so in plain words; from then on it is as if it weren't there."""
    told = answer(as_hilary, question(study, unasked), str(rowan_as_participant.pk), rowan_as_participant)
    assert "you see nothing here" in as_hilary.get(told.headers["Location"]).content.decode()
    assert Barrier.objects.get().user == hilary
    assert Entry.objects.get(verb="declare_known").fields == ["barrier"]
    for page in (question, reading):
        closed, nothing = as_hilary.get(page(study, unasked)), as_hilary.get(page(study, NOWHERE))
        assert closed.status_code == nothing.status_code == 404
        assert bare(closed.content, unasked.pk) == bare(nothing.content, NOWHERE)
    # It can't be undone by answering again, and lists say nothing of it.
    assert answer(as_hilary, question(study, unasked), "nobody", rowan_as_participant).status_code == 404
    assert "Rowan" not in as_hilary.get(f"/s/{study.slug}/interviews/").content.decode()


def test_someone_may_be_recognised_later(
    study: Study, unasked: Transcript, rowan_as_participant: Participant, hilary: User, as_hilary: Client
):
    """The transcript leads back to the question; a yes after a no closes it, and the no is gone."""
    declare(by=hilary, speaking=[rowan_as_participant], known=None)
    assert question(study, unasked) in as_hilary.get(reading(study, unasked)).content.decode()
    assert "Do you know them after all?" in as_hilary.get(question(study, unasked)).content.decode()
    answer(as_hilary, question(study, unasked), str(rowan_as_participant.pk), rowan_as_participant)
    assert as_hilary.get(reading(study, unasked)).status_code == 404
    assert not Declared.objects.exists()


def test_everyone_who_speaks_is_asked_about(
    study: Study,
    unasked: Transcript,
    rowan_as_participant: Participant,
    wren_as_participant: Participant,
    hilary: User,
    as_hilary: Client,
):
    """Who comes to speak in it after a no is asked about before it opens again; either yes closes it."""
    declare(by=hilary, speaking=[rowan_as_participant], known=None)
    Speaker.objects.create(transcript=unasked, label="Wren", participant=wren_as_participant)
    assert as_hilary.get(reading(study, unasked)).status_code == 302
    stale = answer(as_hilary, question(study, unasked), "nobody", rowan_as_participant)
    assert stale.status_code == 422
    assert "Please answer again" in stale.content.decode()
    both = (rowan_as_participant, wren_as_participant)
    assert "Yes, Wren" in as_hilary.get(question(study, unasked)).content.decode()
    answer(as_hilary, question(study, unasked), str(wren_as_participant.pk), *both)
    assert as_hilary.get(reading(study, unasked)).status_code == 404
    assert Barrier.objects.get().participant == wren_as_participant


@pytest.mark.parametrize("known", ["", NOWHERE])
def test_no_answer_changes_nothing(
    known: str, study: Study, unasked: Transcript, rowan_as_participant: Participant, as_hilary: Client
):
    """Neither an empty answer nor somebody who doesn't speak there: one sentence, and it stays closed."""
    refused = answer(as_hilary, question(study, unasked), known, rowan_as_participant)
    assert refused.status_code == 422
    assert not Declared.objects.exists()
    assert not Barrier.objects.exists()


def test_it_leads_nowhere_else(
    study: Study, unasked: Transcript, rowan_as_participant: Participant, as_hilary: Client
):
    """An address of another site, put in for the one that was asked for, is not followed."""
    address = question(study, unasked) + "?next=https://elsewhere.example/"
    led = answer(as_hilary, address, "nobody", rowan_as_participant)
    assert led.headers["Location"] == reading(study, unasked)


def test_who_works_with_them_isnt_asked(
    study: Study, wren_transcript: Transcript, priya: User, as_priya: Client
):
    """Priya, who works with Wren, gets no question: to her there is nothing to ask about."""
    Declared.objects.all().delete()
    nothing = as_priya.get(question(study, NOWHERE))
    asked = as_priya.get(question(study, wren_transcript))
    assert asked.status_code == nothing.status_code == 404
    assert bare(asked.content, wren_transcript.pk) == bare(nothing.content, NOWHERE)


def test_what_nobody_in_the_study_says_opens_at_once(
    study: Study, unasked: Transcript, hilary: User, as_hilary: Client
):
    """A transcript that belongs to nobody has nobody to know."""
    Speaker.objects.update(participant=None)
    unasked.interview, unasked.belongs_to_nobody = None, True
    unasked.save()
    assert as_hilary.get(reading(study, unasked)).status_code == 200
    assert as_hilary.get(question(study, unasked)).headers["Location"] == reading(study, unasked)
    assert set(transcripts_open_to(study, hilary)) == set(readable_transcripts(study, hilary))


def test_words_on_other_pages_wait_for_the_answer(
    study: Study, unasked: Transcript, visitor: Coding, theme: Theme, report: Report, as_hilary: Client
):
    """Passages, themes, drafts and what leaves hold none of the words, and name the transcripts that wait."""
    room = f"/s/{study.slug}/"
    pages = [
        f"{room}analysis/codes/{visitor.code_id}/",
        f"{room}analysis/themes/",
        f"{room}analysis/themes/{theme.pk}/",
        f"{room}reporting/{report.pk}/",
    ]
    for page in pages:
        told = as_hilary.get(page).content.decode()
        assert "not a visitor" not in told
        assert question(study, unasked) in told
    assert question(study, unasked) in as_hilary.get(f"{room}exchange/").content.decode()


def test_a_yes_said_twice_is_one(
    study: Study, unasked: Transcript, rowan_as_participant: Participant, hilary: User
):
    """Two tabs that say it leave one barrier."""
    declare(by=hilary, speaking=[rowan_as_participant], known=rowan_as_participant)
    declare(by=hilary, speaking=[rowan_as_participant], known=rowan_as_participant)
    assert Barrier.objects.count() == 1


def test_what_else_is_to_be_done_depends_on_ones_role(
    study: Study, as_hilary: Client, as_sunita: Client, as_priya: Client
):
    """Whoever sees what people agreed to is told how that is closed to them, too. It tells of nobody."""
    page = reverse("interviews:kept-apart", args=[study.slug])
    assert "ask a coordinator to record that" in as_sunita.get(page).content.decode()
    assert "Record a working relationship" in as_priya.get(page).content.decode()
    read_only = as_hilary.get(page).content.decode()
    assert "agreed to" not in read_only.split("<main")[1]
