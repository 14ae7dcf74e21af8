"""Assets: articles cleaned and segmented, and what they say, each table brought up to date shard by shard."""

import time
from collections.abc import Iterator

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reports import describe_table, report_table
from pipelines.cleaning import clean_step
from pipelines.extraction import extract_step, note_refresh
from pipelines.shards import Counts, Step, run_step

Results = Iterator[dg.MaterializeResult[None]]


def describe_step(step: Step, group: str) -> list[dg.AssetSpec]:
    """Return the assets of the tables that a step writes."""
    return [describe_table(table, group, step.reads, step.version) for table in step.writes]


def refresh_step(
    step: Step, context: dg.AssetExecutionContext, paths: Paths
) -> tuple[Counts, list[dg.MaterializeResult[None]]]:
    """Run a step over the lake; return what that took, and each table's result."""
    started = time.monotonic()
    with paths.lake.lock(context.log.info):
        counts = run_step(paths.lake, step, context.log.info)
    seconds = time.monotonic() - started
    context.log.info(f"{step.name}: {counts} in {seconds:.1f} s")
    figures = {
        "extracted": counts.extracted, "reused": counts.reused, "removed": counts.removed,
        "seconds": seconds, "articles_per_second": counts.extracted / seconds,
    }  # fmt: skip
    return counts, [report_table(paths.lake, table, [step.name], **figures) for table in step.writes]


@dg.multi_asset(specs=describe_step(clean_step(), "cleaning"))
def cleaned_articles(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Decode records, refuse what is no English article, and mark what each stretch of text is."""
    _, results = refresh_step(clean_step(), context, paths)
    yield from results


@dg.multi_asset(specs=describe_step(extract_step(), "extraction"))
def extracted_facts(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Find names, attributions and figures in the articles."""
    counts, results = refresh_step(extract_step(), context, paths)
    note_refresh(paths.lake, context.run.run_id, counts)
    yield from results
