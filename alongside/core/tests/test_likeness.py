"""TF-IDF, the cosine and BM25 against the worked examples that they were published with."""

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.core.likeness import best, bm25, bm25_weights, cosine, counted, idf, tf_idf, words

# Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008).
REUTERS = 806_791
REUTERS_DF = {
    "car": (18_165, 1.65),
    "auto": (6_723, 2.08),
    "insurance": (19_241, 1.62),
    "best": (25_235, 1.5),
}
NOVELS = (
    ["affection"] * 115 + ["jealous"] * 10 + ["gossip"] * 2,
    ["affection"] * 58 + ["jealous"] * 7,
    ["affection"] * 20 + ["jealous"] * 11 + ["gossip"] * 6,
)


@pytest.mark.parametrize(("df", "published"), REUTERS_DF.values(), ids=REUTERS_DF)
def test_idf_of_reuters_terms(df: int, published: float) -> None:
    """Figure 6.8, p. 119: idf of four terms in the Reuters collection."""
    assert idf([df], REUTERS)[0] == pytest.approx(published, abs=0.006)


def test_three_novels_by_the_cosine() -> None:
    """Figures 6.12 and 6.13, p. 122: Sense and Sensibility is nearer to Pride and Prejudice (0.999) than to
    Wuthering Heights (0.888), by how often three words stand in each."""
    counts = counted(NOVELS)
    assert counts.terms == ("affection", "jealous", "gossip")
    sense = cosine(counts, counts.tf, counts.of(NOVELS[0]))
    assert sense == pytest.approx([1.0, 0.999, 0.888], abs=0.001)
    lengths = [np.sqrt(sum(counts.tf[counts.document == place] ** 2)) for place in range(3)]
    normal = [round(float(tf / lengths[d]), 3) for d, tf in zip(counts.document, counts.tf, strict=True)]
    assert normal == [0.996, 0.087, 0.017, 0.993, 0.120, 0.847, 0.466, 0.254]
    # The book multiplies what it has rounded.
    assert round(0.996 * 0.847 + 0.087 * 0.466 + 0.017 * 0.254, 3) == 0.888


def test_best_car_insurance() -> None:
    """Example 6.4, p. 125: net score 3.28 of a document with auto, car, insurance, insurance."""
    df = {"auto": 5_000, "best": 50_000, "car": 10_000, "insurance": 1_000}
    rare = dict(zip(df, idf(list(df.values()), 1_000_000), strict=True))
    assert [round(float(each), 1) for each in rare.values()] == [2.3, 1.3, 2.0, 3.0]
    counts = counted([["auto", "car", "insurance", "insurance"]])
    query = np.array([rare[term] if term != "auto" else 0.0 for term in counts.terms])
    length = np.sqrt((counts.tf**2).sum())
    # The book multiplies what it has rounded: 0.41 * 2.0 + 0.82 * 3.0.
    assert (counts.tf / length).round(2).tolist() == [0.41, 0.41, 0.82]
    assert float((counts.tf / length).round(2) @ query.round(1)) == pytest.approx(3.28)
    whole = cosine(counts, counts.tf, query)[0] * np.sqrt(query @ query)
    assert whole == pytest.approx(3.28, abs=0.02)


# Croft, Metzler & Strohman, Search Engines: Information Retrieval in Practice (2010), table 7.2.
PRESIDENT_LINCOLN = [(15, 25, 20.66), (15, 1, 12.74), (15, 0, 5.00), (1, 25, 18.2), (0, 25, 15.66)]


@pytest.mark.parametrize(("president", "lincoln", "published"), PRESIDENT_LINCOLN)
def test_president_lincoln(president: int, lincoln: int, published: float) -> None:
    """Section 7.2.2: 500,000 documents, 40,000 with “president”, 300 with “lincoln”; the document has 0.9
    of the average length. K is 1.11."""
    score = bm25_weights(
        [president, lincoln], [40_000, 300], [1, 1], count=500_000, relative_length=0.9
    ).sum()
    # The book adds up what it has rounded: 2.44 * 2.05 + 7.42 * 2.11.
    assert score == pytest.approx(published, abs=0.06)


def test_tf_idf_multiplies() -> None:
    """A word of every document weighs nothing; the rarer, the more."""
    counts = counted([["the", "chair", "chair"], ["the", "door"], ["the", "chair"]])
    weight = dict(
        zip(zip(counts.document.tolist(), counts.term.tolist(), strict=True), tf_idf(counts), strict=True)
    )
    assert weight[0, 0] == 0
    assert weight[0, 1] == pytest.approx(2 * np.log10(3 / 2))
    assert weight[1, 2] == pytest.approx(np.log10(3))


def test_bm25_over_documents() -> None:
    """What shares the rarer word comes first; a word of most documents neither helps nor harms."""
    said = ["the chair", "the door by the chair", "the lamp", "the forms", "the forms again"]
    counts = counted([words(each) for each in said])
    scores, adds = bm25(counts, counts.of(words("the door")))
    assert best(scores, 5).tolist() == [1]
    assert [counts.terms[term] for term, add in zip(counts.term, adds, strict=True) if add] == ["door"]
    assert best(scores, 0).tolist() == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She had the chair, I hadn’t.", ["she", "had", "the", "chair", "i", "hadn't"]),
        ("Le CAFÉ, l’été; cafe\u0301", ["le", "café", "l'été", "café"]),
        ("Straße 2nd self-made snake_case", ["strasse", "2nd", "self", "made", "snake", "case"]),
        ("हिन्दी में बात", ["हिन्दी", "में", "बात"]),
        ("Она сказала: «да»", ["она", "сказала", "да"]),
        ("信頼する", ["信頼", "頼す", "する"]),
        ("椅", ["椅"]),
        ("🙂 … 🚪", []),
        ("", []),
    ],
)
def test_words_of_any_script(text: str, found: list[str]) -> None:
    """Accents, marks and scripts without spaces are kept; pictures and punctuation are no words."""
    assert words(text) == found


@given(st.text())
def test_composed_and_decomposed_are_the_same_words(text: str) -> None:
    """However the letters came into the file."""
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=8), min_size=1, max_size=6))
def test_cosine_is_one_with_itself_and_stays_in_bounds(documents: list[list[str]]) -> None:
    """Whatever the documents: 0 to 1, and 1 for the document that was asked about."""
    counts = counted(documents)
    scores = cosine(counts, counts.tf, counts.of(documents[0]))
    assert ((scores >= 0) & (scores <= 1 + 1e-12)).all()
    assert scores[0] == pytest.approx(1.0 if documents[0] else 0.0)


def test_impossible_counts_are_refused() -> None:
    """With a sentence that says what was expected."""
    counts = counted([["a"]])
    with pytest.raises(ValueError, match="stands in 1 to 10 documents; got from 0"):
        idf([0], 10)
    with pytest.raises(ValueError, match="stands in 0 to 10 documents; got from 11"):
        bm25_weights([1], [11], [1], count=10)
    with pytest.raises(ValueError, match="the query"):
        cosine(counts, [1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match="The query must have shape"):
        bm25(counts, [1.0, 2.0])
