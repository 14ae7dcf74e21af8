"""Read landing files as records: one for a text or a web page, one a line or row for files of many.

    feed.jsonl.gz, line 3: {"id": "a-17", "text": "The mayor said …"}    record "a-17", text in "text"

To add an input format write a `Reader` in a module of its own and name it in `READERS`. No input stops the
run: what cannot be read is a record with a reason and a detail.

A record's key, with the path of its file, is its address, by which a corrected article is known for the same.
It is the value of the first key field that the record has (`fields.NAMES["key"]`: an identifier, else a web
address), so that it stays when others are put before it; a record without one is named by its line or row.
"""

import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

import pyarrow as pa

from pipelines.landing import LandingFile
from pipelines.readers.delimited import read_delimited
from pipelines.readers.json_lines import read_json_lines
from pipelines.readers.parquet import read_parquet
from pipelines.readers.records import Given, Reader, Record, prefer, refuse
from pipelines.readers.sidecar import Sidecar
from pipelines.readers.whole_file import read_html_file, read_text_file

__all__ = ["READERS", "Given", "Reader", "Record", "read_records"]

READERS: dict[str, Reader] = {
    ".txt": read_text_file,
    ".html": read_html_file,
    ".htm": read_html_file,
    ".jsonl": read_json_lines,
    ".jsonl.gz": read_json_lines,
    ".ndjson": read_json_lines,
    ".ndjson.gz": read_json_lines,
    ".csv": read_delimited,
    ".csv.gz": read_delimited,
    ".tsv": read_delimited,
    ".tsv.gz": read_delimited,
    ".parquet": read_parquet,
}


def read_records(file: LandingFile, sidecar: Sidecar) -> Iterator[Record]:
    """Yield the records of a file, at least one, each with a key of its own."""
    given = sidecar.given_for(file.path)
    for record in _name_apart(_read_file(file, sidecar)):
        yield replace(record, given=prefer(given, record.given))


def _read_file(file: LandingFile, sidecar: Sidecar) -> Iterator[Record]:
    """Yield the records of a file, and where it breaks off a last one that says so."""
    reader = _find_reader(file.path)
    if file.reason:
        yield refuse(file.reason, file.detail or "")
    elif reader is None:
        yield refuse("unsupported_type", f"none of {', '.join(READERS)}")
    elif file.byte_count == 0:
        yield refuse("empty", "0 bytes")
    else:
        is_read = False
        try:
            for record in reader(file.location, sidecar.fields_for(file.path)):
                is_read = True
                yield record
        except UnicodeError as error:
            yield refuse("undecodable", str(error))
        except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
            # An OSError's own text names the location, which differs between machines.
            yield refuse("unreadable_file", getattr(error, "strerror", None) or str(error))
        else:
            if not is_read:
                yield refuse("empty", "no record in the file")


def _find_reader(path: str) -> Reader | None:
    """Return the reader for a path's last suffixes: `.jsonl.gz` and not `.gz`, `.txt` of `talks.v2.txt`."""
    suffixes = PurePosixPath(path.lower()).suffixes[-2:]
    return READERS.get("".join(suffixes)) or READERS.get("".join(suffixes[-1:]))


def _name_apart(records: Iterator[Record]) -> Iterator[Record]:
    """Yield the records; one whose key an earlier one has gets another, and is refused for it."""
    seen = set()
    for number, record in enumerate(records, 1):
        key = record.key
        while key in seen:
            key = f"{key} (record {number})"
        seen.add(key)
        if key == record.key:
            yield record
        else:
            detail = f"record {number} has the key of an earlier one, {record.key!r}"
            refused = replace(record, key=key)
            yield refused if record.reason else replace(refused, reason="duplicate_address", detail=detail)
