from datetime import date

from django.test import Client

from alongside.accounts.models import Study, User
from alongside.analysis.actions import add_code, ask_to_read, begin_workshop
from alongside.analysis.models import Act, Code, Coding, Reading, Workshop
from alongside.audit.models import Entry
from alongside.interviews.models import Transcript
from alongside.people.actions import add_person, link_user, record_relationship
from alongside.people.models import Declared, Person
from tests.support.workbench import on_coding, on_text, span

ROOM = "/s/six-months-on/analysis/"


def url(transcript: Transcript, pk: int | None = None) -> str:
    return f"{ROOM}transcripts/{transcript.pk}/workshops/" + (f"{pk}/" if pk else "")


def test_those_in_the_room_begin(
    as_hilary: Client, hilary: User, dot: User, rowan_transcript: Transcript, visitor: Coding
):
    """Whoever keeps the keyboard is there without saying so; the screen shows who is in the room."""
    answer = as_hilary.post(url(rowan_transcript), {"present": [dot.pk]})
    held = Workshop.objects.get()
    assert answer["Location"] == url(rowan_transcript, held.pk)
    assert (held.keeper, {*held.present.all()}) == (hilary, {hilary, dot})
    page = as_hilary.get(url(rowan_transcript, held.pk))
    assert page.context["bench"].data["workshop"] == held.pk
    for name in ("Hilary Banks", "Dot Ellison"):
        assert f'<span class="in-room">{name}</span>' in page.content.decode()
    assert Entry.objects.filter(verb="begin_workshop").count() == 1


def test_what_is_coded_there_is_the_teams_at_once(
    as_hilary: Client, as_dot: Client, hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript
):
    """A code, one that is named there, and one more on the same words: with who was in the room, until it is
    undone. Coding by oneself stays one’s own."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    there = span(rowan_transcript, "Not so bad", workshop=held.pk)
    on_text(as_hilary, rowan_transcript, "codings", **there, code=waiting.pk)
    first = Coding.objects.get()
    assert (first.workshop, first.adopted_by, first.coder) == (held, hilary, hilary)
    on_text(as_hilary, rowan_transcript, "codings", **there, name="Not worse")
    other = add_code(by=hilary, study=held.study, name="Better")
    on_coding(as_hilary, first, "copy", code=other.pk, workshop=held.pk)
    assert Coding.objects.filter(workshop=held, adopted__isnull=False).count() == 3
    on_text(as_hilary, rowan_transcript, "codings", **span(rowan_transcript, "visitor", code=waiting.pk))
    assert Coding.objects.filter(workshop=None, adopted=None).count() == 1
    page = as_dot.get(url(rowan_transcript))
    assert [(each.present, each.codings) for each in page.context["held"]] == [([dot, hilary], 3)]
    adopted = as_dot.get(f"{ROOM}transcripts/{rowan_transcript.pk}/adoption/").content.decode()
    assert adopted.count("in a workshop with Dot Ellison, Hilary Banks") == 3
    # The last of them was Hilary’s alone.
    for left in (3, 2, 1, 0):
        on_text(as_hilary, rowan_transcript, "undo")
        assert Coding.objects.filter(workshop=held, removed=None).count() == left


def test_ones_own_coding_is_made_the_teams_there(
    as_hilary: Client, hilary: User, dot: User, waiting: Code, visitor: Coding, rowan_transcript: Transcript
):
    """Once: asking again does nothing, and undoing gives it back; then it isn’t among what was decided."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    there = {"start": visitor.start, "end": visitor.end, "revision": 1, "workshop": held.pk}
    for _again in range(2):
        on_text(as_hilary, rowan_transcript, "codings", **there, code=waiting.pk)
    visitor.refresh_from_db()
    assert (visitor.workshop, visitor.adopted is None) == (held, False)
    assert Act.objects.filter(kind=Act.Kind.APPLY, key__isnull=False).count() == 1
    page = f"{url(rowan_transcript)}{held.pk}/"
    assert as_hilary.get(page).context["bench"].data["decided"] == [visitor.pk]
    on_text(as_hilary, rowan_transcript, "undo")
    visitor.refresh_from_db()
    assert (visitor.adopted, visitor.removed) == (None, None)
    assert as_hilary.get(page).context["bench"].data["decided"] == []


