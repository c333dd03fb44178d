from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import acknowledge_agreement, plan_session, write_agreement
from alongside.training.models import (
    NOT_PRIVATE,
    Acknowledgement,
    Cohort,
    Enrolment,
    LearningAgreement,
    Revisit,
    Session,
)
from tests.support.editing import filled


@pytest.fixture
def first_version(group: Cohort) -> LearningAgreement:
    return write_agreement(
        by=None,
        cohort=group,
        clauses=["Anyone can pass.", "We begin on time."],
        written=timezone.now() - timedelta(days=14),
    )


def test_the_group_writes_its_agreement(as_carys: Client, study: Study, group: Cohort, session: Session):
    """A line each becomes a clause, and sessions to come cite the version."""
    url = reverse("training:write-agreement", args=[study.slug, group.pk])
    typed = {"clauses": "Anyone can pass.\n\n  Anyone can ask for a pause. ", "note": "All of us"}
    typed = {**filled(as_carys, url), **typed}
    assert as_carys.post(url, typed).status_code == 302
    written = LearningAgreement.objects.get()
    assert [clause.words for clause in written.clauses.all()] == [
        "Anyone can pass.",
        "Anyone can ask for a pause.",
    ]
    session.refresh_from_db()
    assert session.agreement == written


def test_a_held_session_keeps_the_version_it_was_held_under(
    first_version: LearningAgreement, group: Cohort, past_session: Session, session: Session
):
    """A later version is cited by sessions to come, not by those that were held."""
    assert past_session.agreement == first_version
    second = write_agreement(by=None, cohort=group, clauses=["Anyone can pass.", "Phones off."], note="Ewan")
    past_session.refresh_from_db()
    session.refresh_from_db()
    assert (past_session.agreement, session.agreement) == (first_version, second)


def test_versions_stand_beside_each_other(
    as_carys: Client, study: Study, group: Cohort, first_version: LearningAgreement
):
    """The page says what was added and what was taken out."""
    write_agreement(by=None, cohort=group, clauses=["Anyone can pass.", "Phones off."])
    page = as_carys.get(reverse("training:agreement", args=[study.slug, group.pk])).content.decode()
    assert "<ins>Phones off.</ins>" in page
    assert "<del>We begin on time.</del>" in page
    assert page.count("<ins>") == page.count("<del>") == 1


def test_an_empty_agreement_is_refused(as_carys: Client, study: Study, group: Cohort):
    """An agreement has at least one line."""
    answer = as_carys.post(
        reverse("training:write-agreement", args=[study.slug, group.pk]),
        {"clauses": " \n ", "may_pass": "Pass.", "not_private": "Harm."},
    )
    assert answer.status_code == 422
    assert not LearningAgreement.objects.exists()


def test_the_same_words_again_are_refused(group: Cohort, first_version: LearningAgreement):
    """Nothing changed makes no version."""
    with pytest.raises(ValidationError, match="words of version 1; nothing has changed"):
        write_agreement(by=None, cohort=group, clauses=["Anyone can pass.", "We begin on time. "])


def test_a_learner_has_read_it(
    client: Client, rowans_link: str, rowan_enrolled: Enrolment, first_version: LearningAgreement
):
    """A learner says so once; saying it again changes nothing."""
    url = reverse("training:my-agreement", kwargs={"token": rowans_link, "agreement": first_version.pk})
    assert client.post(url).status_code == client.post(url).status_code == 302
    assert Acknowledgement.objects.get().person == rowan_enrolled.person


def test_only_the_group_acknowledges(
    client: Client, rowans_link: str, wren: Person, first_version: LearningAgreement
):
    """Someone without a place finds no agreement there."""
    url = reverse("training:my-agreement", kwargs={"token": rowans_link, "agreement": first_version.pk})
    assert client.post(url).status_code == 404
    with pytest.raises(ValidationError, match="Only people in the group"):
        acknowledge_agreement(by=None, agreement=first_version, person=wren)


