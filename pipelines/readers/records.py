"""What a reader hands on: one record of a file, and what was said of it beside its text.

    {"id": 7, "title": "Bridge closes", "text": "She said …"}    record "7", its text in the field "text"

A record that cannot be read is a record too, with a reason out of `schemas.REASONS`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

GIVEN_FIELDS = ("title", "publisher", "url", "byline", "published_on")

MAX_RECORD_BYTES = 16_000_000
"""Of a page, a line, a row. An article of a million characters has at most 4 MB; the rest is markup."""

FieldMap = Mapping[str, str]
"""What a sidecar calls the fields of a file: {"text": "story_raw", "title": "head"}."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of an article beside its text, each None where nothing is."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    byline: str | None = None
    published_on: date | None = None
    basis: str | None = None  # where each is from: "title=file,publisher=sidecar"

    def basis_of(self, field: str) -> str | None:
        """Return where `field` is from, `sidecar` or `file`; None where it is not given."""
        return dict(part.split("=") for part in (self.basis or "").split(",") if part).get(field)


@dataclass(frozen=True, slots=True)
class Record:
    """A record of a file: raw bytes that hold a text, or the reason why they cannot be read."""

    key: str | None  # names it inside its file; None where the file is one record
    raw: bytes | None
    media_type: str | None
    text_field: str | None  # of a row: the field that holds the text
    given: Given
    reason: str | None = None
    detail: str | None = None


class Reader(Protocol):
    """Opens one kind of file. It may raise in the middle (OSError, say); what it yielded before counts."""

    def __call__(self, location: Path, field_map: FieldMap) -> Iterator[Record]:
        """Yield the records of a file."""


def give(basis: str, **values: str | date | None) -> Given:
    """Return what one `basis` (`sidecar`, `file`) says of an article."""
    said = ",".join(f"{field}={basis}" for field in GIVEN_FIELDS if values.get(field) is not None)
    return Given(**values, basis=said or None)  # type: ignore[arg-type]


def prefer(first: Given, second: Given) -> Given:
    """Return what `first` says, and what `second` says of the rest."""
    if first.basis is None or second.basis is None:
        return second if first.basis is None else first
    chosen = {field: second if getattr(first, field) is None else first for field in GIVEN_FIELDS}
    bases = [f"{field}={basis}" for field, given in chosen.items() if (basis := given.basis_of(field))]
    values = {field: getattr(given, field) for field, given in chosen.items()}
    return Given(**values, basis=",".join(bases))


def refuse(reason: str, detail: str, key: str | None = None, raw: bytes | None = None) -> Record:
    """Return a record that cannot be read."""
    return Record(key, raw, None, None, Given(), reason, detail)
