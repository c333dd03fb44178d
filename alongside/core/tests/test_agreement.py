"""What holds of every coefficient, and what is refused."""

import itertools

import numpy as np
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from alongside.core import agreement
from alongside.core.arrays import FloatArray
from alongside.core.tests.examples import given

TABLES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0, 2.0, 3.0, np.nan]))
)
FULL_TABLES = hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=8).flatmap(
    lambda shape: hnp.arrays(np.float64, shape, elements=st.sampled_from([0.0, 1.0, 2.0]))
)
PAIRS = st.integers(1, 12).flatmap(
    lambda n: hnp.arrays(np.float64, (2, n), elements=st.sampled_from([0.0, 1.0, 2.0, np.nan]))
)
OF_TWO = [agreement.percent, agreement.cohen_kappa, agreement.scott_pi, agreement.krippendorff_alpha]


def same(a: float, b: float) -> bool:
    return a == pytest.approx(b, abs=1e-9, nan_ok=True)


def alpha_by_hand(ratings: FloatArray) -> float:
    """Nominal alpha straight from its definition: disagreeing pairs within units against all pairs."""
    units = [column[~np.isnan(column)] for column in ratings.T]
    units = [unit for unit in units if unit.size > 1]
    pool = np.concatenate(units) if units else np.empty(0)
    within = sum(sum(a != b for a, b in itertools.permutations(unit, 2)) / (unit.size - 1) for unit in units)
    anywhere = sum(a != b for a, b in itertools.permutations(pool, 2))
    return 1 - within * (pool.size - 1) / anywhere if anywhere else float("nan")


@given(TABLES)
def test_alpha_is_its_definition(ratings: FloatArray) -> None:
    """Alpha by coincidence tables is alpha by counting pairs one by one."""
    assert same(agreement.krippendorff_alpha(ratings), alpha_by_hand(ratings))


@given(TABLES, st.randoms(use_true_random=False))
def test_order_does_not_matter(ratings: FloatArray, random: object) -> None:
    """Neither the order of coders nor that of units changes alpha or the agreement."""
    rng = np.random.default_rng(random.getrandbits(32))  # type: ignore[attr-defined]
    shuffled = rng.permutation(rng.permutation(ratings, axis=0), axis=1)
    assert same(agreement.percent(ratings), agreement.percent(shuffled))
    assert same(agreement.krippendorff_alpha(ratings), agreement.krippendorff_alpha(shuffled))


@pytest.mark.parametrize("coefficient", OF_TWO)
@given(ratings=PAIRS)
def test_coders_may_be_exchanged_and_values_renamed(coefficient, ratings: FloatArray) -> None:
    """Coefficients for names know neither who came first nor what the numbers are."""
    value = coefficient(ratings)
    assert same(value, coefficient(ratings[::-1]))
    assert same(value, coefficient(7 - 3 * ratings))
    assert np.isnan(value) or value <= 1 + 1e-12


@pytest.mark.parametrize("coefficient", OF_TWO)
@given(ratings=PAIRS, data=st.data())
def test_sizes_are_repeated_columns(coefficient, ratings: FloatArray, data: st.DataObject) -> None:
    """A column of size 3 is the same as that column three times."""
    sizes = data.draw(hnp.arrays(np.int64, ratings.shape[1], elements=st.integers(1, 4)))
    assert same(coefficient(ratings, sizes=sizes), coefficient(np.repeat(ratings, sizes, axis=1)))


@given(FULL_TABLES, st.data())
def test_sizes_are_repeated_columns_for_groups(ratings: FloatArray, data: st.DataObject) -> None:
    """The same for the coefficients of several coders."""
    sizes = data.draw(hnp.arrays(np.int64, ratings.shape[1], elements=st.integers(1, 4)))
    repeated = np.repeat(ratings, sizes, axis=1)
    assert same(agreement.conger_kappa(ratings, sizes=sizes), agreement.conger_kappa(repeated))
    one, other = agreement.fleiss_kappa(ratings, sizes=sizes), agreement.fleiss_kappa(repeated)
    assert same(one.value, other.value)
    assert same(one.z, other.z)
    assert one.value_kappas == pytest.approx(other.value_kappas, nan_ok=True)


@given(FULL_TABLES)
def test_of_two_coders_the_group_kappas_are_the_pair_s(ratings: FloatArray) -> None:
    """Conger's and Light's are Cohen's, Fleiss's is Scott's pi."""
    two = ratings[:2]
    assert same(agreement.conger_kappa(two), agreement.cohen_kappa(two))
    assert same(agreement.light_kappa(two).value, agreement.cohen_kappa(two))
    assert same(agreement.fleiss_kappa(two).value, agreement.scott_pi(two))


