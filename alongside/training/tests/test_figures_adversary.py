"""What a commissioner can work out who keeps every release, knows the rule, and reads all of it together."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.disclosure import HELD, LARGEST_SMALL, PROMISE, bounds, told
from alongside.training.queries import Figures, as_told

KINDS = ("uses_services", "practitioner", "carer", "peer_trainer", "own_words")
STEPS = ("course", "volunteering", "peer_work", "study", "work", "group", "other")
# What everybody knows to be so of the figures of one period: the first is never more than the second.
KNOWN = [
    ("learners", "enrolments"),
    ("completed", "enrolments"),
    *((f"kind_{kind}", "learners") for kind in KINDS),
]
Ranges = dict[str, tuple[int, int]]


@st.composite
def worlds(draw: st.DrawFn) -> Figures:
    """The true figures of a period of any college, from empty to large."""
    learners = draw(st.integers(0, 60))
    enrolments = learners + draw(st.integers(0, 20)) if learners else 0
    expected = draw(st.integers(0, 900))
    sessions = draw(st.integers(0, 40))
    return Figures(
        learners=learners,
        enrolments=enrolments,
        attended=draw(st.integers(0, expected)),
        expected=expected,
        completed=draw(st.integers(0, enrolments)),
        sessions=sessions,
        co_delivered=draw(st.integers(0, sessions)),
        kinds={kind: draw(st.integers(0, learners)) for kind in KINDS},
        steps={step: draw(st.integers(0, 40)) for step in STEPS},
    )


def worked_out(release: dict[str, int]) -> Ranges:
    """The narrowest range of each count of people that fits all that was told, by all that is known."""
    people = [key for key in release if key not in ("sessions", "co_delivered") and "_share" not in key]
    low, high = bounds([release[key] for key in people])
    ranges = {key: (int(a), int(b)) for key, a, b in zip(people, low, high, strict=True)}
    for _round in range(len(KNOWN)):
        for less, more in KNOWN:
            (a, b), (c, d) = ranges[less], ranges[more]
            ranges[less], ranges[more] = (a, min(b, d)), (max(a, c), d)
    return ranges


def true_counts(world: Figures) -> dict[str, int]:
    flat = {key: value for key, value in asdict(world).items() if isinstance(value, int)}
    flat |= {f"kind_{kind}": count for kind, count in world.kinds.items()}
    return flat | {f"step_{step}": count for step, count in world.steps.items()}


@given(worlds())
def test_every_count_of_people_stays_one_of_at_least_five(world: Figures):
    """After all that is told of a period is read together; and the truth is always among them."""
    release = as_told(world)
    truth = true_counts(world)
    for key, (low, high) in worked_out(release).items():
        assert low <= truth[key] <= high
        assert high - low + 1 >= PROMISE, key


@given(worlds())
def test_a_held_count_stays_anything_from_none_to_seven(world: Figures):
    """No total, sibling or percentage narrows down what was held back."""
    release = as_told(world)
    ranges = worked_out(release)
    held = [key for key in ranges if release[key] == HELD]
    assert all(ranges[key] == (0, LARGEST_SMALL) for key in held)


@given(worlds(), st.data())
def test_one_person_more_pins_nobody(world: Figures, data: st.DataObject):
    """Of two worlds that differ in one person, each cell of a release is either the same or could come of at
    least five counts in each: no cell by itself tells which of the two it was."""
    kinds = data.draw(st.sets(st.sampled_from(KINDS)))
    steps = data.draw(st.sets(st.sampled_from(STEPS)))
    more = replace(
        world,
        learners=world.learners + 1,
        enrolments=world.enrolments + 1,
        completed=world.completed + data.draw(st.integers(0, 1)),
        kinds={kind: count + (kind in kinds) for kind, count in world.kinds.items()},
        steps={step: count + (step in steps) for step, count in world.steps.items()},
    )
    for one, truth in ((as_told(world), true_counts(world)), (as_told(more), true_counts(more))):
        for key in worked_out(one):
            (low,), (high,) = bounds([one[key]])
            alike = [count for count in range(int(low), int(high) + 1) if told([count]) == one[key]]
            assert truth[key] in alike
            assert len(alike) >= PROMISE
    # Of somebody whom one figure would single out, being there and not being there is told alike.
    alone = replace(world, steps={**world.steps, "work": 0})
    assert as_told(alone) == as_told(replace(alone, steps={**world.steps, "work": 1}))


@given(worlds())
def test_percentages_add_nothing(world: Figures):
    """Worlds of which the counts are told alike, true ones or not, have the same percentages."""
    rounded = {key: int(told([value])[0]) for key, value in true_counts(world).items()}
    if HELD in (rounded["enrolments"], rounded["completed"]):
        assert as_told(world)["completed_share"] == HELD
    elif rounded["completed"] <= rounded["enrolments"]:
        alike = replace(world, enrolments=rounded["enrolments"], completed=rounded["completed"])
        assert as_told(alike)["completed_share"] == as_told(world)["completed_share"]


@given(st.lists(worlds(), min_size=2, max_size=4))
def test_releases_side_by_side_tell_no_more(periods: list[Figures]):
    """No two share a day, no place counts in two of them (`test_a_place_counts_in_one_release`), and no sum
    over several is ever told: what is known of one says nothing of another, and each keeps what it had."""
    together = [worked_out(as_told(world)) for world in periods]
    assert together == [worked_out(as_told(world)) for world in periods[::-1]][::-1]
    running_on = {key for world in periods for key in as_told(world) if "total" in key or "so_far" in key}
    assert running_on == set()


@pytest.mark.parametrize("sessions", [4, 8, 12])
def test_the_number_of_sessions_does_not_give_the_learners_away(sessions: int):
    """Everybody knows how many there were: were the marks told too, dividing would count the group."""
    base = Figures(12, 12, 12 * sessions, 12 * sessions, 12, sessions, sessions, {}, {})
    same = [
        as_told(
            replace(
                base,
                learners=n,
                enrolments=n,
                completed=n,
                attended=n * sessions,
                expected=n * sessions,
            )
        )
        for n in range(8, 13)
    ]
    shares = [each.pop("attendance_share") for each in same]
    assert all(each == same[0] for each in same)
    assert set(shares) <= {HELD, 100}
