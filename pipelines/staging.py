"""Copy the records of a landing folder into the lake, reading only the files that changed.

    landing/2021-12/reuters.jsonl.gz  →  lake/records/2021-12/0000-of-0002-….parquet, 0001-of-0002-….parquet

The manifest (`landing_files`) knows every file by size, time of change and digest. A file whose size and time
are the same is not opened; one whose digest is the same is not read again. A batch is committed at once: its
manifest and its records change together or not at all.
"""

import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table, sort_rows
from pipelines.landing import LandingFile, digest_file, listing_digest, scan_landing
from pipelines.readers import Record, read_records
from pipelines.readers.sidecar import Sidecar, read_sidecar
from pipelines.shards import (
    STAGING,
    Counts,
    Log,
    Progress,
    belongs,
    count_shards,
    overlap,
    shard_name,
    shard_of,
)
from pipelines.versions import digest_step

RECORD_BYTES = (
    2_000  # of one article in a file of many: an estimate, so that a batch's shards are known beforehand
)
ONE_RECORD_SUFFIXES = (".txt", ".html", ".htm")
SPOOL_BYTES = 256 << 20  # raw bytes held in memory before they go to disk
JUST_NOW_NS = 2_000_000_000  # a file changed this recently may change again within one tick of its clock


def staging_version() -> str:
    """Return the version of the code that reads files as records."""
    return digest_step(__name__, "landing_files", "records")


def find_landing_version(files: Iterable[LandingFile], sidecar: Sidecar) -> str:
    """Return what changes when a file or the sidecar does; no file is opened for it."""
    return make_id(listing_digest(files), sidecar).hex()


def stage_landing(landing: Path, lake: Lake, log: Log) -> tuple[Counts, str]:
    """Bring the tables `landing_files` and `records` up to date with the landing folder.

    Returns counts of files, and the version of the landing folder that was read. Raises where the folder is
    empty and the lake is not: an unmounted disk looks like that, and a refresh that nobody watches must not
    take it for the deletion of everything.
    """
    started_ns = time.time_ns()
    files = scan_landing(landing)
    commits = {commit.batch: commit for commit in lake.commits(STAGING)}
    if commits and not files:
        raise FileNotFoundError(
            f"{landing} is empty, but the warehouse holds articles from it. Is its disk mounted? "
            f"To start anew, delete {lake.folder} first."
        )
    sidecar = read_sidecar(landing)
    version = staging_version()
    progress = Progress("stage", len(files), log)
    total = Counts()
    batches = groupby(sorted(files, key=attrgetter("batch", "path")), attrgetter("batch"))
    for batch, batch_files in batches:
        before = commits.pop(batch, None)
        if before and before.version != version:
            before = None  # other readers, maybe of another schema: read all of the batch again
        staging = _BatchStaging(lake, sidecar, version, started_ns, batch, before)
        total += staging.stage(list(batch_files), progress)
    for gone in commits.values():
        total += Counts(removed=lake.count(gone.files["landing_files"]))
        lake.drop(gone)
    return total, find_landing_version(files, sidecar)


def count_records(file: LandingFile) -> int:
    """Estimate how many records a file holds, by its name and size alone."""
    return 1 if file.path.lower().endswith(ONE_RECORD_SUFFIXES) else 1 + file.byte_count // RECORD_BYTES


