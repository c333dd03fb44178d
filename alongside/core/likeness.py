"""How alike passages are by the words they share: TF-IDF with the cosine, and BM25."""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike

from alongside.core.arrays import FloatArray, IntArray, quotient
from alongside.core.finding import marks

# Scripts that put no space between words: a run of them is cut into overlapping pairs.
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Myanmar, Khmer
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # kana, Han
)

_ASCII_WORD = re.compile("[a-z0-9]+(?:'[a-z0-9]+)*")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A word: letters and digits of any script, with the marks and apostrophes inside it."""
    letters = rf"(?:[^\W_]|[{marks()}])[^\W_]*(?:[{marks()}]+[^\W_]*)*"
    word = re.compile(rf"{letters}(?:'{letters})*")
    return word, re.compile(rf"[{_UNSPACED}{marks()}]+|[^{_UNSPACED}]+")


def words(text: str) -> list[str]:
    """The words of `text`, in their order, as they are compared: recomposed (NFC), without capitals.

    Letters, digits and combining marks of any script; an apostrophe inside a word stays, a hyphen parts two.
    Thai, Lao, Khmer, Myanmar, kana and Han are cut into overlapping pairs of characters.
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    if plain.isascii():
        return _ASCII_WORD.findall(plain)
    word, run = _patterns()
    found: list[str] = []
    for each in word.findall(plain):
        if each.isascii():
            found.append(each)
            continue
        for part in run.findall(each):
            found += _pairs(part) if re.match(f"[{_UNSPACED}]", part) else [part]
    return found


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@dataclass(frozen=True)
class Counts:
    """How often each term stands in each document.

    `document`, `term` and `tf` have shape (P,), one place for each pair that occurs, in order of document and
    term; `length`, in words, has shape (D,). `terms` names the V columns.
    """

    document: IntArray
    term: IntArray
    tf: IntArray
    length: IntArray
    terms: tuple[str, ...]

    @property
    def df(self) -> IntArray:
        """In how many documents each term stands, shape (V,)."""
        return np.bincount(self.term, minlength=len(self.terms)).astype(np.int64)

    def of(self, query: Iterable[str]) -> FloatArray:
        """How often each term stands in `query`, shape (V,); words that no document has are left out."""
        asked = Counter(query)
        return np.array([asked.get(term, 0) for term in self.terms], dtype=np.float64)


def counted(documents: Iterable[Sequence[str]]) -> Counts:
    """Count D documents, each a list of words; terms come in the order in which they are met first."""
    known: dict[str, int] = {}
    columns: tuple[list[int], ...] = ([], [], [], [])
    document, term, tf, length = columns
    for place, said in enumerate(documents):
        here = Counter(said)
        document += [place] * len(here)
        term += [known.setdefault(sys.intern(word), len(known)) for word in here]
        tf += here.values()
        length.append(len(said))
    d, t, f, n = (np.array(column, dtype=np.int64) for column in columns)
    return Counts(document=d, term=t, tf=f, length=n, terms=tuple(known))


def idf(df: ArrayLike, count: int) -> FloatArray:
    """Inverse document frequency, log10(N / df), shape as `df`: how rare a term is among N documents.

    ValueError for a df below 1 or above N. Manning, Raghavan & Schütze, Introduction to Information
    Retrieval (2008), equation 6.7, p. 118.
    """
    n = np.asarray(df, dtype=np.float64)
    if n.size and (n.min() < 1 or n.max() > count):
        raise ValueError(f"A term stands in 1 to {count} documents; got from {n.min():g} to {n.max():g}.")
    weights: FloatArray = np.log10(count / n)
    return weights


def tf_idf(counts: Counts) -> FloatArray:
    """tf x idf of each pair, shape (P,). Ibid., equation 6.8, p. 119."""
    weights: FloatArray = counts.tf * idf(counts.df, counts.length.size)[counts.term]
    return weights


def cosine(counts: Counts, weights: ArrayLike, query: ArrayLike) -> FloatArray:
    """The cosine of the angle between a query and each document, shape (D,), from 0 to 1.

    `weights` has shape (P,), one a pair of `counts`; `query`, shape (V,), one a term. A document without
    weight has nothing in common with anything: 0. Ibid., equation 6.10, p. 121.
    """
    w, q = np.asarray(weights, dtype=np.float64), np.asarray(query, dtype=np.float64)
    if w.shape != counts.tf.shape or q.shape != (len(counts.terms),):
        raise ValueError(
            f"Weights must have shape {counts.tf.shape} and the query ({len(counts.terms)},);"
            f" got {w.shape} and {q.shape}."
        )
    documents = counts.length.size
    dot = np.bincount(counts.document, weights=w * q[counts.term], minlength=documents)
    long = np.sqrt(np.bincount(counts.document, weights=w * w, minlength=documents) * (q @ q))
    return np.nan_to_num(quotient(dot, long))


def bm25_weights(
    tf: ArrayLike,
    df: ArrayLike,
    query: ArrayLike,
    *,
    count: int,
    relative_length: ArrayLike = 1.0,
    k1: float = 1.2,
    b: float = 0.75,
    k2: float = 100.0,
) -> FloatArray:
    """What each term adds to the BM25 score of a document, where nothing is known of what is relevant.

    ln((N - n + 0.5) / (n + 0.5)) * (k1 + 1) f / (K + f) * (k2 + 1) qf / (k2 + qf), with
    K = k1 ((1 - b) + b dl / avdl). `tf` (f), `df` (n), `query` (qf) and `relative_length` (dl / avdl) are
    broadcast together; `count` is N. Below zero for a term that stands in more than half the documents.
    Croft, Metzler & Strohman, Search Engines: Information Retrieval in Practice (2010), section 7.2.2.
    """
    f, n, qf, dl = (np.asarray(each, dtype=np.float64) for each in (tf, df, query, relative_length))
    if n.size and (n.min() < 0 or n.max() > count):
        raise ValueError(f"A term stands in 0 to {count} documents; got from {n.min():g} to {n.max():g}.")
    K = k1 * ((1 - b) + b * dl)
    rarity = np.log((count - n + 0.5) / (n + 0.5))
    weights: FloatArray = rarity * (k1 + 1) * f / (K + f) * (k2 + 1) * qf / (k2 + qf)
    return weights


def bm25(counts: Counts, query: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """The BM25 score of each document, shape (D,), and what each pair adds to it, shape (P,).

    `query` has shape (V,): how often each term stands in it. A term that stands in more than half the
    documents adds nothing, rather than counting against whoever uses it.
    """
    q = np.asarray(query, dtype=np.float64)
    if q.shape != (len(counts.terms),):
        raise ValueError(f"The query must have shape ({len(counts.terms)},); got {q.shape}.")
    relative = quotient(counts.length, counts.length.mean() if counts.length.size else 0)
    adds = bm25_weights(
        counts.tf,
        counts.df[counts.term],
        q[counts.term],
        count=counts.length.size,
        relative_length=relative[counts.document],
    ).clip(min=0)
    scores = np.bincount(counts.document, weights=adds, minlength=counts.length.size)
    return scores.astype(np.float64), adds


def best(scores: ArrayLike, most: int) -> IntArray:
    """Places of the highest scores above zero, highest first, at most `most`; equals in their order."""
    s = np.asarray(scores, dtype=np.float64)
    order = np.argsort(-s, kind="stable")[:most]
    return order[s[order] > 0].astype(np.int64)
