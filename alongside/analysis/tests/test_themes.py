from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, apply_code, choose_passage, tie_themes
from alongside.analysis.models import Code, Coding, Passage, Theme
from alongside.analysis.queries import pair_matrix, themes_with_voices
from alongside.interviews.models import Transcript
from alongside.people.actions import link_pair
from alongside.people.models import Participant, WorkingRelationship
from tests.support.editing import seen

PAGE = "/s/six-months-on/analysis/themes/"


def test_a_theme_is_begun(as_dot: Client, study: Study, waiting: Code):
    """A co-researcher builds themes like any researcher."""
    response = as_dot.post(
        f"{PAGE}start/", {"name": "Waiting", "idea": "A gap.", "status": "open", "codes": [str(waiting.pk)]}
    )
    assert response.status_code == 302
    assert list(Theme.objects.get().codes.all()) == [waiting]


def test_a_theme_without_an_idea_is_refused(as_dot: Client, study: Study):
    """A heading is not a theme."""
    assert as_dot.post(f"{PAGE}start/", {"name": "Waiting", "status": "open"}).status_code == 422
    assert not Theme.objects.exists()


def test_a_theme_changes_with_its_codes(as_dot: Client, theme: Theme):
    """Name, idea and codes are saved together."""
    url = f"{PAGE}{theme.pk}/change/"
    sent = {"name": "The gap", "idea": "It is new.", "status": "developed"}
    as_dot.post(url, {**seen(as_dot, url), **sent})
    theme.refresh_from_db()
    assert (theme.name, theme.status, theme.codes.count()) == ("The gap", "developed", 0)


def test_words_are_chosen_and_set_aside(as_dot: Client, theme: Theme, visitor: Coding):
    """Both are one press; the page shows the words in their place."""
    assert "I am not a visitor" in as_dot.get(f"{PAGE}{theme.pk}/").content.decode()
    as_dot.post(f"/s/six-months-on/analysis/passages/{Passage.objects.get().pk}/drop/")
    assert not Passage.objects.exists()
    as_dot.post(f"{PAGE}{theme.pk}/choose/{visitor.pk}/")
    assert Passage.objects.count() == 1


def test_words_under_other_codes_cannot_speak_for_it(
    as_dot: Client, study: Study, hilary: User, theme: Theme, rowan_transcript: Transcript
):
    """A theme rests on its codes; anything else is refused in a sentence."""
    other = add_code(by=hilary, study=study, name="Other")
    coding = apply_code(by=hilary, revision=rowan_transcript.revisions.get(), code=other, start=0, end=4)
    page = as_dot.post(f"{PAGE}{theme.pk}/choose/{coding.pk}/", follow=True).content.decode()
    assert "Choose words that are coded" in page
    assert theme.passages.count() == 1


def test_words_of_someone_barred_are_not_shown(
    study: Study, hilary: User, priya: User, theme: Theme, waiting: Code, wren_transcript: Transcript
):
    """The same theme has fewer voices for who works with Wren."""
    revision = wren_transcript.revisions.get()
    apply_code(by=hilary, revision=revision, code=waiting, start=0, end=5)
    choose_passage(by=hilary, theme=theme, revision=revision, start=0, end=5)
    assert [len(shown.voices) for shown in themes_with_voices(study, hilary)] == [2]
    assert [len(shown.voices) for shown in themes_with_voices(study, priya)] == [1]


def test_a_pair_is_read_side_by_side(
    as_hilary: Client,
    study: Study,
    hilary: User,
    theme: Theme,
    alison_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
):
    """Who spoke to which theme, once both agree to be linked."""
    assert pair_matrix(study, hilary) == []
    link_pair(by=None, relationship=rowan_and_alison)
    [line] = pair_matrix(study, hilary)
    assert [(cell.one, cell.two) for cell in line.cells] == [(1, 0)]
    assert "Rowan only" in as_hilary.get(PAGE).content.decode()


def test_ties_are_sentences(as_hilary: Client, hilary: User, study: Study, theme: Theme):
    """Two themes and what the team agreed to say of them."""
    other = Theme.objects.create(study=study, name="Going first", idea="It came first.")
    tie_themes(by=hilary, one=other, other=theme, says="made room for")
    assert "made room for" in as_hilary.get(PAGE).content.decode()


def test_readers_of_findings_see_no_themes(as_fern: Client, theme: Theme):
    """Not the list, not one."""
    assert as_fern.get(PAGE).status_code == 404
    assert as_fern.get(f"{PAGE}{theme.pk}/").status_code == 404
