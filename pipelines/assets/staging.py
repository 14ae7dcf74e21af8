"""Assets: the landing folder as it is found, and its records copied into the lake."""

import time
import warnings
from pathlib import Path

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reports import describe_table, report_table
from pipelines.ids import make_id
from pipelines.landing import listing_digest, scan_landing
from pipelines.readers.sidecar import read_sidecar
from pipelines.shards import STAGING
from pipelines.staging import stage_landing
from pipelines.versions import digest_step

warnings.filterwarnings("ignore", "Function `observable_source_asset`", dg.BetaWarning)  # it is pinned


@dg.observable_source_asset(
    group_name="landing",
    description="Folder of raw files. Observing it turns what is made of a changed file stale.",
    tags={"dagster/kind/file": ""},
)
def landing_folder(paths: Paths) -> dg.ObserveResult:
    """Folder of raw files: text, HTML, JSON lines, CSV, Parquet."""
    return dg.ObserveResult(
        data_version=dg.DataVersion(_version(paths.landing)),
        metadata={"files": len(scan_landing(paths.landing)), "dagster/uri": str(paths.landing)},
    )


@dg.multi_asset(
    specs=[
        describe_table(table, "landing", ["landing_folder"], digest_step("pipelines.staging"))
        for table in ("landing_files", "records")
    ]
)
def staged_records(context: dg.AssetExecutionContext, paths: Paths):  # type: ignore[no-untyped-def]
    """Copy the records of new and changed files into the lake."""
    started = time.monotonic()
    observed = _version(paths.landing)
    with paths.lake.lock(context.log.info):
        counts = stage_landing(paths.landing, paths.lake, context.log.info)
    context.log.info(f"files of {paths.landing}: {counts}")
    # The records rest on what has just been read, not on what was observed before the step began.
    context.log_event(dg.AssetObservation("landing_folder", tags={"dagster/data_version": observed}))
    context.get_step_execution_context().wipe_input_asset_version_info(dg.AssetKey("landing_folder"))
    for table in ("landing_files", "records"):
        yield report_table(
            paths.lake, table, [STAGING],
            files_read=counts.extracted, files_unchanged=counts.reused, files_removed=counts.removed,
            seconds=time.monotonic() - started,
        )  # fmt: skip


def _version(landing: Path) -> str:
    """Return what changes when a file or the sidecar does, without opening the files."""
    return make_id(listing_digest(scan_landing(landing)), read_sidecar(landing)).hex()
