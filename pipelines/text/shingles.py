"""Tell whether two texts share their wording: runs of five words, a signature of them, and what was copied.

Two sites carry one agency report, one under a headline of its own, one cut after the eighth paragraph: most
runs of five words ("urged his russian counterpart to") stand in both. Three reporters tell of one call in
their own words: hardly one does. Words are compared without case, punctuation and apostrophes.

A word or a run stands as a digest of 64 bits: that two different ones among a million articles' share one is
less likely than 1 in 100. Digests are the same on every machine.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from pipelines.text.quotations import find_quotations

RUN_WORDS = 5
BANDS, ROWS = 32, 4  # texts with a resemblance of 0.7 share a band in 0.9998 of cases, with 0.2 in 0.05
BLOCK = 1024  # runs that are hashed at once: a megabyte
SENTENCE_WORDS = 8  # of the writer's own; shorter ones are often alike by chance: "He did not elaborate."
NEAR_DUPLICATE = 0.7  # of the runs of both

STRETCH_WORDS = 16
COPIED_WORDS = 32
"""A copied passage: stretches of 16 words and more, 32 words in all, outside quotation marks.

Two reporters who heard one speech share its words, not each other's. In 840 articles on one election the
names and offices that all of them print ("former Florida governor Jeb Bush, Ohio governor John Kasich and …")
run to 15 words and standing notices of one outlet to 29; what was really copied fills a paragraph.
"""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
APOSTROPHES = str.maketrans("", "", "'’")

Digests = NDArray[np.uint64]
ReuseType = Literal["duplicate", "near_duplicate", "partial"]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """The words of a text as digests, in order, and the runs of five that they form."""

    starts: NDArray[np.int64]  # first character of each word
    words: Digests
    is_quoted: NDArray[np.bool_]  # somebody else's words
    runs: Digests  # one from each word on; a shorter text is one run
    distinct_runs: Digests  # sorted


@dataclass(frozen=True, slots=True)
class Reuse:
    """How much of its wording a text shares with another."""

    reuse_type: ReuseType
    shared_share: float  # of the runs of the text that has fewer


def read_wording(text: str, paragraphs: Sequence[tuple[int, int]]) -> Wording:
    """Read the words of these stretches of `text`."""
    found = [match for start, end in paragraphs for match in WORD.finditer(text, start, end)]
    starts = np.array([match.start() for match in found], np.int64)
    words = np.array([_digest_word(match.group()) for match in found], np.uint64)
    runs = _digest_runs(words)
    is_quoted = _lie_in(starts, [(q.start, q.end) for q in find_quotations(text, paragraphs)])
    return Wording(starts, words, is_quoted, runs, np.unique(runs))


def find_bands(wording: Wording) -> list[int]:
    """Return 32 digests, none of a text without words; texts that are much alike have one or more in common.

    A digest stands for four values of a MinHash (Broder 1997): each is the smallest of all runs under one of
    128 orders, so that two texts agree in one with the probability of their resemblance.
    """
    if not len(wording.runs):
        return []
    smallest = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for first in range(0, len(wording.distinct_runs), BLOCK):
        block = wording.distinct_runs[first : first + BLOCK, None]
        np.minimum(smallest, (block * _FACTORS + _SUMMANDS).min(axis=0), out=smallest)
    bands = _mix(smallest.reshape(BANDS, ROWS) @ _ODD[:ROWS] + _SUMMANDS[:BANDS])
    return [int(band) for band in bands.view(np.int64)]


def digest_sentences(wording: Wording, sentences: Iterable[tuple[int, int]]) -> list[int]:
    """Return the distinct digests of those sentences that hold enough words of the writer's own, sorted."""
    places = np.searchsorted(wording.starts, np.array(list(sentences), np.int64).reshape(-1, 2))
    return sorted(
        {
            _digest(wording.words[first:last].tobytes(), signed=True)
            for first, last in places
            if np.count_nonzero(~wording.is_quoted[first:last]) >= SENTENCE_WORDS
        }
    )


def find_reuse_between(one: Wording, other: Wording) -> Reuse | None:
    """Tell how two texts share their wording; the answer is the same the other way round."""
    shared = np.intersect1d(one.distinct_runs, other.distinct_runs, assume_unique=True)
    counts = len(one.distinct_runs), len(other.distinct_runs)
    if not len(shared):
        return None
    share = len(shared) / min(counts)
    if np.array_equal(one.words, other.words):
        return Reuse("duplicate", share)
    if len(shared) / (sum(counts) - len(shared)) >= NEAR_DUPLICATE:
        return Reuse("near_duplicate", share)
    if min(_count_copied(one, shared), _count_copied(other, shared)) >= COPIED_WORDS:
        return Reuse("partial", share)
    return None


def _count_copied(wording: Wording, shared: Digests) -> int:
    """Return how many words of the writer's own stand in long stretches that another text has too."""
    is_shared = np.isin(wording.runs, shared)
    is_copied = np.zeros(len(wording.words), np.bool_)
    for place in range(min(RUN_WORDS, len(wording.words))):
        is_copied[place : place + len(is_shared)] |= is_shared
    edges = np.flatnonzero(np.diff(is_copied, prepend=False, append=False)).reshape(-1, 2)
    own_before = np.concatenate([[0], np.cumsum(~wording.is_quoted)])
    lengths = own_before[edges[:, 1]] - own_before[edges[:, 0]]
    return int(lengths[lengths >= STRETCH_WORDS].sum())


def _lie_in(places: NDArray[np.int64], spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Tell for each place whether one of `spans` covers it."""
    opened = np.searchsorted(np.sort([start for start, _ in spans]), places, side="right")
    closed = np.searchsorted(np.sort([end for _, end in spans]), places, side="right")
    return opened > closed


def _digest_runs(words: Digests) -> Digests:
    width = min(RUN_WORDS, len(words))
    if not width:
        return words
    return _mix(sliding_window_view(words, width) @ _ODD[:width])


@lru_cache(maxsize=1 << 17)
def _digest_word(word: str) -> int:
    return _digest(word.casefold().translate(APOSTROPHES).encode("utf-8", "surrogatepass"))


def _digest(data: bytes, *, signed: bool = False) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little", signed=signed)


def _mix(digests: Digests) -> Digests:
    """Spread every bit over all (Stafford's variant 13 of MurmurHash3's last step); sums alone would not."""
    digests = (digests ^ (digests >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    digests = (digests ^ (digests >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return digests ^ (digests >> np.uint64(31))


def _draw(name: str, count: int) -> Digests:
    """Return fixed numbers without a pattern."""
    return np.array([_digest(f"{name} {number}".encode()) for number in range(count)], np.uint64)


_ODD = _draw("odd", RUN_WORDS) | np.uint64(1)
_FACTORS = _draw("factor", BANDS * ROWS) | np.uint64(1)
_SUMMANDS = _draw("summand", BANDS * ROWS)