def test_only_who_may_read_it_is_in_the_room(
    as_hilary: Client, dot: User, priya: User, josef: User, wren_transcript: Transcript
):
    """Neither offered nor taken: who works with Wren, who doesn’t code, who hasn’t said if they know Wren."""
    Declared.objects.filter(user=dot).delete()
    page = as_hilary.get(url(wren_transcript))
    assert page.context["offered"] == []
    for someone in (dot, priya, josef):
        assert as_hilary.post(url(wren_transcript), {"present": [someone.pk]}).status_code == 422
    assert as_hilary.post(url(wren_transcript), {"nobody": "1"}).status_code == 422
    assert not Workshop.objects.exists()


def test_it_does_not_go_on_with_somebody_who_may_no_longer_read(
    as_hilary: Client, hilary: User, dot: User, rowan_transcript: Transcript
):
    """The page doesn’t say who that is."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    assert as_hilary.get(url(rowan_transcript, held.pk)).status_code == 200
    Declared.objects.filter(user=dot).delete()
    page = as_hilary.get(url(rowan_transcript, held.pk), follow=True).content.decode()
    assert "can’t go on as it was" in page
    assert "<b>Dot" not in page


def test_what_is_read_separately_waits(
    as_hilary: Client, hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript
):
    """None begins, and one that goes on stops until everyone has finished."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    ask_to_read(by=hilary, transcript=rowan_transcript, readers=[dot], mode=Reading.Mode.APART)
    assert as_hilary.post(url(rowan_transcript), {"present": [dot.pk]}).status_code == 422
    assert as_hilary.get(url(rowan_transcript, held.pk)).status_code == 302
    there = span(rowan_transcript, "Not so bad", workshop=held.pk, code=waiting.pk)
    assert on_text(as_hilary, rowan_transcript, "codings", **there).status_code == 422
    assert not Coding.objects.exists()


def test_a_workshop_is_opened_at_its_own_keyboard_alone(
    as_dot: Client, hilary: User, dot: User, waiting: Code, rowan_transcript: Transcript, wren_transcript
):
    """Others code for themselves; and one text’s workshop isn’t another’s."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    assert as_dot.get(url(rowan_transcript, held.pk)).status_code == 404
    there = span(rowan_transcript, "Not so bad", workshop=held.pk, code=waiting.pk)
    assert on_text(as_dot, rowan_transcript, "codings", **there).status_code == 422
    own = begin_workshop(by=dot, transcript=wren_transcript, present=[hilary])
    there["workshop"] = own.pk
    assert on_text(as_dot, rowan_transcript, "codings", **there).status_code == 422
    assert not Coding.objects.exists()


def test_beginning_another_ends_the_first(hilary: User, dot: User, rowan_transcript: Transcript):
    """One keyboard keeps one."""
    first = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    second = begin_workshop(by=hilary, transcript=rowan_transcript, present=[])
    first.refresh_from_db()
    assert (first.ended is None, second.ended) == (False, None)


def test_the_screen_shows_nothing_of_ones_own(
    as_hilary: Client, hilary: User, dot: User, rowan_transcript: Transcript
):
    """A private memo isn’t on it, nor where one wrote something."""
    memo = f"{ROOM}transcripts/{rowan_transcript.pk}/memo/"
    as_hilary.post(memo, {"words": "I am unsure of Dot here", "private": "on"})
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    page = as_hilary.get(url(rowan_transcript, held.pk))
    assert "unsure of Dot" not in page.content.decode()
    assert page.context["reading"]["memos"] == {}


def test_the_list_asks_as_much_for_many(
    as_hilary: Client, hilary: User, dot: User, rowan_transcript: Transcript, django_assert_max_num_queries
):
    """However many workshops there were."""
    for _each in range(6):
        begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    with django_assert_max_num_queries(30) as asked:
        as_hilary.get(url(rowan_transcript))
    begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    with django_assert_max_num_queries(len(asked)):
        as_hilary.get(url(rowan_transcript))


def test_what_one_is_kept_from_later_closes_ones_workshop(
    as_hilary: Client, hilary: User, dot: User, rowan: Person, study: Study, rowan_transcript: Transcript
):
    """Whoever turns out to work with Rowan finds neither the screen nor the list."""
    held = begin_workshop(by=hilary, transcript=rowan_transcript, present=[dot])
    herself = add_person(by=None, study=study, name="Hilary")
    link_user(by=None, person=herself, user=hilary)
    record_relationship(by=None, one=rowan, other=herself, started=date(2026, 1, 5))
    for page in (url(rowan_transcript), url(rowan_transcript, held.pk)):
        assert as_hilary.get(page).status_code == 404
    assert as_hilary.post(f"{url(rowan_transcript, held.pk)}end/").status_code == 404
