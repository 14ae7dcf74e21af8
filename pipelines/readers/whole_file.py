"""Read a file that is one record: plain text (.txt) or a web page (.html)."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pipelines.readers.records import MAX_RECORD_BYTES, FieldMap, Given, Reader, Record, refuse

MAX_TEXT_BYTES = 4_000_000  # a million characters, the longest article, have at most four bytes each


def _read_whole(media_type: str, max_bytes: int, location: Path, field_map: FieldMap) -> Iterator[Record]:
    with location.open("rb") as file:
        raw = file.read(max_bytes + 1)
    if len(raw) > max_bytes:
        yield refuse("too_long", f"more than {max_bytes:,} bytes")
    else:
        yield Record(None, raw, media_type, None, Given())


read_text_file: Reader = partial(_read_whole, "text/plain", MAX_TEXT_BYTES)
read_html_file: Reader = partial(_read_whole, "text/html", MAX_RECORD_BYTES)
