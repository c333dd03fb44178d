"""Every coefficient against the worked examples it was published with."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from alongside.core import agreement
from alongside.core.arrays import FloatArray

DATA = Path(__file__).parent / "data"
_ = np.nan


def from_table(table: list[list[int]]) -> FloatArray:
    """Two coders' ratings, shape (2, U), from a contingency table: row the first coder's value."""
    counts = np.array(table)
    first, second = np.indices(counts.shape)
    return np.repeat(np.stack([first.ravel(), second.ravel()]), counts.ravel(), axis=1).astype(np.float64)


@pytest.fixture(scope="module")
def diagnoses() -> FloatArray:
    """Fleiss 1971: thirty diagnoses by six raters each, shape (6, 30)."""
    with (DATA / "fleiss1971" / "fleiss1971_diagnoses.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return agreement.as_numbers(list(zip(*[row[1:] for row in rows], strict=True)))[0]


@dataclass(frozen=True)
class Column:
    """One column of the coding scheme: what could be chosen ("" for nothing), and what both raters chose."""

    codes: list[str]
    first: list[str]
    second: list[str]

    def ratings(self) -> FloatArray:
        return agreement.as_numbers([self.first, self.second])[0]

    def listed_ratings(self) -> FloatArray:
        """Without words that are not among the codes, such as "true " with a blank behind it."""
        words = [
            [word if word in self.codes else None for word in rater] for rater in (self.first, self.second)
        ]
        return agreement.as_numbers(words)[0]


@pytest.fixture(scope="module")
def columns() -> list[Column]:
    """Frattini 2024: nine statements by two raters in each of thirteen columns."""
    with (DATA / "rqi_relf" / "overlap.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    scheme = json.loads((DATA / "rqi_relf" / "columns.json").read_text())
    return [
        Column(
            codes=[*column["codes"], ""],
            first=[row["first"] for row in rows if row["column"] == column["name"]],
            second=[row["second"] for row in rows if row["column"] == column["name"]],
        )
        for column in scheme
        if "codes" in column
    ]


class TestCohen:
    """Cohen 1960, p. 45 and p. 37; Cohen 1968, its weights as the R package psych gives them."""

    CLINICS = from_table([[88, 14, 18], [10, 40, 10], [2, 6, 12]])

    def test_kappa_of_p_45(self) -> None:
        """Two clinicians, 200 people: agreement .70, kappa .492."""
        assert agreement.percent(self.CLINICS) == pytest.approx(0.70)
        assert agreement.cohen_kappa(self.CLINICS) == pytest.approx(0.492, abs=5e-4)

    def test_agreement_below_chance_is_negative(self) -> None:
        """The table of p. 37 agrees on .29 where chance gives .35."""
        table = from_table([[25, 12, 3], [13, 2, 15], [12, 16, 2]])
        assert agreement.percent(table) == pytest.approx(0.29)
        assert agreement.cohen_kappa(table) == pytest.approx((0.29 - 0.35) / (1 - 0.35))

    def test_weighted_kappa_of_1968(self) -> None:
        """Disagreements weighted 1, 3 and 6 give .348."""
        weights = [[0, 1, 3], [1, 0, 6], [3, 6, 0]]
        assert agreement.weighted_kappa(self.CLINICS, [0, 1, 2], weights) == pytest.approx(0.348, abs=5e-4)


class TestArtsteinAndPoesio:
    """Artstein and Poesio 2008, Computational Linguistics 34."""

    P558 = from_table([[20, 10], [20, 50]])
    P568 = from_table([[46, 0, 0], [6, 32, 6], [0, 0, 10]])
    DISTANCES = [[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]

    def test_coefficients_of_p_558(self) -> None:
        """S .400, pi .341, kappa .348 on agreement .70."""
        assert agreement.percent(self.P558) == pytest.approx(0.7)
        assert agreement.bennett_s(self.P558, values=2) == pytest.approx(0.4)
        assert agreement.scott_pi(self.P558) == pytest.approx(0.341, abs=5e-4)
        assert agreement.cohen_kappa(self.P558) == pytest.approx(0.348, abs=5e-4)

    def test_coefficients_of_p_568(self) -> None:
        """S .820, pi .7995, kappa .8013, alpha .8005."""
        assert agreement.bennett_s(self.P568, values=3) == pytest.approx(0.82)
        assert agreement.scott_pi(self.P568) == pytest.approx(0.7995, abs=5e-5)
        assert agreement.cohen_kappa(self.P568) == pytest.approx(0.8013, abs=5e-5)
        assert agreement.krippendorff_alpha(self.P568) == pytest.approx(0.8005, abs=5e-5)

    def test_weighted_coefficients_of_p_568(self) -> None:
        """Confusing a check with anything is half as serious: kappa .8163, alpha .8156."""
        kappa = agreement.weighted_kappa(self.P568, [0, 1, 2], self.DISTANCES)
        alpha = agreement.weighted_alpha(self.P568, [0, 1, 2], self.DISTANCES)
        assert kappa == pytest.approx(0.8163, abs=5e-5)
        assert alpha == pytest.approx(0.8156, abs=5e-5)


class TestFleiss:
    """Fleiss 1971, Psychological Bulletin 76, 378-382."""

    def test_kappa(self, diagnoses: FloatArray) -> None:
        """Kappa .430, z 17.65, P_o .5556; P_e is .2199, or .2201 from proportions rounded to three digits."""
        kappa = agreement.fleiss_kappa(diagnoses)
        assert kappa.value == pytest.approx(0.430245, abs=1e-6)
        assert kappa.observed == pytest.approx(0.5556, abs=5e-5)
        assert kappa.expected == pytest.approx(0.2201, abs=2e-4)
        assert kappa.z == pytest.approx(17.65, abs=5e-3)

    def test_kappa_of_each_diagnosis(self, diagnoses: FloatArray) -> None:
        """Depression and personality disorder .245, schizophrenia .520, neurosis .471, other .566."""
        kappas = agreement.fleiss_kappa(diagnoses).value_kappas
        assert sorted(kappas) == pytest.approx([0.245, 0.245, 0.471, 0.520, 0.566], abs=5e-4)

    def test_other_kappas_of_the_same_data(self, diagnoses: FloatArray) -> None:
        """Conger's exact .441809, Light's .459412, Cohen's of raters 1 and 2 .651163 (R package irr)."""
        assert agreement.conger_kappa(diagnoses) == pytest.approx(0.441809, abs=1e-6)
        assert agreement.light_kappa(diagnoses).value == pytest.approx(0.459412, abs=1e-6)
        assert agreement.cohen_kappa(diagnoses[:2]) == pytest.approx(0.651163, abs=1e-6)

    def test_alpha_of_the_same_data(self, diagnoses: FloatArray) -> None:
        """By their formulas, without gaps 1 - alpha = (1 - kappa)(1 - 1/n), n being the number of ratings."""
        kappa = agreement.fleiss_kappa(diagnoses).value
        alpha = agreement.krippendorff_alpha(diagnoses)
        assert alpha == pytest.approx(1 - (1 - kappa) * (1 - 1 / diagnoses.size), abs=1e-12)
        assert alpha == pytest.approx(0.433410, abs=1e-6)

    def test_words_must_be_numbered_jointly(self, diagnoses: FloatArray) -> None:
        """Numbering each rater's diagnoses by themselves spoils the coefficient."""
        apart = [agreement.as_numbers([row.tolist()])[0][0] for row in diagnoses]
        assert agreement.fleiss_kappa(apart).value < 0.3


