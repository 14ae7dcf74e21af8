"""Read JSON lines (.jsonl, .ndjson): one object a line. A broken line costs no other."""

from collections.abc import Iterator
from pathlib import Path

from pipelines.readers.fields import read_row, unpack_row
from pipelines.readers.lines import read_lines
from pipelines.readers.records import MAX_RECORD_BYTES, FieldMap, Record, refuse


def read_json_lines(location: Path, field_map: FieldMap) -> Iterator[Record]:
    """Yield a record for every line that is not blank; its raw bytes are the line's."""
    for number, line in enumerate(read_lines(location), 1):
        place = f"line {number}"
        if line is None:
            yield refuse("too_long", f"{place}: more than {MAX_RECORD_BYTES:,} bytes", place)
        elif line.strip():
            yield _read_line(line.rstrip(b"\r\n"), place, field_map)


def _read_line(raw: bytes, place: str, field_map: FieldMap) -> Record:
    try:
        row = unpack_row(raw)
    except ValueError as error:
        return refuse("malformed_record", f"{place}: {error}", place, raw)
    return read_row(row, raw, place, field_map)
