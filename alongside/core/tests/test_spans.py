"""Spans, joins, covers and offsets."""

import numpy as np
import pytest
from hypothesis import strategies as st

from alongside.core import spans
from alongside.core.spans import Span
from alongside.core.tests.examples import given

SPANS = st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda at: (at[0], at[0] + at[1]))
LISTS = st.lists(SPANS, max_size=12)
GROUPED = st.lists(st.tuples(st.integers(-3, 3), SPANS).map(lambda row: (row[0], *row[1])), max_size=12)
TEXTS = st.text(st.sampled_from("ab é\n😀𝒜\u0301ש"), max_size=30)


def columns(rows: list[tuple[int, ...]], width: int = 2) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def covered(rows: list[tuple[int, int]]) -> set[int]:
    return {at for start, end in rows for at in range(start, end)}


class TestSpan:
    """One passage."""

    def test_its_words_are_the_slice(self) -> None:
        """Code points, whatever they take in a browser."""
        assert Span(2, 6).words("😀 hope") == "hope"
        assert Span(2, 6).length == 4

    @pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
    def test_empty_reversed_and_negative_are_refused(self, start: int, end: int) -> None:
        """A passage holds at least one character."""
        with pytest.raises(ValueError, match=f"got {start} to {end}"):
            Span(start, end)

    def test_a_passage_past_the_end_is_refused(self) -> None:
        """Python would shorten the slice in silence."""
        with pytest.raises(ValueError, match="ends at 9, but the text has 4"):
            Span(2, 9).words("hope")

    def test_touching_is_not_overlapping(self) -> None:
        """Half-open ends."""
        assert Span(0, 5).overlap(Span(5, 9)) == 0
        assert Span(0, 5).overlap(Span(3, 9)) == 2


class TestJoins:
    """Exact pairs of overlapping spans."""

    @given(LISTS, LISTS)
    def test_join_is_every_overlapping_pair_once(self, a: list, b: list) -> None:
        """Against comparing all with all."""
        i, j = spans.overlap_join(*columns(a), *columns(b))
        expected = [(x, y) for x, p in enumerate(a) for y, q in enumerate(b) if Span(*p).overlap(Span(*q))]
        assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == expected
        if a and b:
            lengths = spans.overlap_length(np.array(a)[:, None], np.array(b)[None])
            assert sorted(map(tuple, np.argwhere(lengths).tolist())) == expected

    @given(GROUPED, GROUPED)
    def test_grouped_join_stays_within_groups(self, a: list, b: list) -> None:
        """Spans of different transcripts never meet."""
        i, j = spans.overlap_join_within(*columns(a, 3), *columns(b, 3))
        expected = [
            (x, y)
            for x, (g, *p) in enumerate(a)
            for y, (h, *q) in enumerate(b)
            if g == h and Span(*p).overlap(Span(*q))
        ]
        assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == expected

    @given(GROUPED)
    def test_pairs_within_are_unordered_and_once(self, a: list) -> None:
        """Each two different spans once; none with itself."""
        i, j = spans.overlap_pairs_within(*columns(a, 3))
        expected = [
            (x, y)
            for y, (h, *q) in enumerate(a)
            for x, (g, *p) in enumerate(a[:y])
            if g == h and Span(*p).overlap(Span(*q))
        ]
        assert sorted((min(p), max(p)) for p in zip(i.tolist(), j.tolist(), strict=True)) == sorted(expected)

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (([0, 4], [3, 4], [0], [1]), "span 1 runs from 4 to 4"),
            (([0], [3], [-2], [1]), "span 0 runs from -2 to 1"),
            (([0, 1], [3], [0], [1]), "starts 2, ends 1"),
            (([0.5], [3], [0], [1]), "whole numbers"),
            (([[0]], [3], [0], [1]), "flat list"),
        ],
    )
    def test_bad_spans_get_a_sentence(self, arguments: tuple, sentence: str) -> None:
        """Which one, and what was wrong with it."""
        with pytest.raises(ValueError, match=sentence):
            spans.overlap_join(*arguments)

    def test_more_text_than_can_be_counted_is_refused(self) -> None:
        """Rather than wrapping round in silence."""
        with pytest.raises(ValueError, match="more than can be counted"):
            spans.overlap_pairs_within([1, 2, 9], [0, 0, 0], [2**61, 5, 5])


