"""Build the warehouse aside, check it, and only then publish it.

`warehouse/news.duckdb` is a link to `versions/20261121T184421.112808Z-9f31c2a1/news.duckdb`, an immutable
version. The link is swapped atomically: whoever holds the old version open keeps it, whoever opens the link
next sees the new one. A version is built in a folder of its own, in one transaction; where a check fails,
what is published stays as it was. Dagster does not appear here: its assets call `build_warehouse`.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from pipelines.schemas import DIGESTS, ID, SPANS, TABLES, VECTOR
from pipelines.sql_models import (
    LOADED,
    SQL,
    Check,
    SqlModel,
    find_checks,
    find_lineage,
    load_models,
)

FILE = "news.duckdb"  # DuckDB names a catalog after the file that a link resolves to: `news`
STORAGE_VERSION = "v1.5.0"  # the oldest client that can read the published file
VERSIONS_KEPT = 3
ROWS_SHOWN = 5

DUCKDB_TYPES = {
    ID: "UUID",
    pa.binary(): "BLOB",
    pa.binary(32): "BLOB",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.float64(): "DOUBLE",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.string(): "VARCHAR",
    pa.timestamp("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    DIGESTS: "BIGINT[]",
    VECTOR: "BLOB",
    pa.list_(pa.string()): "VARCHAR[]",
    SPANS: 'STRUCT("start" INTEGER, "end" INTEGER)[]',
}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ModelReport:
    """What was built from one SQL model."""

    model: SqlModel
    columns: dict[str, str]  # column → DuckDB type
    lineage: dict[str, list[tuple[str, str]]]  # column → (table, column)
    row_count: int | None  # None for a macro
    first_rows: list[Row]
    seconds: float


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Outcome of one check: how many rows break it, and the first few."""

    check: Check
    failing_count: int
    first_rows: list[Row]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Outcome of a build; `published` is the new version's file, None where a check failed."""

    models: list[ModelReport]
    checks: list[CheckReport]
    published: Path | None
    seconds: float

    @property
    def failed_checks(self) -> list[CheckReport]:
        """The checks that keep the build from being published."""
        return [report for report in self.checks if report.failing_count]


def build_warehouse(
    files: Mapping[str, Sequence[Path]],
    warehouse: Path,
    meta: Mapping[str, object],
    select: Collection[str] | None = None,
    sql: Path = SQL,
) -> BuildReport:
    """Build `warehouse`/news.duckdb from the lake's Parquet `files` and publish it if every check holds.

    `meta` is the row of `_meta` but for `published_at`. With `select`, only the models it names are built
    anew, on a copy of the published version; what `meta` then leaves out stays as it was.
    """
    started = time.monotonic()
    link = warehouse / FILE
    if link.exists() and not link.is_symlink():
        raise FileExistsError(f"{link} is not a link to a published version: move it away and refresh again")
    with _open_build_folder(warehouse) as folder:
        if select is not None and link.exists():
            shutil.copyfile(link, folder / FILE)
        with _connect(folder) as connection:
            _show_lake(connection, files)
            models, checks = _fill(connection, sql, meta, select)
        passed = not any(report.failing_count for report in checks)
        published = _publish(folder, warehouse) if passed else None
    return BuildReport(models, checks, published, time.monotonic() - started)


def create_table(connection: duckdb.DuckDBPyConnection, name: str, schema: str = "main") -> None:
    """Create an empty table of the contract."""
    columns = ", ".join(f'"{c.name}" {DUCKDB_TYPES[c.type]}' for c in TABLES[name].columns)
    connection.execute(f"create table {schema}.{name} ({columns})")


