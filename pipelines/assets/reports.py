"""Tell Dagster what a lake table is, and what a run did to it."""

from collections.abc import Iterable, Mapping

import dagster as dg
import pyarrow as pa
import pyarrow.dataset as ds

from pipelines.ids import make_id
from pipelines.lake import Lake, schema_of
from pipelines.schemas import TABLES

OWNERS = ("team:whosaid",)
PREVIEW_ROWS = 5
PREVIEW_CHARACTERS = 60


def describe_table(table: str, group: str, deps: Iterable[str], code_version: str) -> dg.AssetSpec:
    """Return the asset of a lake table: what a row is, and what each column means."""
    description = TABLES[table].description
    columns = [
        dg.TableColumn(c.name, str(c.type), c.description, dg.TableColumnConstraints(nullable=c.nullable))
        for c in TABLES[table].columns
    ]
    return dg.AssetSpec(
        table,
        deps=list(deps),
        description=f"One row per {description[0].lower()}{description[1:]}",
        group_name=group,
        code_version=code_version,
        owners=OWNERS,
        kinds={"parquet", "python"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


def report_table(
    lake: Lake, table: str, steps: Iterable[str], **figures: float
) -> dg.MaterializeResult[None]:
    """Return row count, first rows and `figures` of a table that `steps` committed.

    The data version is made of the files' names, which are digests: where no row changed, nothing downstream
    turns stale.
    """
    files = lake.find_files(table, *steps)
    return dg.MaterializeResult(
        asset_key=table,
        data_version=dg.DataVersion(make_id(*files).hex()),
        metadata={
            "dagster/row_count": lake.count(files),
            "dagster/uri": str(lake.folder / table),
            "preview": dg.MetadataValue.md(preview_rows(_first_rows(lake, table, files))),
            **figures,
        },
    )


def _first_rows(lake: Lake, table: str, files: list[str]) -> list[dict[str, object]]:
    if not files:
        return []
    schema = schema_of(table)
    shown = [name for name in schema.names if schema.field(name).type not in (pa.binary(), pa.binary(32))]
    dataset = ds.dataset([lake.folder / file for file in files[:1]], schema=schema)
    rows: list[dict[str, object]] = dataset.head(PREVIEW_ROWS, columns=shown).to_pylist()
    return rows


def preview_rows(rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as a Markdown table, long values cut."""
    rows = list(rows)
    if not rows:
        return "no rows"
    lines = [
        list(rows[0]),
        ["---"] * len(rows[0]),
        *([_show(value) for value in row.values()] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _show(value: object) -> str:
    text = value.hex()[:12] if isinstance(value, bytes) else "" if value is None else str(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= PREVIEW_CHARACTERS else text[: PREVIEW_CHARACTERS - 1] + "…"
