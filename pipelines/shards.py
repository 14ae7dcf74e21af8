"""Run a step over shards, and only over the rows that changed.

A shard is a slice of a batch by article id, sized for about 10,000 articles: the unit of work and of retry.
A step is a pure function from an Arrow table for each table it reads to one for each that it writes; it knows
nothing of files or engines. A row is fresh while address, content and the step's version stay the same.

`run_step` works shard after shard in this process. `refresh_shard` needs only picklable arguments and shares
nothing with its neighbours: this is where a process pool (`pool.map`) or a cluster's tasks take over.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.lake import Commit, Lake, make_table, sort_rows
from pipelines.schemas import ID

SHARD_ARTICLES = 10_000  # about 25 MB of Parquet rows and ten minutes of extraction: cheap to redo, few files
CHUNK_ARTICLES = 100  # read at once; bounds memory and the time between progress lines
CHECKPOINT_SECONDS = 60.0  # at most this much work is lost when a run is killed

# The steps whose files others read. Their names stand here, and not with their code, so that a step does not
# depend on the code of the one before it but on its rows alone.
STAGING, CLEANING, EXTRACTION, LINKING, SIGNING = "stage", "clean", "extract", "link", "sign"
STORIES = "stories"

Tables = dict[str, pa.Table]
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A pure function over tables."""

    name: str
    reads: dict[str, list[str]]  # table → columns; the first table has one row per article
    writes: tuple[str, ...]
    version: str
    run: Callable[[Tables], Tables]
    input_steps: tuple[str, ...]  # whose commits name the files that it reads

    @property
    def state(self) -> str:
        """Name of the table that remembers what was read."""
        return f"{self.name}_state"


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles that a refresh read, took over, and dropped."""

    extracted: int = 0
    reused: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return f"{self.extracted:,} read, {self.reused:,} unchanged, {self.removed:,} removed"

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.extracted + other.extracted, self.reused + other.reused, self.removed + other.removed
        )


def shard_name(number: int, count: int) -> str:
    """Return "0003-of-0008"."""
    return f"{number:04d}-of-{count:04d}"


def shard_of(article_id: bytes, count: int) -> int:
    """Return the shard of an article: ids are digests, so equal slices of their range hold equal shares."""
    return int.from_bytes(article_id[:4], "big") * count >> 32


def belongs(article_id: bytes, shard: str) -> bool:
    """Tell whether an article lies in a shard."""
    number, count = map(int, shard.split("-of-"))
    return shard_of(article_id, count) == number


def count_shards(records: int) -> int:
    """Return how many shards hold `records`: a power of two, so that a growing batch splits each into two."""
    return 1 << max(0, (records - 1) // SHARD_ARTICLES).bit_length()


def overlap(one: str, other: str) -> bool:
    """Tell whether two shards of one batch, of layouts with different counts, share articles."""
    (a, n), (b, m) = (map(int, shard.split("-of-")) for shard in (one, other))
    return a * m < (b + 1) * n and b * n < (a + 1) * m


def run_step(lake: Lake, step: Step, log: Log) -> Counts:
    """Bring the tables of `step` up to date with what it reads; return what that took."""
    sources = find_shards(lake, *step.input_steps)
    articles = next(iter(step.reads))
    progress = Progress(
        step.name, lake.count(file for source in sources for file in source.files[articles]), log
    )
    total = Counts()
    for source in sources:
        total += refresh_shard(lake, step, source, progress)
    current = {(source.batch, source.shard) for source in sources}
    batches = {source.batch for source in sources}
    for commit in lake.commits(step.name):
        if (commit.batch, commit.shard) not in current:
            if commit.batch not in batches:  # else its rows moved to shards of another size
                total += Counts(removed=lake.count(commit.files[step.state]))
            lake.drop(commit)
    return total


def find_shards(lake: Lake, *steps: str) -> list[Commit]:
    """Return the shards that all of `steps` have made, each with the files of all of them."""
    merged: dict[tuple[str, str], list[Commit]] = {}
    for step in steps:
        for commit in _commits_of_shards(lake, step):
            merged.setdefault((commit.batch, commit.shard), []).append(commit)
    return [
        replace(made[0], files={table: files for commit in made for table, files in commit.files.items()})
        for made in merged.values()
        if len(made) == len(steps)
    ]


def _commits_of_shards(lake: Lake, step: str) -> list[Commit]:
    """Return the commits of `step`, one per shard; staging commits all shards of a batch at once."""
    if step != STAGING:
        return lake.commits(step)
    return [
        replace(batch, shard=shard_name(number, len(batch.files["records"])), files={"records": [file]})
        for batch in lake.commits(step)
        for number, file in enumerate(batch.files["records"])
    ]


def refresh_shard(lake: Lake, step: Step, source: Commit, progress: "Progress") -> Counts:
    """Bring one shard up to date; `source` names the files that it is made from."""
    input_files = [file for table in step.reads for file in source.files[table]]
    own = lake.find_commit(step.name, source.batch, source.shard)
    if own and own.inputs == input_files and own.version == step.version:
        reused = lake.count(own.files[step.state])
        progress.add(reused)
        return Counts(reused=reused)

    inputs = {table: lake.read(source.files[table], table, columns) for table, columns in step.reads.items()}
    wanted = find_fingerprints(inputs.values(), step.version)
    earlier = (
        [own] if own else [c for c in lake.commits(step.name, source.batch) if overlap(c.shard, source.shard)]
    )
    known = {
        row["article_id"]: row["fingerprint"]
        for commit in earlier
        for row in lake.read(commit.files[step.state], step.state).to_pylist()
        if belongs(row["article_id"], source.shard)  # an earlier, larger shard holds its neighbours' too
    }
    fresh = [article for article, fingerprint in wanted.items() if known.get(article) == fingerprint]
    todo = sorted(wanted.keys() - set(fresh))
    progress.add(len(fresh))

    tables = {
        # Rows that another version made are not even opened: they may be of another schema.
        table: keep(lake.read([file for c in earlier if fresh for file in c.files[table]], table), fresh)
        for table in (*step.writes, step.state)
    }
    committed = time.monotonic()
    for first in range(0, len(todo), CHUNK_ARTICLES):
        chunk = todo[first : first + CHUNK_ARTICLES]
        made = step.run({table: keep(rows, chunk) for table, rows in inputs.items()})
        made[step.state] = make_table(
            step.state, ({"article_id": article, "fingerprint": wanted[article]} for article in chunk)
        )
        tables = {table: pa.concat_tables([rows, made[table]]) for table, rows in tables.items()}
        progress.add(len(chunk))
        if time.monotonic() - committed > CHECKPOINT_SECONDS:
            _commit_shard(lake, step, source, [], tables)
            committed = time.monotonic()
    _commit_shard(lake, step, source, input_files, tables)
    return Counts(extracted=len(todo), reused=len(fresh), removed=len(known.keys() - wanted.keys()))


def _commit_shard(lake: Lake, step: Step, source: Commit, inputs: list[str], tables: Tables) -> None:
    files = {
        table: [lake.write(table, source.batch, source.shard, sort_rows(rows))]
        for table, rows in tables.items()
    }
    lake.commit(Commit(step.name, source.batch, source.shard, step.version, inputs, files))


def require_finished(lake: Lake, steps: Iterable[Step]) -> None:
    """Raise unless every shard of `steps` was made, in full, from what the lake holds now."""
    for step in steps:
        for source in find_shards(lake, *step.input_steps):
            own = lake.find_commit(step.name, source.batch, source.shard)
            if own is None or own.inputs != [file for table in step.reads for file in source.files[table]]:
                where = f"shard {source.shard} of batch {source.batch}"
                raise RuntimeError(f"{where} is not up to date: run {', '.join(step.writes)}")


def find_fingerprints(inputs: Iterable[pa.Table], version: str) -> dict[bytes, str]:
    """Return a digest of everything that is known of each article, and of the step that will read it.

    Raw bytes are left out: their own digest stands beside them.
    """
    digests: dict[bytes, list[str]] = {}
    with duckdb.connect() as connection:
        for number, table in enumerate(inputs):
            connection.register(
                f"input_{number}", table.drop_columns([c for c in table.schema.names if c == "raw"])
            )
            query = f"""
                select article_id, md5(string_agg(digest, '' order by digest))
                from (select article_id, md5(cast(row_ as varchar)) as digest from input_{number} as row_)
                group by article_id
            """
            for article, digest in connection.execute(query).fetchall():
                digests.setdefault(article, [version]).append(digest)
    return {article: "-".join(parts) for article, parts in digests.items()}


def keep(table: pa.Table, ids: Iterable[bytes], *columns: str) -> pa.Table:
    """Return the rows of `table` whose `columns`, or whose `article_id`, are all among `ids`."""
    wanted = pa.array(list(ids), ID)
    return table.filter(
        reduce(pc.and_, (pc.is_in(table[name], value_set=wanted) for name in columns or ("article_id",)))
    )


def group_rows(table: pa.Table) -> dict[bytes, list[dict[str, object]]]:
    """Return the rows of each article, in their order."""
    groups: dict[bytes, list[dict[str, object]]] = {}
    for row in table.to_pylist():
        groups.setdefault(row["article_id"], []).append(row)
    return groups


def make_tables(rows: Mapping[str, list[dict[str, object]]]) -> Tables:
    """Return lists of rows as the tables of their names."""
    return {table: make_table(table, found) for table, found in rows.items()}


class Progress:
    """Log how far a step is and how long the rest will take, every ten seconds."""

    SECONDS = 10.0

    def __init__(self, what: str, total: int, log: Log) -> None:
        self.what, self.total, self.log = what, total, log
        self.done = 0
        self.started = self.logged = time.monotonic()

    def add(self, count: int) -> None:
        """Count `count` more as done."""
        self.done += count
        now = time.monotonic()
        if now - self.logged >= self.SECONDS:
            self.logged = now
            rate = self.done / (now - self.started)
            left = max(0.0, (self.total - self.done) / rate) if rate else 0.0
            self.log(
                f"{self.what}: {self.done:,} of {self.total:,}, {rate:,.1f} a second, {left:,.0f} s left"
            )