def create_model(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> dict[str, str]:
    """Create one table, view or macro and return column → type; the columns must be those documented."""
    file = f"sql/{model.folder}/{model.name}.sql"
    statement = model.sql
    if model.materialized != "macro":
        statement = f"create or replace {model.materialized} {model.name} as {statement}"
    try:
        connection.execute(statement)
        columns = _find_columns(connection, model)
    except duckdb.Error as error:
        error.add_note(f"in {file}")
        raise
    documented = [column.name for column in model.columns]
    if documented != list(columns):
        raise ValueError(f"{file}: documented are {documented}, built are {list(columns)}")
    if table := TABLES.get(model.name):
        promised = {column.name: DUCKDB_TYPES[column.type] for column in table.columns}
        if wrong := {name: columns[name] for name in columns if columns[name] != promised[name]}:
            raise ValueError(f"{file}: types are not those of the contract: {wrong}")
    return columns


def run_check(connection: duckdb.DuckDBPyConnection, check: Check) -> CheckReport:
    """Count the rows that break `check` and take the first few."""
    try:
        count = _fetch(connection, f"select count(*) as n from ({check.sql})")[0]["n"]
    except duckdb.Error as error:
        error.add_note(f"in check {check.name}")
        raise
    return CheckReport(check, count, _fetch(connection, f"{check.sql}\nlimit {ROWS_SHOWN}") if count else [])


def _fill(
    connection: duckdb.DuckDBPyConnection,
    sql: Path,
    meta: Mapping[str, object],
    select: Collection[str] | None,
) -> tuple[list[ModelReport], list[CheckReport]]:
    """Build the models and check them in one transaction, which is rolled back where a check fails."""
    models = load_models(sql)
    connection.begin()
    present = _find_kinds(connection)  # none in a new file
    if not present:
        for name in LOADED:
            connection.execute(f"create table {name} as from lake.{name}")
    chosen = [m for m in models.values() if select is None or m.name in select or m.name not in present]
    for model in chosen:
        if present.get(model.name, model.materialized) != model.materialized:  # a table has become a view
            connection.execute(f"drop {present[model.name]} {model.name}")
    reports = [_build_model(connection, model) for model in chosen]
    _write_meta(connection, meta)
    for statement in _comment(chosen):
        connection.execute(statement)
    outcomes = [run_check(connection, check) for check in find_checks(models, sql)]
    if any(outcome.failing_count for outcome in outcomes):
        connection.rollback()
    else:
        connection.commit()
        connection.execute("checkpoint")  # so that no write-ahead log stays beside the file
    return reports, outcomes


def _build_model(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> ModelReport:
    """Create one model and take what its asset page shows."""
    started = time.monotonic()
    columns = create_model(connection, model)
    is_macro = model.materialized == "macro"
    count = None if is_macro else _fetch(connection, f"select count(*) as n from {model.name}")[0]["n"]
    rows = [] if is_macro else _fetch(connection, f"from {model.name} limit {ROWS_SHOWN}")
    seconds = time.monotonic() - started
    origins = find_lineage(model, _find_schema(connection)) if model.returns_rows else {}
    return ModelReport(model, columns, origins, count, rows, seconds)


def _write_meta(connection: duckdb.DuckDBPyConnection, meta: Mapping[str, object]) -> None:
    """Write the one row of `_meta`: `meta`, and for what it leaves out the published row's value."""
    published = _fetch(connection, "from _meta")[0] if "_meta" in _find_kinds(connection) else {}
    row = published | dict(meta) | {"published_at": datetime.now(UTC)}
    names = [column.name for column in TABLES["_meta"].columns]
    connection.execute("drop table if exists _meta")
    create_table(connection, "_meta")
    connection.execute(f"insert into _meta values ({', '.join('?' * len(names))})", [row[n] for n in names])


def _comment(models: Iterable[SqlModel]) -> Iterator[str]:
    """Yield the statements that write what each table, column and macro means into the file."""

    def quote(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    for name in (*LOADED, "_meta"):
        table = TABLES[name]
        yield f"comment on table {name} is {quote(table.description)}"
        for column in table.columns:
            yield f'comment on column {name}."{column.name}" is {quote(column.description)}'
    for model in models:
        if model.materialized == "macro":
            kind = "macro table" if model.returns_rows else "macro"
            yield f"comment on {kind} {model.name} is {quote(model.description)}"
            continue  # the columns of a macro take no comment
        yield f"comment on {model.materialized} {model.name} is {quote(model.description)}"
        for documented in model.columns:
            yield f'comment on column {model.name}."{documented.name}" is {quote(documented.description)}'


def _connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open the build's file as catalog `news`, and beside it an empty catalog `lake`, not published."""
    connection = duckdb.connect(
        config={
            "memory_limit": "60%",  # the process that builds may also hold a language model
            "temp_directory": str(folder / "spill"),
            "preserve_insertion_order": False,  # the order of rows means nothing, and keeping it costs memory
        }
    )
    file = str(folder / FILE).replace("'", "''")
    connection.execute(f"attach '{file}' as news (storage_version '{STORAGE_VERSION}')")
    connection.execute("attach ':memory:' as lake")
    connection.execute("use news")
    return connection


def _show_lake(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> None:
    """Make each table of the lake readable as `lake.<table>`, its ids as UUIDs."""
    for name, table in TABLES.items():
        if table.made_by != "lake":
            continue
        if not files.get(name):
            create_table(connection, name, "lake")
            continue
        columns = ", ".join(f'"{c.name}"::{DUCKDB_TYPES[c.type]} as "{c.name}"' for c in table.columns)
        paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files[name])
        rows = f"read_parquet([{paths}], hive_partitioning = false)"  # a folder `a=b` is only a folder
        connection.execute(f"create view lake.{name} as select {columns} from {rows}")


def _find_kinds(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return name → kind of the tables, views and macros in the build's file."""
    query = """
        select table_name as name, 'table' as kind from duckdb_tables() where database_name = 'news'
        union all
        select view_name, 'view' from duckdb_views() where database_name = 'news' and not internal
        union all
        select function_name, 'macro' from duckdb_functions() where database_name = 'news' and not internal
    """
    return {row["name"]: row["kind"] for row in _fetch(connection, query)}


def _find_schema(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Return table → column → type of all that a model can read."""
    query = "select table_name, column_name, data_type from duckdb_columns() where not internal"
    schema: dict[str, dict[str, str]] = {}
    for row in _fetch(connection, query):
        schema.setdefault(row["table_name"], {})[row["column_name"]] = row["data_type"]
    return schema


def _find_columns(connection: duckdb.DuckDBPyConnection, model: SqlModel) -> dict[str, str]:
    """Return column → type of a built model; a scalar macro has none."""
    if not model.returns_rows:
        return {}
    call = f"({', '.join(['null'] * len(model.parameters))})" if model.materialized == "macro" else ""
    rows = _fetch(connection, f"describe from {model.name}{call}")
    return {row["column_name"]: row["column_type"] for row in rows}


def _fetch(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Run a query and return its rows by column name."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def _open_build_folder(warehouse: Path) -> Iterator[Path]:
    """Yield a new folder for one build, locked while this process lives; those of dead builds are removed."""
    builds = warehouse / "build"
    builds.mkdir(parents=True, exist_ok=True)
    folder = builds / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
    with ExitStack() as locks:
        with _lock(builds):  # else a folder could be taken for a dead build's before it is locked
            for old in builds.iterdir():
                with suppress(BlockingIOError), _lock(old, fcntl.LOCK_NB):
                    shutil.rmtree(old)
            folder.mkdir()
            locks.enter_context(_lock(folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)  # a published one has moved away


@contextmanager
def _lock(folder: Path, flags: int = 0) -> Iterator[None]:
    """Hold an exclusive lock on a folder; the system frees it when the process dies, however it dies."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | flags)
        yield
    finally:
        os.close(descriptor)


def _publish(folder: Path, warehouse: Path) -> Path:
    """Make the build's folder an immutable version, swap the link to it, and remove the oldest versions."""
    file = folder / FILE
    file.chmod(0o444)
    _sync(file)
    _sync(folder)
    versions = warehouse / "versions"
    versions.mkdir(exist_ok=True)
    version = versions / f"{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{uuid4().hex[:8]}"
    folder.rename(version)
    _sync(versions)
    new_link = version / "link"
    new_link.symlink_to(Path(versions.name, version.name, FILE))
    new_link.replace(warehouse / FILE)
    _sync(warehouse)
    for old in sorted(versions.iterdir())[:-VERSIONS_KEPT]:
        if old != (warehouse / FILE).resolve().parent:  # another refresh may have been published since
            shutil.rmtree(old, ignore_errors=True)
    return version / FILE


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