class TestCovers:
    """Union, intersection and their sizes."""

    @given(LISTS)
    def test_union_covers_the_same_with_the_fewest_spans(self, a: list) -> None:
        """In order, with a gap between neighbours."""
        starts, ends = spans.union(*columns(a))
        assert covered(list(zip(starts.tolist(), ends.tolist(), strict=True))) == covered(a)
        assert (starts[1:] > ends[:-1]).all()
        assert spans.cover_length(*columns(a)) == len(covered(a))

    @given(GROUPED)
    def test_union_within_is_the_union_of_each_group(self, a: list) -> None:
        """Group by group."""
        found = list(zip(*(part.tolist() for part in spans.union_within(*columns(a, 3))), strict=True))
        expected = []
        for group in sorted({row[0] for row in a}):
            starts, ends = spans.union(*columns([row[1:] for row in a if row[0] == group]))
            expected += [(group, s, e) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
        assert found == expected

    @given(LISTS, LISTS)
    def test_intersection_is_what_both_cover(self, a: list, b: list) -> None:
        """And Jaccard's quotient follows from it."""
        starts, ends = spans.intersection(*columns(a), *columns(b))
        assert covered(list(zip(starts.tolist(), ends.tolist(), strict=True))) == covered(a) & covered(b)
        either = covered(a) | covered(b)
        share = len(covered(a) & covered(b)) / len(either) if either else np.nan
        assert spans.jaccard(*columns(a), *columns(b)) == pytest.approx(share, nan_ok=True)

    @pytest.mark.parametrize(
        ("other", "share"),
        [((0, 10), 1), ((10, 20), 0), ((0, 5), 0.5), ((5, 15), pytest.approx(0.33, abs=5e-3))],
    )
    def test_segment_overlap_of_two_coders(self, other: tuple[int, int], share: float) -> None:
        """Identical 1, disjoint 0, half .5, a third .33."""
        assert spans.jaccard([0], [10], [other[0]], [other[1]]) == share


class TestOffsets:
    """Between code points and UTF-16 units."""

    @given(TEXTS)
    def test_there_and_back(self, text: str) -> None:
        """Every code point has one place in UTF-16, and that place leads back to it."""
        points = np.arange(len(text) + 1)
        units = spans.code_points_to_utf16_each(text, points)
        assert units.tolist() == [len(text[:at].encode("utf-16-le")) // 2 for at in points]
        assert spans.utf16_to_code_points_each(text, units).tolist() == points.tolist()

    def test_one_offset(self) -> None:
        """The single forms say the same; the text's end has a place too."""
        assert spans.code_points_to_utf16("😀 hope", 2) == 3
        assert spans.utf16_to_code_points("😀 hope", 7) == 6

    def test_the_middle_of_a_character_is_refused(self) -> None:
        """Nobody can have meant half a face."""
        with pytest.raises(ValueError, match="Position 3 falls in the middle of '😀'"):
            spans.utf16_to_code_points("ok😀", 3)

    @pytest.mark.parametrize("offset", [-1, 4])
    def test_outside_the_text_is_refused(self, offset: int) -> None:
        """With the text's length in the unit that was asked."""
        with pytest.raises(
            ValueError, match=f"Position {offset} lies outside the text, which has 3 UTF-16 units"
        ):
            spans.utf16_to_code_points("a😀", offset)
        with pytest.raises(
            ValueError, match=f"Position {offset} lies outside the text, which has 2 characters"
        ):
            spans.code_points_to_utf16("a😀", offset)
