"""Read what a user says of landing files that they do not say themselves: `publishers.csv`.

    path,publisher,url,published_on,text_field
    talks.txt,The Daily Post,,2021-12-09,
    wires/*.jsonl,Example News Agency,,,story_raw

`path` is a file or a pattern (`*` stands for anything, folders included), relative to the folder in which
the sidecar lies: the landing folder or a batch. A blank cell says nothing. Of the rows that speak of a file
its own counts before patterns, and a later pattern before an earlier one. The sidecar is configuration, no
article: a mistake in it stops the run.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import translate
from functools import reduce
from pathlib import Path

from pipelines.landing import SIDECAR
from pipelines.readers.fields import NAMES
from pipelines.readers.records import GIVEN_FIELDS, FieldMap, Given, give, prefer

FIELD_COLUMNS = {f"{role}_field": role for role in NAMES}
COLUMNS = ("path", *GIVEN_FIELDS, *FIELD_COLUMNS)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the sidecar says of a file: facts about its articles, and names of its fields."""

    given: Given
    field_map: FieldMap


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Entries by the path of a file, and by pattern in the order of the rows."""

    files: Mapping[str, Entry] = field(default_factory=dict)
    patterns: tuple[tuple[re.Pattern[str], Entry], ...] = ()

    def given_for(self, path: str) -> Given:
        """Return what is said of the file's articles."""
        return reduce(prefer, (entry.given for entry in self._entries(path)), Given())

    def fields_for(self, path: str) -> FieldMap:
        """Return what the file calls its fields: {"text": "story_raw"}."""
        entries = reversed([*self._entries(path)])
        return {role: name for entry in entries for role, name in entry.field_map.items()}

    def _entries(self, path: str) -> Iterator[Entry]:
        """Yield the entries of a file, the one that counts first."""
        if path in self.files:
            yield self.files[path]
        for pattern, entry in reversed(self.patterns):
            if pattern.match(path):
                yield entry


def read_sidecar(landing: Path) -> Sidecar:
    """Return what the sidecars of the landing folder and of its batches say; a batch's counts before."""
    batches = sorted(
        path.parent for path in landing.glob(f"*/{SIDECAR}") if not path.parent.name.startswith(".")
    )
    files: dict[str, Entry] = {}
    patterns = []
    for folder in (landing, *batches):
        prefix = "" if folder == landing else folder.name + "/"
        for path, entry in _read_entries(folder / SIDECAR):
            if prefix + path in files:
                raise ValueError(f"{folder / SIDECAR} has a second row for {path!r}; make them one")
            files[prefix + path] = entry
            if any(mark in path for mark in "*?["):
                patterns.append((re.compile(re.escape(prefix) + translate(path)), entry))
    return Sidecar(files, tuple(patterns))


def _read_entries(location: Path) -> Iterator[tuple[str, Entry]]:
    """Yield the rows of a sidecar, with their paths; none where there is no sidecar."""
    if not location.exists():
        return
    try:
        with location.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", strict=True)
            unknown = set(reader.fieldnames or ()) - set(COLUMNS)
            if unknown or "path" not in (reader.fieldnames or ()):
                raise ValueError(
                    f"{location}: its columns must be `path` and some of {', '.join(COLUMNS[1:])}; "
                    f"they are {', '.join(reader.fieldnames or ['none'])}"
                )
            for row in reader:
                yield _read_entry(row, f"{location}, line {reader.line_num}")
    except UnicodeDecodeError as error:
        raise ValueError(f"{location} is not UTF-8; save it as CSV UTF-8") from error
    except csv.Error as error:
        raise ValueError(f"{location}: {error}") from error


def _read_entry(row: dict[str, str], where: str) -> tuple[str, Entry]:
    """Return a row's path and entry; `where` it stands is for the message."""
    if "" in row or None in row.values():
        raise ValueError(f"{where}: not as many cells as the header has; put quotation marks around commas")
    said = {column: value.strip() for column, value in row.items() if value.strip()}
    if "path" not in said:
        raise ValueError(f"{where}: no path; delete the row or say which file it is about")
    day = said.get("published_on")
    if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise ValueError(f"{where}: published_on is {day!r}; write it as 2021-12-09")
    try:
        published_on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise ValueError(f"{where}: published_on is {day!r}: {error}") from error
    given = give(
        "sidecar",
        **{name: said.get(name) for name in GIVEN_FIELDS if name != "published_on"},
        published_on=published_on,
    )
    field_map = {role: said[column] for column, role in FIELD_COLUMNS.items() if column in said}
    return said["path"], Entry(given, field_map)
