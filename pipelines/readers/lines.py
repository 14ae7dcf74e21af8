"""Read the lines of a file of any size, packed with gzip or not, holding one line in memory at a time."""

import gzip
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from pathlib import Path

from pipelines.readers.records import MAX_RECORD_BYTES


def read_lines(location: Path, max_bytes: int = MAX_RECORD_BYTES) -> Iterator[bytes | None]:
    """Yield the lines, each with its line end; None for one that is longer than a record may be.

    Raises OSError, EOFError or zlib.error where a file breaks off, UnicodeError where it is UTF-16, whose
    lines do not end in one byte.
    """
    with gzip.open(location) if location.suffix.lower() == ".gz" else location.open("rb") as file:
        line = file.readline(max_bytes + 1)
        if line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
            raise UnicodeError("the file is UTF-16; save it as UTF-8")
        while line:
            if len(line) <= max_bytes:
                yield line
            else:
                while line and not line.endswith(b"\n"):
                    line = file.readline(1 << 20)
                yield None
            line = file.readline(max_bytes + 1)
