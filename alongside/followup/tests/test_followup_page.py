import numpy as np
from django.test import Client
from django.urls import reverse

from alongside.accounts.models import Study, User
from alongside.followup.actions import anchor_timepoints, record_response
from alongside.followup.models import InstrumentVersion, Timepoint
from alongside.followup.queries import due, group_changes, paired_scores, timeline
from alongside.people.models import Participant, Person, Purpose


def page_of(client: Client, study: Study) -> str:
    return client.get(reverse("followup:followup", args=[study.slug])).content.decode()


def test_the_windows_and_who_is_due(
    as_hannah: Client, study: Study, anchored, questions: InstrumentVersion, now_of, rowan_as_participant
):
    """Each time with how many have it, answered and can be asked; and who is due, by code."""
    record_response(by=None, instance=now_of(rowan_as_participant), version=questions, answers=[1, 1, "x"])
    page = page_of(as_hannah, study)
    assert "1 of 3 answered" in page
    assert "2 can be asked now" in page
    assert page.count('How it is between us<span class="unseen">, P0') >= 2


def test_names_only_for_whoever_may_see_them(
    as_hannah: Client, hannah: User, study: Study, anchored, questions: InstrumentVersion
):
    """Names stand beside codes for those who may see identities, and are not even read for others."""
    assert '<td data-label="Name">Rowan</td>' in page_of(as_hannah, study)
    assert {each.name for each in due(study, hannah)} == {""}


def test_whoever_stopped_is_not_due(
    as_hannah: Client, study: Study, anchored, questions, rowan: Person, rowan_as_participant, stops
):
    """Nobody who stopped answering questions is asked again."""
    stops(rowan, Purpose.QUESTIONNAIRES)
    assert 'How it is between us<span class="unseen">, P01' not in page_of(as_hannah, study)


def test_the_page_reads_everyone_at_once(
    as_hannah: Client,
    study: Study,
    protocol,
    cohort,
    questions,
    people_with_codes,
    django_assert_max_num_queries,
):
    """Thirty people take no more queries than three."""
    people_with_codes(3)
    anchor_timepoints(by=None, protocol=protocol, cohort=cohort)
    with django_assert_max_num_queries(40) as few:
        page_of(as_hannah, study)
    people_with_codes(27)
    anchor_timepoints(by=None, protocol=protocol, cohort=cohort)
    with django_assert_max_num_queries(len(few)):
        page_of(as_hannah, study)


def test_change_is_of_those_who_answered_twice(
    study: Study,
    hannah: User,
    priya: User,
    enrolled: list[Participant],
    now_of,
    questions: InstrumentVersion,
):
    """Arrays come paired; who answered once is NaN in them and in no mean. The firewall holds here too."""
    rowan, alison, wren = enrolled
    once = [(alison, "Before", 2)]
    twice = [(rowan, "Before", 1), (rowan, "Now", 3), (wren, "Before", 0), (wren, "Now", 0)]
    for participant, time, answer in [*once, *twice]:
        record_response(
            by=None,
            instance=now_of(participant, time),
            version=questions,
            answers=[answer, 2, "x"],
            override="For the test",
        )
    before, after = (Timepoint.objects.get(name=name) for name in ("Before", "Now"))
    first, second = paired_scores(study, hannah, questions, before, after)
    assert sorted(first) == [2, 3, 4]
    assert sorted(second[~np.isnan(second)] - first[~np.isnan(second)]) == [0, 2]
    assert first[np.isnan(second)].tolist() == [4]
    [change] = group_changes(study, hannah, timeline(study, hannah).stages)
    assert (change.change.people, change.change.higher, change.change.same) == (2, 1, 1)
    [seen_by_priya] = group_changes(study, priya, timeline(study, priya).stages)
    assert seen_by_priya.change.people == 1


def test_the_front_page_hears(as_hannah: Client, study: Study, anchored, questions):
    """One sentence of where it stands, and who can be asked."""
    assert as_hannah.get(reverse("followup:summary", args=[study.slug])).content.decode().strip() == (
        "Now: 0 of 3 have answered"
    )
    told = as_hannah.get(reverse("followup:todo", args=[study.slug])).content.decode()
    assert "3 people can be asked: Now" in told


def test_an_empty_study_says_how_to_begin(as_hannah: Client, study: Study):
    """Without dates there is nothing to do, and a page that says what to do first."""
    assert "Nobody has dates yet" in page_of(as_hannah, study)
    assert as_hannah.get(reverse("followup:todo", args=[study.slug])).content.decode().strip() == ""
    assert (
        "Nobody has dates yet"
        in as_hannah.get(reverse("followup:summary", args=[study.slug])).content.decode()
    )


def test_a_facilitator_sees_no_answers(as_carys: Client, study: Study):
    """Follow-up is closed to facilitators."""
    assert as_carys.get(reverse("followup:followup", args=[study.slug])).status_code == 404
