"""Find what stands in quotation marks in news text, whatever the marks look like.

“We are close,” Marin said. “Very close.” holds two quotations. Marks may be curly, straight, low („),
angular («), typewritten (`` '') or single, glued to the next word, turned the wrong way, lacking on a side.
All offsets are character offsets into the text given, end exclusive.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

DOUBLE_MARK = re.compile(r"[“„‟«]+|[”»]+|[\"＂]|``|(?<!\S)''|''(?!')")
OPENING = "“„‟«`"
CLOSING = "”»"
SINGLE_MARK = re.compile(r"[‘’‚‹›']")
NOT_BEFORE_AN_OPENING = re.compile(r"[\w.,;:!?…)\]%€$]")  # "taxation,”" closes; "(“", "—“" and " “" may open
SENTENCE_END = re.compile(r"[.!?]\s")
LONGEST_DOUBTFUL_SINGLE = 60  # characters; past it a mark after "s" is the apostrophe of a plural
ELISIONS = re.compile(r"(?:\d\ds?|em|tis|twas|til|cause|cuz|bout|n|round)\b", re.IGNORECASE)  # "the ’90s"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch in quotation marks; its inner part is what the marks hold, less a comma at its end."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    is_opened: bool  # false: a closing mark alone; the quotation starts where its sentence or paragraph does
    is_closed: bool  # false: an opening mark alone; the quotation ends where its paragraph does
    is_continuing: bool = False  # goes on with the unclosed quotation of the paragraph before
    depth: int = 0  # 1: stands inside another quotation


@dataclass(frozen=True, slots=True)
class _Mark:
    """A double mark: its place, what its glyph says, and what the white space around it says."""

    start: int
    end: int
    glyph: str  # "opening", "closing", "either"
    fits_opening: bool
    fits_closing: bool
    follows_punctuation: bool  # the last visible character before it is one of , . ! ?


def find_quotations(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Return the quotations of these paragraphs in order, nested ones right after the one that holds them.

    A quotation never leaves its paragraph: one that runs over several is one `Quotation` a paragraph, all but
    the first `is_continuing`, all but the last unclosed.
    """
    found: list[Quotation] = []
    is_open = False
    for start, end in paragraphs:
        here = _find_in_paragraph(text, start, end)
        outer = [quotation for quotation in here if quotation.depth == 0]
        if is_open and outer and not text[start : outer[0].start].strip() and outer[0].is_opened:
            here[here.index(outer[0])] = outer[0] = replace(outer[0], is_continuing=True)
        is_open = bool(outer) and not outer[-1].is_closed
        found += here
    return found


def _find_in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    end = start + len(text[start:end].rstrip())
    doubles = _pair_doubles(text, start, end)
    singles = _drop_crossing(_pair_singles(text, start, end), doubles)
    nested: list[Quotation] = []
    holders: list[Quotation] = []
    for quotation in sorted(doubles + singles, key=lambda quotation: (quotation.start, -quotation.end)):
        while holders and holders[-1].end <= quotation.start:
            holders.pop()
        nested.append(replace(quotation, depth=len(holders)))
        holders.append(quotation)
    return nested


def _read_marks(text: str, start: int, end: int) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in DOUBLE_MARK.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if match[0] in ('"', "''", "＂") and before.isdigit() and not after.isalnum() and not marks:
            continue  # inches: a 27" screen
        sign = match[0][0]
        glyph = "opening" if sign in OPENING else "closing" if sign in CLOSING else "either"
        fits_opening = not NOT_BEFORE_AN_OPENING.match(before) and not after.isspace()
        fits_closing = not before.isspace() and not after.isalnum()
        visible = text[max(start, match.start() - 3) : match.start()].rstrip()[-1:]
        marks.append(_Mark(*match.span(), glyph, fits_opening, fits_closing, visible in {",", ".", "!", "?"}))
    return marks


def _pair_doubles(text: str, start: int, end: int) -> list[Quotation]:
    """Pair the double marks of a paragraph, from left to right, looking two marks ahead."""
    marks = _read_marks(text, start, end)
    found: list[Quotation] = []
    nested: list[Quotation] = []
    opened: _Mark | None = None
    free = start  # where what no quotation holds yet begins
    i = 0
    while i < len(marks):
        mark, ahead = marks[i], marks[i + 1 : i + 3]
        if opened is None:
            if _opens(mark, ahead, is_last=mark.end >= end):
                opened = mark
            elif mark.glyph != "either" or mark.fits_closing:
                _close_without_opening(text, free, mark, found)
            free = mark.end
        elif _opens_anew(mark, ahead, text):
            spans = (opened.start, mark.start), (opened.end, mark.start)
            found.append(_quotation(text, *spans, is_closed=False))
            opened = mark
        elif _nests(mark, ahead):
            nested.append(_quotation(text, (mark.start, ahead[0].end), (mark.end, ahead[0].start)))
            i += 1
        else:
            found.append(_quotation(text, (opened.start, mark.end), (opened.end, mark.start)))
            opened, free = None, mark.end
        i += 1
    if opened is not None:
        found.append(_quotation(text, (opened.start, end), (opened.end, end), is_closed=False))
    return found + nested


