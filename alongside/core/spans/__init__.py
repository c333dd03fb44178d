"""Passages as half-open spans [start, end) of Unicode code points: the one unit of position in the house.

Browsers and REFI-QDA programs count otherwise; `offsets` converts at the edge, and nowhere else.
"""

from alongside.core.spans.carrying import CarriedSpan, Edit, carry, edits
from alongside.core.spans.covers import cover_length, intersection, jaccard, union, union_within
from alongside.core.spans.joins import overlap_join, overlap_join_within, overlap_length, overlap_pairs_within
from alongside.core.spans.offsets import (
    code_points_to_utf16,
    code_points_to_utf16_each,
    utf16_to_code_points,
    utf16_to_code_points_each,
)
from alongside.core.spans.span import Span

__all__ = [
    "CarriedSpan",
    "Edit",
    "Span",
    "carry",
    "code_points_to_utf16",
    "code_points_to_utf16_each",
    "cover_length",
    "edits",
    "intersection",
    "jaccard",
    "overlap_join",
    "overlap_join_within",
    "overlap_length",
    "overlap_pairs_within",
    "union",
    "union_within",
    "utf16_to_code_points",
    "utf16_to_code_points_each",
]
