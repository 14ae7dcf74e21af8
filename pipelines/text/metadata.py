"""Read what a news text tells about itself: title, publisher, wire, byline, dateline, date.

    The Day – Biden talks about sanctions …         publisher "The Day", title "Biden talks about sanctions …"
    WILMINGTON, Del. (AP) — President Joe Biden …   wire "AP", dateline "WILMINGTON, Del. (AP)"
     date 2021-12-09                                published on 9 December 2021

Nothing is guessed: what the text does not state is None. A publisher is read only from a title that opens
or ends with the name of a listed outlet ("The Latest – …" names none); a wire only from a dateline, a byline
or a credit ("according to Reuters" names a source, not a wire); a date only from a line that is nothing else.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pipelines.text.date_headers import read_date_header
from pipelines.text.passages import BLANK, Passage, PassageLexicon

CREDIT = re.compile(
    r"contribut|report|writ|edit|copyright|©|rights reserved|with (?:input|files)", re.IGNORECASE
)
IS_UPDATE = re.compile(r"updated|modified", re.IGNORECASE)
BEFORE_NAME = re.compile(r"(?:by|written by|reported by|story by)[:\s]+", re.IGNORECASE)
AROUND_NAME = " \t\xa0—–-:|"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text tells about itself; None for what it does not."""

    title: str | None
    publisher: str | None
    wire: str | None
    byline: str | None
    dateline: str | None
    published_on: date | None


def find_metadata(text: str, passages: Sequence[Passage], lexicon: PassageLexicon) -> Metadata:
    """Return what the passages of `text` tell about it."""
    printed = [(p.passage_type, text[p.start : p.end].strip().strip(BLANK)) for p in passages]
    return Metadata(
        title=next(_texts_of("title", printed), None),
        publisher=_find_publisher(printed, lexicon.outlets),
        wire=_find_wire(printed, lexicon),
        byline=next(_find_writers(printed), None),
        dateline=next((dateline.rstrip(AROUND_NAME) for dateline in _texts_of("dateline", printed)), None),
        published_on=next(_find_dates(printed), None),
    )


def _texts_of(passage_type: str, printed: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (text for type_, text in printed if type_ == passage_type)


def _find_publisher(printed: Sequence[tuple[str, str]], outlets: Collection[str]) -> str | None:
    """The outlet that stands beside the title."""
    for (type_, text), (next_type, next_text) in pairwise(printed):
        if {type_, next_type} == {"title", "other"}:
            outlet = (text if type_ == "other" else next_text).strip(AROUND_NAME)
            if outlet in outlets:
                return outlet
    return None


def _find_wire(printed: Sequence[tuple[str, str]], lexicon: PassageLexicon) -> str | None:
    """The agency of the dateline, or else the first one that a byline or a credit names."""
    for passage_type in ("dateline", "byline", "footer"):
        for text in _texts_of(passage_type, printed):
            agency = lexicon.agency.search(text)
            if agency and (passage_type != "footer" or CREDIT.search(text)):
                return lexicon.agencies[agency[0]]
    return None


def _find_writers(printed: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Bylines without their 'By'; a line that is only an address or an agency names no writer."""
    for byline in _texts_of("byline", printed):
        if opening := BEFORE_NAME.match(byline):
            yield byline[opening.end() :]


def _find_dates(printed: Sequence[tuple[str, str]]) -> Iterator[date]:
    """Dates above the running text, and labelled ones ('Published: …') anywhere, but none of an update."""
    types = [type_ for type_, _ in printed]
    opening = types.index("body") if "body" in types else len(types)
    for i, (type_, text) in enumerate(printed):
        header = read_date_header(text) if type_ == "date_header" else None
        if header and header.day and (i < opening or header.label) and not IS_UPDATE.search(header.label):
            yield header.day
