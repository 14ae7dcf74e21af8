"""Remember what a comparison found, so that the next one compares only what changed.

A comparison works over *units*: articles, stories or topics. The fingerprint of a unit tells all that the
comparison read of it. Rows in which only unchanged units take part are taken over; the rest is found anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb

from pipelines.lake import Commit, Lake, make_table, sort_rows
from pipelines.shards import Tables

WHOLE = "all"  # batch and shard of a table that spans the corpus


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison that is about to run: its name, the version of its code, the files that it reads."""

    name: str
    version: str
    files: dict[str, list[str]]  # table → files; none where the comparison is not finished

    @property
    def inputs(self) -> list[str]:
        """All files read."""
        return [file for files in self.files.values() for file in files]

    @property
    def state(self) -> str:
        """Name of the table that remembers the fingerprints."""
        return f"{self.name}_state"


@dataclass(frozen=True, slots=True)
class Memory:
    """Fingerprints of the units, and all rows that were found in them."""

    fingerprints: Mapping[bytes, str] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)

    def find_unchanged(self, wanted: Mapping[bytes, str]) -> set[bytes]:
        """Return the units of `wanted` whose rows can be taken over."""
        return {unit for unit, fingerprint in wanted.items() if self.fingerprints.get(unit) == fingerprint}


def plan(lake: Lake, name: str, version: str, reads: Mapping[str, str]) -> Comparison:
    """Return the comparison over what the lake holds now; `reads` is table → step that makes it."""
    return Comparison(name, version, {table: lake.find_files(table, step) for table, step in reads.items()})


def is_current(lake: Lake, comparison: Comparison) -> bool:
    """Tell whether just this was compared before, so that nothing needs to be done."""
    commit = lake.find_commit(comparison.name, WHOLE, WHOLE)
    return commit is not None and commit.version == comparison.version and commit.inputs == comparison.inputs


def recall(lake: Lake, comparison: Comparison) -> Memory:
    """Return what the last comparison found; nothing, where another version of the code made it."""
    commit = lake.find_commit(comparison.name, WHOLE, WHOLE)
    if commit is None or commit.version != comparison.version:
        return Memory()
    tables = {table: lake.read(files, table) for table, files in commit.files.items()}
    states = tables.pop(comparison.state).to_pylist()
    return Memory({row["article_id"]: row["fingerprint"] for row in states}, tables)


def remember(lake: Lake, comparison: Comparison, memory: Memory) -> None:
    """Write what a comparison found, all of it, and make it count."""
    states = make_table(
        comparison.state,
        (
            {"article_id": unit, "fingerprint": fingerprint}
            for unit, fingerprint in memory.fingerprints.items()
        ),
    )
    files = {
        table: [lake.write(table, WHOLE, WHOLE, sort_rows(rows))]
        for table, rows in {**memory.tables, comparison.state: states}.items()
    }
    lake.commit(Commit(comparison.name, WHOLE, WHOLE, comparison.version, comparison.inputs, files))


def create_views(connection: duckdb.DuckDBPyConnection, lake: Lake, files: Mapping[str, list[str]]) -> None:
    """Let a connection query these tables of the lake by their names."""
    for table, named in files.items():
        if named:
            connection.from_parquet([str(lake.folder / file) for file in named]).create_view(table)
        else:
            connection.register(table, lake.read([], table))
