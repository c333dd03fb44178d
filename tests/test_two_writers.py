"""Two who change one thing at the same time, on every page that changes something that is there."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from alongside.accounts.editing import Editing
from alongside.accounts.models import Study, User
from alongside.followup.actions import publish_version
from alongside.followup.models import Instrument, InstrumentVersion
from alongside.followup.typed import NewItem
from alongside.interviews.actions import write_guide
from alongside.interviews.models import Guide
from alongside.people.actions import link_user
from alongside.people.models import Participant, Person, WorkingRelationship
from alongside.reporting.actions import drop_section, write_section
from alongside.reporting.forms import ChangeSectionForm
from alongside.reporting.models import Report, Section
from alongside.training.actions import create_programme
from tests.support.asked import knows_nobody
from tests.support.editing import as_shown, filled
from tests.support.edits import AS_A_WHOLE, EDITS, Edit
from tests.support.world import World, key, one_of_everything


@pytest.fixture
def world(
    study: Study,
    founder: User,
    rowan: Person,
    rowan_as_participant: Participant,
    alison_as_participant: Participant,
    wren_as_participant: Participant,
    rowan_and_alison: WorkingRelationship,
) -> World:
    """One of everything about Rowan."""
    things = one_of_everything(study, rowan, rowan_as_participant, by=founder, other=alison_as_participant)
    unopened = create_programme(by=None, study=study, title="Telling and keeping back")
    knows_nobody(founder, study)
    others = {"relationship": rowan_and_alison, "wren": wren_as_participant, "unopened": unopened}
    return {**things, **others}


@pytest.fixture
def url(edit: Edit, world: World, rowan: Person, founder: User) -> str:
    """Of the edit's page; where it is a person's own, the founder signs in as Rowan."""
    if edit.own:
        link_user(by=None, person=rowan, user=founder)
    nouns = edit.nouns if edit.page == "accounts:account" else ("study", *edit.nouns)
    return reverse(edit.page, args=[key(world[noun]) for noun in nouns]) + edit.query


def said_by_each(edit: Edit, world: World) -> list[str]:
    return [key(world[says]) if says in world else says for says in edit.says]


each_edit = pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.page)


@each_edit
def test_what_both_changed_is_shown_before_it_is_saved(
    edit: Edit, url: str, world: World, as_founder: Client
):
    """Nothing is saved, both texts are on the page, mine is in its box; saving again saves it."""
    theirs, mine = said_by_each(edit, world)
    before = filled(as_founder, url)
    assert as_founder.post(url, {**before, edit.both: theirs}).status_code == 302
    refused = as_founder.post(url, {**before, edit.both: mine})
    page = unescape(refused.content.decode())
    assert refused.status_code == 409
    assert "while you were writing" in page
    assert page.index("Now it says") < page.index("You wrote")
    again = as_shown(refused.context["form"])
    assert again[edit.both] in (mine, mine.strip(), [mine])
    held = as_shown(as_founder.get(url).context["form"])
    assert held[edit.both] in (theirs, theirs.strip(), [theirs])
    assert as_founder.post(url, again).status_code == 302
    assert filled(as_founder, url)[edit.both] in (mine, mine.strip(), [mine])


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.other], ids=lambda edit: edit.page)
def test_what_only_one_of_them_changed_is_kept(edit: Edit, url: str, world: World, as_founder: Client):
    """Neither writes over the other, and the second is told what else changed."""
    before = filled(as_founder, url)
    assert as_founder.post(url, {**before, edit.other: edit.other_says}).status_code == 302
    said = as_founder.post(url, {**before, edit.both: edit.says[0]}, follow=True)
    assert said.status_code == 200
    after = filled(as_founder, url)
    assert after[edit.both] in (edit.says[0], edit.says[0].strip())
    assert after[edit.other] in (edit.other_says, [edit.other_says])
    assert "somebody else changed this" in unescape(said.content.decode())


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.other], ids=lambda edit: edit.page)
def test_a_refusal_writes_over_nothing_the_second_time(
    edit: Edit, url: str, world: World, as_founder: Client
):
    """What only the other changed is in its box when the page comes back, and is saved with it."""
    before = filled(as_founder, url)
    theirs = {**before, edit.other: edit.other_says, edit.both: edit.says[0]}
    assert as_founder.post(url, theirs).status_code == 302
    refused = as_founder.post(url, {**before, edit.both: edit.says[1]})
    assert refused.status_code == 409
    assert as_founder.post(url, as_shown(refused.context["form"])).status_code == 302
    assert filled(as_founder, url)[edit.other] in (edit.other_says, [edit.other_says])


@each_edit
def test_a_form_without_a_seal_writes_over_nothing(edit: Edit, url: str, world: World, as_founder: Client):
    """Sent by something else than the page, or with a seal that is broken: what stands is shown first."""
    before = filled(as_founder, url)
    theirs, mine = said_by_each(edit, world)
    assert as_founder.post(url, {**before, edit.both: theirs}).status_code == 302
    for seal in ("", "broken", before["seen"] + "x"):
        assert as_founder.post(url, {**before, edit.both: mine, "seen": seal}).status_code == 409


def forms(of: type[Editing] = Editing) -> Iterator[str]:
    """Those that a page shows: what others are made from is none."""
    for each in of.__subclasses__():
        if not each.__subclasses__():
            yield each.__name__
        yield from forms(each)


def test_every_form_that_changes_something_is_walked():
    """A new one has to say here how two meet on it."""
    assert {edit.form for edit in EDITS} | AS_A_WHOLE == set(forms())


def test_a_version_of_a_guide_is_not_written_over(study: Study, founder: User, as_founder: Client):
    """The page shows both guides, and saving again makes mine the version after theirs."""
    guide = write_guide(by=founder, study=study, title="Guide", questions=[("How was it?", "", "")])
    url = reverse("interviews:write-guide", args=[study.slug]) + f"?next={guide.pk}"
    before = filled(as_founder, url)
    assert as_founder.post(url, {**before, "wording_1": "How did it begin?"}).status_code == 302
    refused = as_founder.post(url, {**before, "wording_2": "And now?"})
    assert refused.status_code == 409
    page = unescape(refused.content.decode())
    assert "<mark>did</mark>" in page
    assert "How did it begin?" in "".join(piece.words for piece in refused.context["form"].clash.now)
    assert Guide.objects.count() == 2
    assert as_founder.post(url, as_shown(refused.context["form"])).status_code == 302
    assert [q.wording for q in Guide.objects.get(version=3).questions.all()] == ["How was it?", "And now?"]


def test_a_version_of_questions_is_not_written_over(study: Study, founder: User, as_founder: Client):
    """Whoever writes the next version sees the one that came in between."""
    instrument = Instrument.objects.create(study=study, name="Ours", licence="CC0")
    publish_version(by=founder, instrument=instrument, items=[NewItem("I am heard.")])
    url = reverse("followup:publish-version", args=[study.slug, instrument.pk])
    before = filled(as_founder, url)
    publish_version(by=founder, instrument=instrument, items=[NewItem("I am asked.")])
    rows = {"items-TOTAL_FORMS": 1, "items-INITIAL_FORMS": 0, "items-0-wording": "I am seen."}
    rows |= {"items-0-kind": "scale", "items-0-lowest": 0, "items-0-highest": 4}
    refused = as_founder.post(url, {**before, **rows})
    assert refused.status_code == 409
    assert "I am <mark>asked.</mark>" in unescape(refused.content.decode())
    assert as_founder.post(url, {**rows, **as_shown(refused.context["form"])}).status_code == 302
    assert InstrumentVersion.objects.get(number=3).items.get().wording == "I am seen."


def test_what_was_taken_away_keeps_the_words_on_the_page(report: Report, hilary: User):
    """The section goes between opening the page and saving: what was written is still there to copy."""
    section = report.sections.get()
    form = ChangeSectionForm(QueryDict("heading=Chairs&body=With+arms"), thing=section)
    drop_section(by=hilary, section=Section.objects.get())
    assert form.do(write_section, by=hilary, section=section) is False
    assert form.status == 409
    assert "took this away while you were writing" in str(form.errors)
    assert form["body"].value() == "With arms"


def test_somebody_elses_name_stands_beside_a_clash(
    report: Report, hilary: User, as_hilary: Client, as_dot: Client
):
    """By whom and when, from the audit."""
    url = reverse("reporting:write-section", args=[report.study.slug, report.sections.get().pk])
    before = filled(as_hilary, url)
    as_dot.post(url, {**filled(as_dot, url), "body": "A gap is left."})
    page = unescape(as_hilary.post(url, {**before, "body": "A gap is kept."}).content.decode())
    assert "Changed by Dot Ellison on" in page
    assert "A gap is <mark>left.</mark>" in page
    assert "A gap is <mark>kept.</mark>" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other", "outcomes"),
    [
        ({"heading": "Chairs"}, {"body": "With arms"}, [200, 200]),
        ({"heading": "Chairs"}, {"heading": "Arms"}, [200, 409]),
    ],
    ids=["two questions", "one question"],
)
def test_in_the_same_moment(
    one: dict[str, str], other: dict[str, str], outcomes: list[int], report: Report, hilary: User
):
    """Compared under a lock: both are kept, or the second is shown the first."""
    pk = report.sections.get().pk
    shown = as_shown(ChangeSectionForm(thing=Section.objects.get(pk=pk)))
    ready = Barrier(2)

    def save(changes: dict[str, str]) -> int:
        section = Section.objects.get(pk=pk)
        sent = QueryDict(mutable=True)
        sent.update({**shown, **changes})
        form = ChangeSectionForm(sent, thing=section)
        assert form.is_valid()
        ready.wait()
        try:
            form.do(write_section, by=hilary, section=section)
        finally:
            connection.close()
        return form.status

    with ThreadPoolExecutor(max_workers=2) as threads:
        assert sorted(threads.map(save, (one, other))) == outcomes
    section = Section.objects.get(pk=pk)
    wrote = {"heading": section.heading, "body": section.body}
    if outcomes == [200, 200]:
        assert wrote == {**one, **other}
    else:
        assert section.heading in (one["heading"], other["heading"])