@given(PAIRS)
def test_weighted_kappa_with_equal_weights_is_kappa(ratings: FloatArray) -> None:
    """Every disagreement counted 1, or counted 5, is no weighting."""
    flat = 5 * (1 - np.eye(3))
    assert same(agreement.weighted_kappa(ratings, [0, 1, 2], flat), agreement.cohen_kappa(ratings))


@given(TABLES)
def test_quadratic_distances_are_the_interval_level(ratings: FloatArray) -> None:
    """On a scale of whole steps, alpha with squared distances is interval alpha."""
    weighted = agreement.weighted_alpha(ratings, [0, 1, 2, 3], agreement.quadratic_distances(4))
    assert same(weighted, agreement.krippendorff_alpha(ratings, "interval"))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_perfect_agreement_is_one(level: agreement.Level) -> None:
    """Coders who use two values alike agree perfectly."""
    ratings = [[0, 1, 1, 0], [0, 1, 1, 0], [0, 1, np.nan, 0]]
    assert agreement.krippendorff_alpha(ratings, level) == 1
    assert agreement.cohen_kappa(ratings[:2]) == 1
    assert agreement.fleiss_kappa(ratings[:2]).value == 1


def test_a_code_nobody_used_has_no_coefficient() -> None:
    """With one value throughout chance explains everything: undefined, not 0 and not 1."""
    unused = np.zeros((3, 5))
    assert np.isnan(agreement.krippendorff_alpha(unused))
    assert np.isnan(agreement.cohen_kappa(unused[:2]))
    assert np.isnan(agreement.scott_pi(unused[:2]))
    assert np.isnan(agreement.conger_kappa(unused))
    assert np.isnan(agreement.fleiss_kappa(unused).value)
    assert np.isnan(agreement.fleiss_kappa(unused).z)
    assert agreement.light_kappa(unused) == agreement.LightKappa(
        value=pytest.approx(np.nan, nan_ok=True), defined=0, undefined=3
    )
    assert agreement.percent(unused) == 1


def test_nothing_rated_twice_has_no_coefficient() -> None:
    """Without a unit that two coders rated there is nothing to compare."""
    ratings = [[1, np.nan, 0], [np.nan, 1, np.nan]]
    for coefficient in OF_TWO:
        assert np.isnan(coefficient(ratings))
    assert np.isnan(agreement.bennett_s(ratings, values=2))
    assert np.isnan(agreement.percent(np.empty((2, 0))))
    assert np.isnan(agreement.fleiss_kappa(np.empty((2, 0))).value)


def test_light_leaves_undefined_pairs_out_and_counts_them() -> None:
    """Coders two and three used one value only; their pair has no kappa."""
    light = agreement.light_kappa([[0, 1, 0, 1], [0, 0, 0, 0], [0, 0, 0, 0]])
    assert (light.value, light.defined, light.undefined) == (0, 2, 1)


def test_words_are_numbered_jointly_and_gaps_kept() -> None:
    """One number a word for all coders, `nan` where a coder said nothing."""
    numbers, words = agreement.as_numbers([["hope", None, "fear"], ["fear", "hope", "hope"]])
    assert words == ["hope", "fear"]
    assert numbers == pytest.approx(np.array([[0, np.nan, 1], [1, 0, 0]]), nan_ok=True)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: agreement.percent([["hope", "fear"], ["hope", "hope"]]), "as_numbers"),
        (lambda: agreement.percent([0, 1]), "table of coders by units"),
        (lambda: agreement.percent([[0, 1]]), "at least two coders; got 1"),
        (lambda: agreement.percent([[0, np.inf], [0, 1]]), "finite"),
        (lambda: agreement.cohen_kappa(np.zeros((3, 2))), "compares 2 coders; got 3"),
        (lambda: agreement.cohen_kappa(np.zeros((2, 2)), sizes=[1]), "2 whole numbers"),
        (lambda: agreement.cohen_kappa(np.zeros((2, 2)), sizes=[1, 0]), "of 1 or more"),
        (lambda: agreement.bennett_s([[0, 1, 2], [0, 1, 2]], values=2), r"they used \(3\); got 2"),
        (lambda: agreement.weighted_kappa([[0, 4], [0, 1]], [0, 1], np.zeros((2, 2))), "hold 4"),
        (lambda: agreement.weighted_kappa([[0, 1], [0, 1]], [0, 1], np.zeros((3, 3))), "2 by 2"),
        (lambda: agreement.weighted_kappa([[0, 1], [0, 1]], [0, 1], [[0, 1], [2, 0]]), "both ways"),
        (lambda: agreement.krippendorff_alpha([[0, 1], [0, 1]], values=[1, 1]), "different numbers"),
        (lambda: agreement.krippendorff_alpha([[-1, 1], [0, 1]], "ratio"), "not be negative; got -1"),
        (lambda: agreement.krippendorff_alpha([[0, 1], [0, 1]], "cardinal"), "got 'cardinal'"),
        (lambda: agreement.fleiss_kappa([[0, 1], [0, 1], [0, np.nan]]), "have 2 or 3 ratings"),
        (lambda: agreement.conger_kappa([[0, np.nan], [0, 1]]), "rated every unit"),
        (lambda: agreement.as_numbers([["a", "b"], ["a"]]), r"rows of \[1, 2\] words"),
    ],
)
def test_bad_ratings_get_a_sentence(call, sentence: str) -> None:
    """What was expected and what came, before anything is computed."""
    with pytest.raises(ValueError, match=sentence):
        call()