def test_a_session_planned_later_cites_the_version_in_force(
    first_version: LearningAgreement, group: Cohort, session: Session
):
    """A session planned after the agreement was written cites it at once."""
    local = session.local_start
    planned = plan_session(
        by=None,
        cohort=group,
        title="Next",
        on=local.date() + timedelta(days=7),
        starts=local.time(),
        ends=session.local_end.time(),
    )
    assert planned.agreement == first_version


def test_every_agreement_says_two_things(
    as_carys: Client, study: Study, group: Cohort, first_version: LearningAgreement
):
    """The right to pass, and what can't be kept private, stand in our words, in the reader's language."""
    page = as_carys.get(reverse("training:agreement", args=[study.slug, group.pk])).content.decode()
    assert "Anyone can pass, at any time." in page
    assert "someone may be at risk of serious harm" in page
    assert (first_version.own_may_pass, first_version.own_not_private) == ("", "")
    with translation.override("de"), translation.override("en-gb"):
        assert first_version.not_private == str(NOT_PRIVATE)


def test_the_group_says_them_its_own_way(
    as_carys: Client, study: Study, group: Cohort, first_version: LearningAgreement
):
    """Said anew, that makes a version, and stays in those that follow."""
    url = reverse("training:write-agreement", args=[study.slug, group.pk])
    assert as_carys.post(url, {**filled(as_carys, url), "may_pass": "Say “pass”."}).status_code == 302
    third = write_agreement(by=None, cohort=group, clauses=["Phones off."])
    assert (third.version, third.may_pass) == (3, "Say “pass”.")
    page = as_carys.get(reverse("training:agreement", args=[study.slug, group.pk])).content.decode()
    assert page.count("Said anew") == 1


@pytest.mark.parametrize("part", ["may_pass", "not_private"])
def test_neither_is_left_out(
    as_carys: Client, study: Study, group: Cohort, first_version: LearningAgreement, part: str
):
    """Left empty, the page says why not, and nothing is written."""
    url = reverse("training:write-agreement", args=[study.slug, group.pk])
    answer = as_carys.post(url, {**filled(as_carys, url), "clauses": "Phones off.", part: "  "})
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="Every agreement says this"):
        write_agreement(by=None, cohort=group, clauses=["Phones off."], **{part: " "})
    assert LearningAgreement.objects.count() == 1


def test_writing_the_next_version_is_coming_back_to_the_one_before(
    group: Cohort, first_version: LearningAgreement
):
    """The first version is no coming back to anything; the second is."""
    assert not Revisit.objects.exists()
    write_agreement(by=None, cohort=group, clauses=["Phones off."], note="Asked for by two of us")
    revisit = Revisit.objects.get()
    assert (revisit.agreement, revisit.note) == (first_version, "Asked for by two of us")


def test_it_is_shown_at_each_session_in_the_version_that_stood(
    as_carys: Client, client: Client, study: Study, group: Cohort, first_version: LearningAgreement,
    past_session: Session, session: Session, rowan_enrolled: Enrolment, rowans_link: str,
):  # fmt: skip
    """On a session's own page, and on the learner's: what may be passed over, and what can't be kept."""
    write_agreement(by=None, cohort=group, clauses=["Phones off."], may_pass="Say “pass”.")
    held = as_carys.get(reverse("training:session", args=[study.slug, past_session.pk])).content.decode()
    assert "We begin on time." in held
    assert "Anyone can pass, at any time." in held
    assert "Phones off." not in held
    mine = client.get(reverse("training:my-sessions", kwargs={"token": rowans_link})).content.decode()
    assert "Say “pass”." in mine
    assert "risk of serious harm" in mine


def test_a_group_that_has_written_none_yet_has_its_page(as_carys: Client, study: Study, group: Cohort):
    """Before the first session there is nothing to show, and a way to write it."""
    page = as_carys.get(reverse("training:agreement", args=[study.slug, group.pk]))
    assert page.status_code == 200
    assert reverse("training:write-agreement", args=[study.slug, group.pk]) in page.content.decode()
