"""Small tables of the contract, written by hand, in a DuckDB in memory.

An id is given as a word (`speaker_id: putin`) and read back as that word; a span as `[start, end]`.
A column that is not given is null, or the plainest value that its type allows.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import pyarrow as pa
import yaml

from pipelines.ids import make_id
from pipelines.schemas import ID, SPANS, TABLES, Column
from pipelines.sql_models import SqlModel, load_models
from pipelines.warehouse import create_model, create_table

Row = dict[str, Any]
PLAIN: dict[pa.DataType, Any] = {
    pa.binary(32): b"",
    pa.bool_(): False,
    pa.float64(): 0.5,
    pa.int32(): 0,
    pa.string(): "",
    SPANS: [],
}


def read_cases(folder: Path) -> list[tuple[str, Row]]:
    """Return (file name, case) of every case in a folder of YAML files."""
    files = sorted(folder.glob("*.yaml"))
    return [(file.stem, case) for file in files for case in yaml.safe_load(file.read_text("utf-8"))]


class GivenTables:
    """All tables of the contract, empty, with the views and macros over them."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("attach ':memory:' as lake")
        self.models = load_models()
        for name, table in TABLES.items():
            create_table(self.connection, name)
            if table.made_by == "lake":
                create_table(self.connection, name, "lake")
        for model in self.models.values():
            if model.name not in TABLES:
                create_model(self.connection, model)

    @contextmanager
    def holding(self, given: Mapping[str, Iterable[Row]], made: Iterable[str] = ()) -> Iterator[None]:
        """Hold rows for a while; `made` are the models whose tables must be made of them."""
        self.connection.begin()
        try:
            for name, rows in given.items():
                self._insert(name, list(rows))
            for model in self._find_tables(made):
                create_model(self.connection, model)
            yield
        finally:
            self.connection.rollback()

    def ask(self, query: str, given: Mapping[str, Iterable[Row]]) -> list[Row]:
        """Return the rows of a query, its ids as the words that were given."""
        words = {
            UUID(bytes=make_id(value)): value
            for rows in given.values()
            for row in rows
            for name, value in row.items()
            if name.endswith("_id")
        }
        cursor = self.connection.execute(query)
        names = [column[0] for column in cursor.description or ()]
        return [
            {
                name: words.get(value, value) if isinstance(value, UUID) else value
                for name, value in zip(names, row, strict=True)
            }
            for row in cursor.fetchall()
        ]

    def _find_tables(self, made: Iterable[str]) -> list[SqlModel]:
        """Return the models of `made`, and of what they read, that are tables and not given as rows."""
        needed = set(made)
        for model in reversed(self.models.values()):  # what is read stands before its reader
            if model.name in needed:
                needed |= set(model.depends_on)
        return [
            model
            for model in self.models.values()
            if model.name in needed and model.materialized == "table" and model.name not in TABLES
        ]

    def _insert(self, name: str, rows: list[Row]) -> None:
        """Insert rows into one table; `lake.records` names one of the lake."""
        columns = TABLES[name.removeprefix("lake.")].columns
        marks = ", ".join("?" * len(columns))
        for row in rows:
            if unknown := row.keys() - {column.name for column in columns}:
                raise ValueError(f"{name} has no column {unknown}")
            values = [_value_of(column, row) for column in columns]
            self.connection.execute(f"insert into {name} values ({marks})", values)


def _value_of(column: Column, row: Row) -> Any:
    """Return what DuckDB takes for one value as a case gives it."""
    value = row.get(column.name, None if column.nullable else PLAIN.get(column.type, column.name))
    if column.type == ID and value is not None:
        return UUID(bytes=make_id(value))
    if column.type == SPANS:
        return [{"start": start, "end": end} for start, end in value]
    return value
