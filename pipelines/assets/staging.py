"""Assets: the landing folder as it is found, and its records copied into the lake."""

import time
import warnings

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reports import describe_table, report_table
from pipelines.landing import scan_landing
from pipelines.readers.sidecar import read_sidecar
from pipelines.shards import STAGING
from pipelines.staging import find_landing_version, stage_landing, staging_version

warnings.filterwarnings("ignore", "Function `observable_source_asset`", dg.BetaWarning)  # it is pinned


@dg.observable_source_asset(
    group_name="landing",
    description="Folder of raw files. Observing it turns what is made of a changed file stale.",
    tags={"dagster/kind/file": ""},
)
def landing_folder(paths: Paths) -> dg.ObserveResult:
    """Folder of raw files: text, HTML, JSON lines, CSV, Parquet."""
    files = scan_landing(paths.landing)
    return dg.ObserveResult(
        data_version=dg.DataVersion(find_landing_version(files, read_sidecar(paths.landing))),
        metadata={"files": len(files), "dagster/uri": str(paths.landing)},
    )


@dg.multi_asset(
    specs=[
        describe_table(table, "landing", ["landing_folder"], staging_version())
        for table in ("landing_files", "records")
    ]
)
def staged_records(context: dg.AssetExecutionContext, paths: Paths):  # type: ignore[no-untyped-def]
    """Copy the records of new and changed files into the lake."""
    started = time.monotonic()
    with paths.lake.lock(context.log.info):
        counts, observed = stage_landing(paths.landing, paths.lake, context.log.info)
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
