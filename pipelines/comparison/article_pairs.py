"""Find the pairs of articles that are alike, in blocks: a changed article is compared with all that may be.

Two articles of a known date are compared if they lie within a month; an article without a date is compared
with all, and must be more alike to count. Vectors are of whole numbers whose products add up below 2**24, so
single precision is exact and a pair has the same similarity in any block, on any machine.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pipelines.language.embedding import SCALE
from pipelines.schemas import ID, TABLES, VECTOR
from pipelines.text.story_similarity import (
    DAY_COUNT,
    UNKNOWN,
    WEEKDAYS,
    mix_similarity,
    number_day,
    shorten_name,
)

READ_COLUMNS = ["article_id", "published_on", "names", "opening_name_count", "days", "vector"]
MOST_DAYS = 31  # between two articles of one topic; the figure of a month ago is still compared with today's
LEAST_MEANING = 0.5  # of 128 pairs read, 37 told of one event: one of them was less alike in its opening
LEAST_SIMILARITY = 0.55  # below, as many pairs of 840 articles on one election were months apart as were not
LEAST_UNDATED = 0.6
MOST_PAIRS = 200  # of an article, the best: bounds what a thousand near-copies or daily reports cost
BLOCK_ROWS = 256
BLOCK_COLUMNS = 16_384  # as floats 25 MB, their products with a block of rows 17 MB
NO_DATE = np.iinfo(np.int32).max  # sorts after all days
WORDS = -(-DAY_COUNT // 64)

Ints = NDArray[np.int64]
Shares = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Signatures:
    """What articles are compared by, the earliest first; an article is its place in this order."""

    def __init__(self, rows: pa.Table) -> None:
        rows = rows.sort_by([("published_on", "ascending"), ("article_id", "ascending")]).combine_chunks()
        self.ids = rows["article_id"].combine_chunks()
        days = rows["published_on"].combine_chunks().cast(pa.int32())
        self.days = np.asarray(pc.fill_null(days, int(NO_DATE)), np.int64)
        vectors = rows["vector"].combine_chunks().buffers()[1]
        width = VECTOR.byte_width
        self.vectors = np.frombuffer(vectors or b"", np.int8).reshape(-1, width)[: len(rows)]
        self.names = Names(rows["names"].combine_chunks(), rows["opening_name_count"].to_numpy())
        self.named_days = _read_days(rows["days"].combine_chunks())

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, ids: pa.ChunkedArray) -> Ints:
        """Return the places of articles; one that is gone is one past the last."""
        found = pc.fill_null(pc.index_in(ids, value_set=self.ids), len(self))
        return np.asarray(found, np.int64)

    def find(self, ids: Collection[bytes]) -> Mask:
        """Tell which articles are among `ids`."""
        return np.asarray(pc.is_in(self.ids, pa.array(ids, ID)), bool)

    @cached_property
    def id_ranks(self) -> Ints:
        """Place of each article in the order of ids."""
        ranks = np.empty(len(self), np.int64)
        ranks[pc.sort_indices(self.ids).to_numpy()] = np.arange(len(self))
        return ranks

    def count_days_apart(self, one: Ints, other: Ints) -> Ints:
        """Return the days between articles, `UNKNOWN` where one has no date."""
        known = (self.days[one] != NO_DATE) & (self.days[other] != NO_DATE)
        return np.where(known, abs(self.days[one] - self.days[other]), UNKNOWN)

    def compare_days(self, one: Ints, other: Ints) -> NDArray[np.int8]:
        """Return 1 where openings name a day in common, 0 where they name other weekdays, else `UNKNOWN`."""
        these, those = self.named_days[one], self.named_days[other]
        weekdays = np.uint64(2 ** len(WEEKDAYS) - 1)
        apart = ((these[:, 0] & weekdays) != 0) & ((those[:, 0] & weekdays) != 0)
        return np.where((these & those).any(axis=1), 1, np.where(apart, 0, UNKNOWN)).astype(np.int8)


class Names:
    """The names of articles, as numbers in one long array; those of an opening count twice."""

    def __init__(self, names: pa.ListArray, opening_counts: Ints) -> None:
        lengths = names.value_lengths().to_numpy()
        rows = np.repeat(np.arange(len(names)), lengths)
        begins = np.cumsum(lengths) - lengths
        in_opening = np.arange(len(rows)) - begins[rows] < opening_counts[rows]
        keys = rows * (1 << 32) + _number_names(names.flatten())
        keys, first = np.unique(keys, return_index=True)  # an opening's names stand first
        self._codes = keys & 0xFFFFFFFF
        self._weights = 1 + in_opening[first].astype(np.int64)
        counts = np.bincount(keys >> 32, minlength=len(names))
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._squares = np.bincount(keys >> 32, self._weights**2, minlength=len(names))
        self._own = np.zeros(int(self._codes.max(initial=0)) + 1, np.int64)  # weight by name, of one article

    def compare(self, one: int, others: Ints) -> Shares:
        """Return the cosine of an article's names with those of each of `others`."""
        own = slice(self._starts[one], self._ends[one])
        self._own[self._codes[own]] = self._weights[own]
        counts = self._ends[others] - self._starts[others]
        which = np.repeat(np.arange(len(others)), counts)
        places = (
            np.arange(len(which))
            - np.repeat(np.cumsum(counts) - counts, counts)
            + self._starts[others][which]
        )
        shared = np.bincount(
            which, self._own[self._codes[places]] * self._weights[places], minlength=len(others)
        )
        self._own[self._codes[own]] = 0
        cosines: Shares = shared / np.sqrt(np.maximum(self._squares[one] * self._squares[others], 1))
        return cosines


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of articles, the earlier one first."""

    one: Ints
    other: Ints
    similarity: Shares
    days_apart: Ints
    same_day: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.one)

    def choose(self, chosen: Mask) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(*(getattr(self, field.name)[chosen] for field in fields(self)))


def join_pairs(parts: list[Pairs]) -> Pairs:
    """Return the pairs of all parts."""
    return Pairs(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Pairs)))


def read_pairs(table: pa.Table, signatures: Signatures) -> Pairs:
    """Return the pairs of a table; an article that is gone is one past the last."""
    one, other = signatures.place(table["article_id"]), signatures.place(table["other_article_id"])
    return Pairs(
        np.minimum(one, other),
        np.maximum(one, other),
        table["similarity"].to_numpy(),
        np.asarray(pc.fill_null(table["days_apart"], UNKNOWN), np.int64),
        np.asarray(pc.fill_null(table["names_same_day"].cast(pa.int8()), UNKNOWN), np.int8),
    )


def write_pairs(pairs: Pairs, signatures: Signatures) -> pa.Table:
    """Return the rows of `article_pairs`."""
    swapped = signatures.id_ranks[pairs.one] > signatures.id_ranks[pairs.other]
    columns = [
        signatures.ids.take(pa.array(np.where(swapped, pairs.other, pairs.one))),
        signatures.ids.take(pa.array(np.where(swapped, pairs.one, pairs.other))),
        pa.array(pairs.similarity),
        pa.array(pairs.days_apart, pa.int32(), mask=pairs.days_apart == UNKNOWN),
        pa.array(pairs.same_day == 1, mask=pairs.same_day == UNKNOWN),
    ]
    return pa.Table.from_arrays(columns, schema=TABLES["article_pairs"].schema)


def update_pairs(signatures: Signatures, before: Pairs, changed: Mask) -> tuple[Pairs, Mask]:
    """Return the pairs of now, and the articles that changed or that lost a pair for want of room.

    An article that has all the pairs it may have, and loses one, may get one that was not kept before: it is
    compared with all, like a changed one.
    """
    count = len(signatures)
    again = np.append(changed, True)  # at the end: what is gone
    stale = again[before.one] | again[before.other]
    again[:count] |= _find_ends(before.choose(stale), count) & (_count_pairs(before, count) >= MOST_PAIRS)
    kept = before.choose(~(again[before.one] | again[before.other]))
    found = join_pairs([kept, *find_pairs(signatures, again[:count])])
    best = find_best(found, count)
    return found.choose(best), again[:count] | _find_ends(found.choose(~best), count)


def find_pairs(signatures: Signatures, changed: Mask) -> Iterator[Pairs]:
    """Yield, block by block, the pairs that a changed article takes part in."""
    todo = np.flatnonzero(changed)
    for first in range(0, len(todo), BLOCK_ROWS):
        rows = todo[first : first + BLOCK_ROWS]
        columns = _find_columns(signatures, changed, rows)
        for start in range(0, len(columns), BLOCK_COLUMNS):
            yield _compare(signatures, changed, rows, columns[start : start + BLOCK_COLUMNS])


def find_best(pairs: Pairs, count: int) -> Mask:
    """Tell which pairs are among the best `MOST_PAIRS` of one of their two articles, of `count` in all."""
    crowded = _count_pairs(pairs, count) > MOST_PAIRS
    kept = ~(crowded[pairs.one] & crowded[pairs.other])
    these, those = np.concatenate([pairs.one, pairs.other]), np.concatenate([pairs.other, pairs.one])
    places = np.flatnonzero(crowded[these])
    similarity = pairs.similarity[places % max(len(pairs), 1)]
    places = places[np.lexsort((those[places], -similarity, these[places]))]
    ranks = np.arange(len(places)) - np.searchsorted(these[places], these[places])
    kept[places[ranks < MOST_PAIRS] % max(len(pairs), 1)] = True
    return kept


def _count_pairs(pairs: Pairs, count: int) -> Ints:
    ends = np.concatenate([pairs.one, pairs.other])
    return np.bincount(ends, minlength=count + 1)[:count]


def _find_ends(pairs: Pairs, count: int) -> Mask:
    return _count_pairs(pairs, count) > 0


def _find_columns(signatures: Signatures, changed: Mask, rows: Ints) -> Ints:
    """Return the articles to compare with `rows`, but for changed ones that an earlier block has compared."""
    wanted = ~changed
    wanted[rows[0] :] = True
    days = signatures.days[rows]
    if days[-1] != NO_DATE:
        near = (signatures.days >= days[0] - MOST_DAYS) & (signatures.days <= days[-1] + MOST_DAYS)
        wanted &= near | (signatures.days == NO_DATE)
    return np.flatnonzero(wanted)


def _compare(signatures: Signatures, changed: Mask, rows: Ints, columns: Ints) -> Pairs:
    """Return the pairs of a block that are alike, each once."""
    dots = signatures.vectors[rows].astype(np.float32) @ signatures.vectors[columns].astype(np.float32).T
    at_row, at_column = np.nonzero(dots >= LEAST_MEANING * SCALE**2)
    one, other = rows[at_row], columns[at_column]
    days_apart = signatures.count_days_apart(one, other)
    chosen = ((other > one) | ~changed[other]) & (days_apart <= MOST_DAYS)
    one, other, days_apart = one[chosen], other[chosen], days_apart[chosen]
    meaning = dots[at_row, at_column][chosen].astype(np.float64) / SCALE**2
    names = np.empty(len(one))
    bounds = np.searchsorted(one, rows, "left"), np.searchsorted(one, rows, "right")
    for row, start, end in zip(rows, *bounds, strict=True):
        if start < end:
            names[start:end] = signatures.names.compare(row, other[start:end])
    similarity = mix_similarity(meaning, names)
    alike = similarity >= np.where(days_apart == UNKNOWN, LEAST_UNDATED, LEAST_SIMILARITY)
    one, other = one[alike], other[alike]
    return Pairs(
        np.minimum(one, other),
        np.maximum(one, other),
        similarity[alike],
        days_apart[alike],
        signatures.compare_days(one, other),
    )


def _number_names(names: pa.StringArray) -> Ints:
    """Return a number for each name, the same for names that mean one thing."""
    encoded = names.dictionary_encode()
    numbers: dict[str, int] = {}
    short = [numbers.setdefault(shorten_name(name), len(numbers)) for name in encoded.dictionary.to_pylist()]
    numbered: Ints = np.array(short, np.int64)[encoded.indices.to_numpy()]
    return numbered


def _read_days(days: pa.ListArray) -> NDArray[np.uint64]:
    """Return the days that each opening names as bits."""
    encoded = days.flatten().dictionary_encode()
    numbers = np.array([number_day(day) for day in encoded.dictionary.to_pylist()], np.int64)
    numbers = numbers[encoded.indices.to_numpy()]
    bits = np.zeros((len(days), WORDS), np.uint64)
    rows = np.repeat(np.arange(len(days)), days.value_lengths().to_numpy())
    np.bitwise_or.at(bits, (rows, numbers // 64), np.uint64(1) << (numbers % 64).astype(np.uint64))
    return bits
