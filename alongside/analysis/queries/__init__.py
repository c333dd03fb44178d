"""The room's doors and questions, by noun."""

from alongside.analysis.queries.codebook import Branch, code_for, code_paths, codebook, flat, tree
from alongside.analysis.queries.codings import (
    CodingArrays,
    coders_in,
    coding_arrays,
    coding_for,
    codings_in,
    codings_over,
    codings_permitting,
    in_tree_order,
    plain_id,
    standing_codings,
)
from alongside.analysis.queries.counts import (
    CountTable,
    count_table,
    counts,
    transcripts_with_codings,
)
from alongside.analysis.queries.memos import memo_of, memos_on
from alongside.analysis.queries.passages import (
    WORDS,
    Words,
    passage_for,
    passages_of,
    placed,
    turns_at,
    with_words,
)
from alongside.analysis.queries.themes import (
    offered,
    pair_matrix,
    theme_for,
    themes,
    themes_with_voices,
    ties,
    voices,
)

__all__ = [
    "WORDS",
    "Branch",
    "CodingArrays",
    "CountTable",
    "Words",
    "code_for",
    "code_paths",
    "codebook",
    "coders_in",
    "coding_arrays",
    "coding_for",
    "codings_in",
    "codings_over",
    "codings_permitting",
    "count_table",
    "counts",
    "flat",
    "in_tree_order",
    "memo_of",
    "memos_on",
    "offered",
    "pair_matrix",
    "passage_for",
    "passages_of",
    "placed",
    "plain_id",
    "standing_codings",
    "theme_for",
    "themes",
    "themes_with_voices",
    "ties",
    "transcripts_with_codings",
    "tree",
    "turns_at",
    "voices",
    "with_words",
]
