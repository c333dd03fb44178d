from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.models import Study
from alongside.people.models import Person
from alongside.training.actions import acknowledge_agreement, plan_session, write_agreement
from alongside.training.models import Acknowledgement, Cohort, Enrolment, LearningAgreement, Session


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
        reverse("training:write-agreement", args=[study.slug, group.pk]), {"clauses": " \n "}
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
