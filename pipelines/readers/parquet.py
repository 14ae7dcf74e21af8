"""Read Parquet files: one row an article."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.readers.fields import find_fields, lacks_text, pack_row, read_row
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
            for row in _as_json_types(batch).to_pylist():
                number += 1
                place = f"row {number}"
                raw = pack_row(row)
                if len(raw) > MAX_RECORD_BYTES:
                    yield refuse("too_long", f"{place}: more than {MAX_RECORD_BYTES:,} bytes", place)
                else:
                    yield read_row(row, raw, place, field_map)


def _as_json_types(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return dates, times and decimals as strings, as Arrow prints them: 2021-12-09 10:00:00."""
    columns = [column.cast(pa.string()) if _is_printed(column.type) else column for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _is_printed(type_: pa.DataType) -> bool:
    types = pa.types
    return bool(
        types.is_date(type_) or types.is_timestamp(type_) or types.is_time(type_) or types.is_decimal(type_)
    )