class TestIntervals:
    """Bootstrap intervals over units or blocks of units."""

    RATINGS = np.random.default_rng(7).integers(0, 2, (2, 60)).astype(np.float64)

    def test_an_interval_holds_its_coefficient_and_is_reproducible(self) -> None:
        """The same seed gives the same bounds, and the plain coefficient lies between them."""
        one, other = (
            agreement.alpha_interval(self.RATINGS, rng=np.random.default_rng(3), resamples=500) for _ in "ab"
        )
        assert one == other
        assert one.value == pytest.approx(agreement.krippendorff_alpha(self.RATINGS))
        assert one.low < one.value < one.high
        kappa = agreement.kappa_interval(self.RATINGS, rng=np.random.default_rng(3), resamples=500)
        assert kappa.value == pytest.approx(agreement.cohen_kappa(self.RATINGS))
        assert kappa.low < kappa.value < kappa.high

    def test_units_that_belong_together_are_drawn_together(self) -> None:
        """Two hundred units in tens of the same are worth twenty: drawn as blocks, the interval is wider."""
        repeated = np.repeat(self.RATINGS[:, :20], 10, axis=1)
        blocks = np.repeat(np.arange(20), 10)
        single, blocked = (
            agreement.alpha_interval(repeated, rng=np.random.default_rng(5), blocks=b) for b in (None, blocks)
        )
        assert blocked.high - blocked.low > 2 * (single.high - single.low)

    def test_blocks_of_sized_columns_are_blocks_of_single_units(self) -> None:
        """Two ways of saying the same give the same interval."""
        sizes, blocks = np.full(60, 4), np.repeat(np.arange(15), 4)
        for interval in (agreement.alpha_interval, agreement.kappa_interval):
            short = interval(self.RATINGS, rng=np.random.default_rng(1), sizes=sizes, blocks=blocks)
            long = interval(
                np.repeat(self.RATINGS, 4, axis=1), rng=np.random.default_rng(1), blocks=np.repeat(blocks, 4)
            )
            assert (short.low, short.high) == pytest.approx((long.low, long.high))

    def test_a_code_used_once_has_resamples_without_coefficient(self) -> None:
        """A unit drawn by chance in only some resamples: those without it are counted, not guessed."""
        ratings = np.zeros((2, 30))
        ratings[:, 4] = 1
        interval = agreement.kappa_interval(ratings, rng=np.random.default_rng(2), resamples=300)
        assert 0 < interval.undefined < 150
        assert (interval.value, interval.low, interval.high) == (1, 1, 1)

    def test_an_undefined_coefficient_has_no_bounds(self) -> None:
        """Nobody used the code: no value, no bounds, every resample undefined."""
        interval = agreement.alpha_interval(np.zeros((2, 9)), rng=np.random.default_rng(2), resamples=50)
        assert np.isnan([interval.value, interval.low, interval.high]).all()
        assert interval.undefined == 50

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ({"blocks": np.zeros(60, dtype=int)}, "at least two units or blocks to draw from; got 1"),
            ({"blocks": [1, 2]}, "each of the 60 units; got 2"),
            ({"confidence": 95}, "got 95"),
            ({"resamples": 0}, "at least one resample"),
        ],
    )
    def test_impossible_intervals_are_refused(self, arguments: dict[str, object], sentence: str) -> None:
        """One sentence says what was missing."""
        with pytest.raises(ValueError, match=sentence):
            agreement.alpha_interval(self.RATINGS, rng=np.random.default_rng(0), **arguments)  # type: ignore[arg-type]