@dataclass(slots=True)
class _BatchStaging:
    """The staging of one batch: what is known of it, and what goes into the commit."""

    lake: Lake
    sidecar: Sidecar
    version: str
    started_ns: int
    batch: str
    before: Commit | None

    def stage(self, files: list[LandingFile], progress: Progress) -> Counts:
        """Read the files that changed, rewrite the shards that they touch, and commit."""
        known = {row["path"]: row for row in self._read_before("landing_files").to_pylist()}
        manifest = [self._manifest_row(file, known.get(file.path)) for file in files]
        stale = [
            file for file, row in zip(files, manifest, strict=True) if not _is_same(row, known.get(file.path))
        ]
        gone = known.keys() - {file.path for file in files}
        progress.add(len(files) - len(stale))

        shard_count = count_shards(sum(map(count_records, files)))
        spool = _Spool(self.lake, self.batch, shard_count)
        for file in stale:
            for record in read_records(file, self.sidecar):
                spool.add(_record_row(file, record))
            progress.add(1)
        records = self._write_shards(spool, shard_count, gone | {file.path for file in stale})
        landing_files = self._write("landing_files", "files", make_table("landing_files", manifest))
        after = Commit(
            STAGING, self.batch, "", self.version, [], {"landing_files": [landing_files], "records": records}
        )
        if after != self.before:
            self.lake.commit(after)
        return Counts(len(stale), len(files) - len(stale), len(gone))

    def _manifest_row(self, file: LandingFile, known: dict[str, object] | None) -> dict[str, object]:
        """Return what the manifest says of `file`; where size and time are the same, so is the digest."""
        is_settled = file.modified_ns < self.started_ns - JUST_NOW_NS
        modified_ns = file.modified_ns if is_settled else 0
        if (
            known
            and modified_ns
            and (file.byte_count, modified_ns) == (known["byte_count"], known["modified_ns"])
        ):
            digest = known["file_sha256"]
        else:
            digest = _try_digest(file)
        return {
            "batch": self.batch,
            "path": file.path,
            "byte_count": file.byte_count,
            "modified_ns": modified_ns,
            "file_sha256": digest,
            "read_as": self._read_as(file),
        }

    def _read_as(self, file: LandingFile) -> str:
        """Return a digest of what else a file's records depend on: what the sidecar says of it."""
        given, fields = self.sidecar.given_for(file.path), self.sidecar.fields_for(file.path)
        return make_id(given, fields, file.reason, file.detail).hex()[:12]

    def _write_shards(self, spool: "_Spool", shard_count: int, stale: set[str]) -> list[str]:
        """Write the shards that hold, or held, records of `stale` files; return the files of all shards."""
        old_files = self.before.files["records"] if self.before else []
        dropped = pa.array(sorted(stale), pa.string())
        files = []
        for number in range(shard_count):
            new = spool.take(number)
            if shard_count == len(old_files):
                old_file = old_files[number]
                paths = self.lake.read([old_file], "records", ["path"])["path"]
                if not new.num_rows and not pc.any(pc.is_in(paths, value_set=dropped)).as_py():
                    files.append(old_file)
                    continue
                old = self.lake.read([old_file], "records")
            else:
                old = self._read_slice(old_files, number, shard_count)
            kept = old.filter(pc.invert(pc.is_in(old["path"], value_set=dropped)))
            rows = sort_rows(pa.concat_tables([kept, new]))
            files.append(self._write("records", shard_name(number, shard_count), rows))
        return files

    def _read_slice(self, old_files: list[str], number: int, shard_count: int) -> pa.Table:
        """Return the rows of shard `number` out of a layout with another count of shards."""
        shard = shard_name(number, shard_count)
        files = [f for n, f in enumerate(old_files) if overlap(shard_name(n, len(old_files)), shard)]
        rows = self.lake.read(files, "records")
        return rows.filter(pa.array([belongs(i, shard) for i in rows["article_id"].to_pylist()], pa.bool_()))

    def _read_before(self, table: str) -> pa.Table:
        return self.lake.read(self.before.files[table] if self.before else [], table)

    def _write(self, table: str, shard: str, rows: pa.Table) -> str:
        return self.lake.write(table, self.batch, shard, rows)


def _try_digest(file: LandingFile) -> bytes | None:
    """Return a file's digest; None where it cannot be read, which its reader will then say."""
    try:
        return None if file.reason else digest_file(file.location)
    except OSError:
        return None


def _is_same(row: dict[str, object], known: dict[str, object] | None) -> bool:
    """Tell whether a file's records need not be read again."""
    same = ("file_sha256", "read_as")
    return known is not None and all(row[name] == known[name] for name in same)


def _record_row(file: LandingFile, record: Record) -> dict[str, Any]:
    """Return a row of `records`. Its address is the path, with the key inside the file where there is one."""
    return {
        "article_id": make_id(file.path) if record.key is None else make_id(file.path, record.key),
        "batch": file.batch,
        "path": file.path,
        "record": record.key,
        "content_sha256": None if record.raw is None else sha256(record.raw).digest(),
        "media_type": record.media_type,
        "text_field": record.text_field,
        "raw": record.raw,
        **{
            ("given_basis" if name == "basis" else name): value
            for name, value in asdict(record.given).items()
        },
        "reason": record.reason,
        "detail": record.detail,
    }


@dataclass(slots=True)
class _Spool:
    """Records on their way to shards: in memory, and on disk where there are too many for it."""

    lake: Lake
    batch: str
    shard_count: int
    rows: dict[int, list[dict[str, object]]] = field(default_factory=dict)
    held_bytes: int = 0
    parts: dict[int, list[str]] = field(default_factory=dict)

    def add(self, row: dict[str, Any]) -> None:
        """Take a row of `records`."""
        self.rows.setdefault(shard_of(row["article_id"], self.shard_count), []).append(row)
        self.held_bytes += len(row["raw"] or b"")
        if self.held_bytes > SPOOL_BYTES:
            for shard, rows in self.rows.items():
                part = self.lake.write("records", self.batch, f"part-{shard}", make_table("records", rows))
                self.parts.setdefault(shard, []).append(part)
            self.rows, self.held_bytes = {}, 0

    def take(self, shard: int) -> pa.Table:
        """Return all rows of a shard."""
        held = make_table("records", self.rows.pop(shard, []))
        return pa.concat_tables([self.lake.read(self.parts.get(shard, []), "records"), held])
