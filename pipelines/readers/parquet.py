"""Read Parquet files: one row an article."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.readers.fields import Row, find_fields, lacks_text, pack_row, read_row, unpack_row
from pipelines.readers.records import MAX_RECORD_BYTES, FieldMap, Record, refuse

ROWS_AT_ONCE = 256  # of articles: a few MB


def read_parquet(location: Path, field_map: FieldMap) -> Iterator[Record]:
    """Yield a record for every row; its raw bytes are the row as a JSON object."""
    with location.open("rb") as source, pq.ParquetFile(source) as file:
        names = file.schema_arrow.names
        if not find_fields(names, "text", field_map):
            yield refuse("no_text", lacks_text(names, field_map))
            return
        number = 0
        for batch in file.iter_batches(ROWS_AT_ONCE):
            plain = pa.schema([field.with_type(_plain_type(field.type)) for field in batch.schema])
            for row in batch.cast(plain).to_pylist():
                number += 1
                yield _read_plain(row, f"row {number}", field_map)


def _read_plain(row: Row, place: str, field_map: FieldMap) -> Record:
    raw = pack_row(row)
    if len(raw) > MAX_RECORD_BYTES:
        return refuse("too_long", f"{place}: more than {MAX_RECORD_BYTES:,} bytes", place)
    return read_row(unpack_row(raw), raw, place, field_map)


def _plain_type(type_: pa.DataType) -> pa.DataType:
    """Return the type whose values Python can hold, whatever they are.

    Dates, times and decimals become strings as Arrow prints them, 2021-12-09 10:00:00, since Python knows
    neither nanoseconds nor the year 10,000; strings become bytes, since in some files they are not UTF-8.
    """
    types = pa.types
    if types.is_struct(type_):
        return pa.struct([field.with_type(_plain_type(field.type)) for field in type_])
    if types.is_list(type_) or types.is_large_list(type_):
        return pa.list_(_plain_type(type_.value_type))
    if types.is_map(type_):
        return pa.map_(_plain_type(type_.key_type), _plain_type(type_.item_type))
    if types.is_dictionary(type_):
        return _plain_type(type_.value_type)
    if types.is_temporal(type_) or types.is_decimal(type_):
        return pa.string()
    return pa.binary() if types.is_string(type_) or types.is_large_string(type_) else type_
