"""Keep tables as Parquet files that never change; small commits say which of them count.

    lake/articles/default/0000-of-0001-9f86d081884c.parquet     rows of one shard of one batch
    lake/commits/clean/default/0000-of-0001.json                names that file

A data file is named by its shard and the digest of its bytes: the same rows give the same file, and an
untouched table is not written again. Rows are written first and the commit after them, each to a temporary
file that is renamed, so that a reader and a killed run see the old state or the new one, never a mixture.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.schemas import ID, TABLES

ROW_GROUP = 122_880  # DuckDB's own row group: one reader thread each
TEMPORARY = ".tmp"

# One row per article that a step has read: its fingerprint tells whether it must be read again.
STATE = pa.schema([pa.field("article_id", ID, False), pa.field("fingerprint", pa.string(), False)])


@dataclass(frozen=True, slots=True)
class Commit:
    """The files of one shard that one step made (for staging: of one batch), and what they were made from."""

    step: str
    batch: str
    shard: str
    version: str
    inputs: list[str]  # files read; empty where the shard is not finished
    files: dict[str, list[str]]  # table → files, relative to the lake


class Lake:
    """A folder of Parquet files and commits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, table: str, batch: str, shard: str, rows: pa.Table) -> str:
        """Write `rows`, sorted and under the schema of `table`; return the file, relative to the lake."""
        folder = self.folder / table / folder_name(batch)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{shard}-{os.getpid()}{TEMPORARY}"
        pq.write_table(rows, temporary, compression="zstd", compression_level=3, row_group_size=ROW_GROUP)
        with temporary.open("rb") as file:
            digest = sha256(file.read()).hexdigest()[:12]
            os.fsync(file.fileno())
        target = folder / f"{shard}-{digest}.parquet"
        temporary.replace(target)
        return target.relative_to(self.folder).as_posix()

    def read(self, files: Iterable[str], table: str, columns: list[str] | None = None) -> pa.Table:
        """Return the rows of `files`, which are parts of `table`."""
        schema = schema_of(table)
        if columns is not None:
            schema = pa.schema([schema.field(name) for name in columns])
        parts = [schema.empty_table()]
        for file in files:
            part = pq.read_table(self.folder / file, columns=columns, partitioning=None)
            if not part.schema.equals(schema):
                raise ValueError(f'{self.folder / file} was written under another schema; rebuild "{table}"')
            parts.append(part)
        return pa.concat_tables(parts)

    def count(self, files: Iterable[str]) -> int:
        """Return how many rows `files` hold, by their footers."""
        return sum(pq.read_metadata(self.folder / file).num_rows for file in files)

    def commit(self, commit: Commit) -> None:
        """Make the files of `commit` the ones that count."""
        path = self._commit_path(commit.step, commit.batch, commit.shard)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(commit), ensure_ascii=False, indent=1))

    def commits(self, step: str, batch: str | None = None) -> list[Commit]:
        """Return the commits of `step`, in a fixed order."""
        folder = self.folder / "commits" / step
        found = sorted((folder / folder_name(batch) if batch is not None else folder).glob("**/*.json"))
        return [Commit(**json.loads(path.read_text("utf-8"))) for path in found]

    def find_files(self, table: str, *steps: str) -> list[str]:
        """Return the files of `table` that the commits of `steps` name."""
        commits = (commit for step in steps for commit in self.commits(step))
        return [file for commit in commits for file in commit.files.get(table, [])]

    def find_commit(self, step: str, batch: str, shard: str) -> Commit | None:
        """Return the commit of one shard, if there is one."""
        path = self._commit_path(step, batch, shard)
        return Commit(**json.loads(path.read_text("utf-8"))) if path.exists() else None

    def drop(self, commit: Commit) -> None:
        """Forget a commit; its files go with the next collection of garbage."""
        self._commit_path(commit.step, commit.batch, commit.shard).unlink()

    def is_current(self, commit: Commit) -> bool:
        """Tell whether a commit over the whole corpus was made from the files that its tables have now."""
        tables = {table_of(file) for file in commit.inputs}  # none where it is not finished
        return bool(tables) and set(commit.inputs) == {
            file for file in self._named_files() if table_of(file) in tables
        }

    def collect_garbage(self) -> int:
        """Delete the data files that no commit names; return how many they were."""
        named = self._named_files()
        paths = [*self.folder.glob("*/**/*.parquet"), *self.folder.glob(f"*/**/*{TEMPORARY}")]
        garbage = [path for path in paths if path.relative_to(self.folder).as_posix() not in named]
        for path in garbage:
            path.unlink()
        return len(garbage)

    @contextmanager
    def lock(self, log: Callable[[str], None]) -> Iterator[None]:
        """Hold the lake for one writer; the kernel frees it when the process ends, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                log(f"waiting for another refresh of {self.folder} to finish")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _named_files(self) -> set[str]:
        """Return the files that count."""
        steps = [path.name for path in (self.folder / "commits").glob("*")]
        commits = (commit for step in steps for commit in self.commits(step))
        return {file for commit in commits for files in commit.files.values() for file in files}

    def _commit_path(self, step: str, batch: str, shard: str) -> Path:
        return self.folder / "commits" / step / folder_name(batch) / f"{shard}.json"


def table_of(file: str) -> str:
    """Return the table of a file of the lake."""
    return file.partition("/")[0]


def schema_of(table: str) -> pa.Schema:
    """Return the Arrow schema of a table of the contract, or of a step's state."""
    return STATE if table.endswith("_state") else TABLES[table].schema


def make_table(table: str, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Return `rows` as an Arrow table; a row with a missing, unknown or ill-typed value raises."""
    rows = list(rows)
    schema = schema_of(table)
    for row in rows[:1]:
        if row.keys() != set(schema.names):
            raise ValueError(
                f"{table}: columns differ from its schema: {sorted(row.keys() ^ set(schema.names))}"
            )
    return pa.Table.from_pylist(rows, schema)


def sort_rows(table: pa.Table) -> pa.Table:
    """Return the rows in the one order that does not depend on when they were made."""
    order = [
        name for name in table.schema.names if name == "article_id" or name.endswith(("_number", "_start"))
    ]
    order += [name for name in table.schema.names if name.endswith("_id") and name not in order]
    keys = [(name, "ascending") for name in order or table.schema.names]
    return table.sort_by(keys)


def folder_name(batch: str) -> str:
    """Return a folder name for a batch, whatever characters are in it; a long one keeps its digest."""
    name = quote(batch, safe=" ").replace(".", "%2E")
    return name if len(name) <= 100 else f"{name[:80]}~{sha256(batch.encode()).hexdigest()[:12]}"


def write_atomically(path: Path, text: str) -> None:
    """Write a file that is there in full or not at all."""
    temporary = path.with_name(f"{path.name}-{os.getpid()}{TEMPORARY}")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
