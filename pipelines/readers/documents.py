"""What becomes of a record's raw bytes: a document, or a refusal with its reason."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a record, and what its markup says of it; plain text has no markup, and says None."""

    text: str
    encoding: str  # as Python names it: "utf-8", "utf-16-le", "cp1252"
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_on: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record has no text: one of `schemas.REASONS`, and what exactly is wrong."""

    reason: str
    detail: str
