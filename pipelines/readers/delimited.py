"""Read CSV and TSV files: a header line, then one row an article. A broken row costs no other.

A comma separates cells; in .tsv files a tab; and where the header line has no comma but semicolons or tabs,
as spreadsheets of many countries write it, those do. The file is UTF-8, with or without a byte order mark.
"""

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from pipelines.readers.fields import find_fields, lacks_text, pack_row, read_row
from pipelines.readers.lines import read_lines
from pipelines.readers.records import MAX_RECORD_BYTES, FieldMap, Record, refuse

TOO_LONG = f"more than {MAX_RECORD_BYTES:,} bytes"
CELL_TOO_LONG = "field larger than field limit"  # how Python's csv module says it

csv.field_size_limit(MAX_RECORD_BYTES)  # for the whole process; 131,072 by default, less than a web page

Cells = list[str]


def read_delimited(location: Path, field_map: FieldMap) -> Iterator[Record]:
    """Yield a record for every row; its raw bytes are the row as a JSON object."""
    lines = read_lines(location)
    first = next(lines, b"")
    rows = _read_rows(chain([first], lines), _find_delimiter(location, first or b""))
    header = next(rows, [])
    if isinstance(header, csv.Error):
        yield refuse("malformed_record", f"header line: {header}")
        return
    header = _name_columns(header)
    if not find_fields(header, "text", field_map):
        yield refuse("no_text", lacks_text(header, field_map))
        return
    for number, cells in enumerate(rows, 1):
        yield _read_cells(cells, header, f"row {number}", field_map)


def _decode(line: bytes | None) -> str:
    """Return a line as text, a byte that is no UTF-8 as a lone surrogate: it costs its own cell only."""
    if line is None:
        raise csv.Error(TOO_LONG)
    return line.decode("utf-8-sig", "surrogateescape")


def _find_delimiter(location: Path, header: bytes) -> str:
    if location.name.lower().endswith((".tsv", ".tsv.gz")):
        return "\t"
    return "," if b"," in header else max(";\t", key=lambda mark: header.count(mark.encode()))


def _read_rows(lines: Iterator[bytes | None], delimiter: str) -> Iterator[Cells | csv.Error]:
    """Yield the rows, and an error for one that is none. After it the reader goes on with the next line."""
    reader = csv.reader(map(_decode, lines), delimiter=delimiter, strict=True)
    while (row := _read_next(reader)) is not None:
        if row:  # and not a blank line
            yield row


def _read_next(reader: Iterator[Cells]) -> Cells | csv.Error | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return error


def _name_columns(header: Cells) -> Cells:
    """Return the names of the columns, by its place for one that has none, or an earlier one's."""
    names = [name.strip() for name in header]
    first = {name: place for place, name in reversed([*enumerate(names)])}
    return [
        name if name and first[name] == place else f"column {place + 1}" for place, name in enumerate(names)
    ]


def _read_cells(cells: Cells | csv.Error, header: Cells, place: str, field_map: FieldMap) -> Record:
    if isinstance(cells, csv.Error):
        is_too_long = TOO_LONG in str(cells) or CELL_TOO_LONG in str(cells)
        return refuse("too_long" if is_too_long else "malformed_record", f"{place}: {cells}", place)
    if len(cells) != len(header):
        return refuse("malformed_record", f"{place} has {len(cells)} cells, the header {len(header)}", place)
    row = dict(zip(header, cells, strict=True))
    return read_row(row, pack_row(row), place, field_map)