def _opens(mark: _Mark, ahead: Sequence[_Mark], *, is_last: bool) -> bool:
    """Whether a mark, met while nothing is open, opens a quotation."""
    if mark.glyph == "either":
        return mark.fits_opening or (not mark.fits_closing and not is_last)
    if mark.glyph == "opening":  # at the end of a paragraph “ closes
        return not is_last
    # ”so” and »so«: a closing glyph that can only open, with a mark ahead that can close
    return mark.fits_opening and not mark.fits_closing and bool(ahead) and ahead[0].fits_closing


def _opens_anew(mark: _Mark, ahead: Sequence[_Mark], text: str) -> bool:
    """Whether a mark, met inside a quotation, starts the next one: “A. Marin said. “B.”"""
    if mark.glyph == "closing" or not mark.fits_opening or not ahead or _is_closer_turned(mark, ahead, text):
        return False
    if mark.glyph == "opening" and _nests(mark, ahead):
        return False
    return mark.follows_punctuation and ahead[0].fits_closing and ahead[0].glyph != "opening"


def _is_closer_turned(mark: _Mark, ahead: Sequence[_Mark], text: str) -> bool:
    """Whether an opening glyph stands for a closing one: again, “he added."""
    return mark.follows_punctuation and (
        text[mark.end : mark.end + 1].islower() or (bool(ahead) and ahead[0].glyph == "opening")
    )


def _nests(mark: _Mark, ahead: Sequence[_Mark]) -> bool:
    """Whether a mark, met inside a quotation, opens one within: “He said “no” to me.”"""
    return (
        mark.glyph != "closing"
        and mark.fits_opening
        and len(ahead) == 2
        and ahead[0].glyph != "opening"
        and ahead[1].glyph != "opening"
        and ahead[0].fits_closing
        and ahead[1].fits_closing
        and not (mark.glyph == "either" and (ahead[1].fits_opening or mark.follows_punctuation))
    )


def _close_without_opening(text: str, free: int, mark: _Mark, found: list[Quotation]) -> None:
    """Add the quotation that ends at a closing mark alone, or lengthen the last one in the same sentence."""
    between = text[free : mark.start]
    if not between.strip():
        return
    last = found[-1] if found else None
    if last and last.is_opened and last.end == free and not SENTENCE_END.search(between):
        found[-1] = _quotation(text, (last.start, mark.end), (last.inner_start, mark.start))
    else:  # „develop” Ukrainian territory,” lengthens; It was late,” she said does not
        found.append(_quotation(text, (free, mark.end), (free, mark.start), is_opened=False))


def _pair_singles(text: str, start: int, end: int) -> list[Quotation]:
    """Pair single marks told from apostrophes: ‘so’, but not the ’90s, don’t, voters’ rights."""
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    doubtful: re.Match[str] | None = None  # may close, may be the apostrophe of a plural: ‘the voters’
    for mark in SINGLE_MARK.finditer(text, start, end):
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        if mark[0] not in "’›" and _may_open(text, mark.end(), before, after):
            if opened and doubtful:
                found.append(_between(text, opened, doubtful))
            opened, doubtful = mark, None
        elif opened and mark[0] not in "‘‚‹" and not before.isspace() and not after.isalnum():
            if before not in "sSzx" or after != " ":
                found.append(_between(text, opened, mark))
                opened = doubtful = None
            elif mark.start() - opened.end() < LONGEST_DOUBTFUL_SINGLE:
                doubtful = doubtful or mark
    if opened and doubtful:
        found.append(_between(text, opened, doubtful))
    return found


def _between(text: str, opening: re.Match[str], closing: re.Match[str]) -> Quotation:
    return _quotation(text, (opening.start(), closing.end()), (opening.end(), closing.start()))


def _may_open(text: str, mark_end: int, before: str, after: str) -> bool:
    is_at_boundary = before.isspace() or before in '([{—–-“„"«'
    return is_at_boundary and not after.isspace() and not ELISIONS.match(text, mark_end)


def _drop_crossing(singles: Sequence[Quotation], doubles: Sequence[Quotation]) -> list[Quotation]:
    """Return the single quotations that lie inside, outside or around the double ones, none across a mark."""
    edges = sorted(edge for double in doubles for edge in (double.start, double.end - 1))
    balance = [0]  # the openings less the closings of `doubles` among the first edges
    starts = {double.start for double in doubles}
    for edge in edges:
        balance.append(balance[-1] + (1 if edge in starts else -1))
    kept = []
    for single in singles:
        first, last = bisect_left(edges, single.start), bisect_left(edges, single.end)
        if balance[first] == balance[last] == min(balance[first : last + 1]):
            kept.append(single)
    return kept


def _quotation(
    text: str,
    outer: tuple[int, int],
    inner: tuple[int, int],
    *,
    is_opened: bool = True,
    is_closed: bool = True,
) -> Quotation:
    words = text[slice(*inner)]
    start = inner[0] + len(words) - len(words.lstrip())
    end = max(start, inner[0] + len(words.rstrip().removesuffix(",").rstrip()))
    return Quotation(
        outer[0] if is_opened else start, outer[1] if is_closed else end, start, end, is_opened, is_closed
    )
