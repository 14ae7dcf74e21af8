"""Lay out the words of an article for the encoder: pieces, word shapes, quotation marks, windows.

The encoder knows no capitals and reads a mark like any other character, so each word brings its shape
("Xx", "XX", …) and its place inside or outside the quotation marks that the scanner paired. Consecutive
paragraphs share a window of at most 256 pieces; a longer paragraph is read in windows that overlap.
All offsets are character offsets into the text given, end exclusive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from pipelines.language.wordpieces import WordPieces
from pipelines.text.quotations import Quotation

WINDOW = 256  # pieces; direct quotations over several paragraphs lose two points of F1 at 128
OVERLAP = 64  # pieces on each side that a window of a long paragraph reads and leaves to its neighbours

Integers = NDArray[np.int32]

LOWER, TITLE, UPPER, MIXED, NUMBER, SIGN = range(1, 7)  # word shapes; 0 is what is no word
SHAPES = 7
INSIDE, NESTED, OPENING, CLOSING = range(1, 5)  # places in quotation marks; 0 is outside
QUOTES = 5


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an article as the encoder reads them; one entry a word but for `pieces`."""

    starts: Integers
    ends: Integers
    pieces: Integers  # of all words, one after the other
    piece_starts: Integers  # first piece of each word in `pieces`, and at the end their number
    shapes: Integers
    quotes: Integers
    paragraphs: Integers  # number of the paragraph of each word, rising

    def __len__(self) -> int:
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words read at once, and the part of it whose reading is kept."""

    start: int
    end: int
    keep_start: int
    keep_end: int


@dataclass(frozen=True, slots=True)
class Input:
    """What the encoder reads of a window, and the place of the first piece of each of its words."""

    pieces: Integers
    shapes: Integers
    quotes: Integers
    word_places: Integers


def lay_out_words(
    spans: Sequence[tuple[int, int]],
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    quotations: Sequence[Quotation],
    word_pieces: WordPieces,
) -> Words:
    """Return these words of the text, none of them white space, with what the encoder needs."""
    starts = np.array([start for start, _ in spans], np.int32)
    ends = np.array([end for _, end in spans], np.int32)
    words = [text[start:end] for start, end in spans]
    cut = [word_pieces.cut(word) for word in words]
    counts = np.array([len(ids) for ids in cut], np.int32)
    paragraph_starts = np.array([start for start, _ in paragraphs], np.int32)
    return Words(
        starts,
        ends,
        np.array([piece for ids in cut for piece in ids], np.int32),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int32),
        np.array([name_shape(word) for word in words], np.int32),
        place_in_quotes(starts, ends, quotations),
        np.searchsorted(paragraph_starts, starts, "right").astype(np.int32),
    )


def name_shape(word: str) -> int:
    """Return the shape of a word: lower case, title, upper case, mixed, with a digit, or no letter at all."""
    if word.islower():
        return LOWER if word.isalpha() or not any(map(str.isdigit, word)) else NUMBER
    if any(map(str.isdigit, word)):
        return NUMBER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    if word.istitle() or (word[:1].isupper() and word[1:].islower()):
        return TITLE
    return MIXED if any(map(str.isalpha, word)) else SIGN


def place_in_quotes(starts: Integers, ends: Integers, quotations: Sequence[Quotation]) -> Integers:
    """Return for each word whether it stands in a quotation, in one within another, or is its mark."""
    places = np.zeros(len(starts), np.int32)
    for quotation in quotations:  # outer ones come before those they hold
        first = int(np.searchsorted(ends, quotation.start, "right"))
        last = int(np.searchsorted(starts, quotation.end, "left"))
        if first >= last:
            continue
        places[first:last] = NESTED if quotation.depth else INSIDE
        if quotation.is_opened:
            places[first] = OPENING
        if quotation.is_closed:
            places[last - 1] = CLOSING
    return places


def cut_windows(words: Words, limit: int = WINDOW, first_limit: int | None = None) -> list[Window]:
    """Pack consecutive paragraphs into windows of at most `limit` pieces.

    `first_limit`, for training, is the limit of the first one, so that the seams fall anew each time.
    """
    room = limit - 2
    edges = np.flatnonzero(np.diff(words.paragraphs)) + 1
    bounds = [0, *edges.tolist(), len(words)] if len(words) else []
    windows: list[Window] = []
    start, used = 0, 0
    space = min(room, (first_limit or limit) - 2)
    for first, last in pairwise(bounds):
        size = int(words.piece_starts[last] - words.piece_starts[first])
        if used and used + 1 + size > space:
            windows.append(Window(start, first, start, first))
            start, used, space = first, 0, room
        if size > room:
            windows += _cut_long(words, first, last, room)
            start, used, space = last, 0, room
        else:
            used += size + (1 if used else 0)
    if used:
        windows.append(Window(start, len(words), start, len(words)))
    return windows


def _cut_long(words: Words, first: int, last: int, room: int) -> list[Window]:
    """Read a paragraph that is too long in windows that overlap; each keeps its middle."""
    windows: list[Window] = []
    overlap = min(OVERLAP, room // 4)
    keep = start = first
    while True:
        end = int(np.searchsorted(words.piece_starts, words.piece_starts[start] + room, "right")) - 1
        end = min(last, max(end, start + 1))
        if end == last:
            windows.append(Window(start, end, keep, end))
            return windows
        middle = int(np.searchsorted(words.piece_starts, words.piece_starts[end] - overlap, "left"))
        middle = min(max(middle, keep + 1), end)
        windows.append(Window(start, end, keep, middle))
        keep = middle
        back = int(np.searchsorted(words.piece_starts, words.piece_starts[middle] - overlap, "left"))
        start = min(max(back, start + 1), middle)


def number_windows(words: Words) -> Integers:
    """Return for each word the number of the window whose reading of it is kept."""
    numbers = np.zeros(len(words), np.int32)
    for number, window in enumerate(cut_windows(words)):
        numbers[window.keep_start : window.keep_end] = number
    return numbers


def fill_window(words: Words, window: Window, word_pieces: WordPieces) -> Input:
    """Return the input of a window: its pieces, a separator between paragraphs and at both ends."""
    low, high = words.piece_starts[window.start], words.piece_starts[window.end]
    pieces = words.pieces[low:high]
    counts = np.diff(words.piece_starts[window.start : window.end + 1])
    shapes = np.repeat(words.shapes[window.start : window.end], counts)
    quotes = np.repeat(words.quotes[window.start : window.end], counts)
    places = words.piece_starts[window.start : window.end] - low
    seams = np.flatnonzero(np.diff(words.paragraphs[window.start : window.end])) + 1
    cuts = places[seams]
    return Input(
        np.concatenate(
            ([word_pieces.first], np.insert(pieces, cuts, word_pieces.separator), [word_pieces.separator])
        ),
        np.concatenate(([0], np.insert(shapes, cuts, 0), [0])),
        np.concatenate(([0], np.insert(quotes, cuts, 0), [0])),
        places + 1 + np.searchsorted(seams, np.arange(window.end - window.start), "right").astype(np.int32),
    )