class TestKrippendorff:
    """Krippendorff 2004, Content Analysis, 2nd ed., ch. 11."""

    SYMBOLS = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, _],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]

    def test_two_coders_two_values(self) -> None:
        """P. 224: agreement .6, alpha .095."""
        ratings = [[1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]]
        assert agreement.percent(ratings) == pytest.approx(0.6)
        assert agreement.krippendorff_alpha(ratings) == pytest.approx(0.095, abs=5e-4)

    def test_two_coders_many_values(self) -> None:
        """P. 227: agreement .833, alpha .734."""
        ratings, words = agreement.as_numbers(["aabbbbbccccc", "abbbbbcccccc"])
        assert words == ["a", "b", "c"]
        assert agreement.percent(ratings) == pytest.approx(0.833, abs=5e-4)
        assert agreement.krippendorff_alpha(ratings) == pytest.approx(0.734, abs=5e-4)

    @pytest.mark.parametrize(
        ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
    )
    def test_four_coders_with_gaps(self, level: agreement.Level, alpha: float) -> None:
        """P. 230 and following: four coders, twelve units."""
        assert agreement.krippendorff_alpha(self.SYMBOLS, level) == pytest.approx(alpha, abs=5e-4)

    def test_other_coefficients(self) -> None:
        """P. 246: two tables of agreement .460; only kappa rises where the coders' habits differ."""
        alike = from_table([[12, 9, 9], [9, 14, 9], [9, 9, 20]])
        unlike = from_table([[12, 18, 18], [0, 14, 18], [0, 0, 20]])
        for table, kappa in [(alike, 0.186), (unlike, 0.258)]:
            assert agreement.percent(table) == pytest.approx(0.46)
            assert agreement.bennett_s(table, values=3) == pytest.approx(0.19, abs=5e-4)
            assert agreement.scott_pi(table) == pytest.approx(0.186, abs=5e-4)
            assert agreement.cohen_kappa(table) == pytest.approx(kappa, abs=5e-4)


def test_hayes_and_krippendorff() -> None:
    """Hayes and Krippendorff 2007, p. 84: five observers, forty units, ordinal .7598, nominal .4765."""
    with (DATA / "hayes_krippendorff2007" / "observers.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    ratings = np.array([[float(mark or "nan") for mark in row] for row in rows]).T
    assert ratings.shape == (5, 40)
    assert agreement.krippendorff_alpha(ratings, "ordinal") == pytest.approx(0.7598, abs=5e-5)
    assert agreement.krippendorff_alpha(ratings) == pytest.approx(0.4765, abs=5e-5)


class TestInterviewStatements:
    """Frattini 2024: the overlap of nine statements in thirteen columns, as its notebook reports it."""

    def test_agreement(self, columns: list[Column]) -> None:
        """98 of 117 cells agree."""
        cells = np.hstack([np.equal(*column.ratings()) for column in columns])
        assert (cells.sum(), cells.size) == (98, 117)
        assert np.mean([agreement.percent(c.ratings()) for c in columns]) == pytest.approx(0.8376, abs=5e-5)

    def test_mean_kappa(self, columns: list[Column]) -> None:
        """71.78 %; the notebook's function passes over words not among the codes, in silence."""
        published = [agreement.cohen_kappa(column.listed_ratings()) for column in columns]
        assert np.mean(published) == pytest.approx(0.7178, abs=5e-5)
        assert np.mean([agreement.cohen_kappa(c.ratings()) for c in columns]) == pytest.approx(
            0.6581, abs=5e-5
        )

    def test_mean_s(self, columns: list[Column]) -> None:
        """82.30 %, chance being one in the number of choices of each column."""
        s = [agreement.bennett_s(column.ratings(), values=len(column.codes)) for column in columns]
        assert np.mean(s) == pytest.approx(0.8230, abs=5e-5)
