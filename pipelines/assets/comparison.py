"""Assets: what articles share: running text, stories, renderings of one statement, figures of one thing."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reading import describe_step, refresh_step
from pipelines.assets.reports import describe_table, report_table
from pipelines.comparison import figures, reuse, statements, stories
from pipelines.comparison.figures import FIGURE_GROUPS
from pipelines.comparison.reuse import REUSE
from pipelines.comparison.signatures import sign_step
from pipelines.comparison.statements import STATEMENTS
from pipelines.lake import Lake
from pipelines.schemas import TABLES
from pipelines.shards import STORIES, Log

GROUP = "comparison"
COMPARISONS = (REUSE, STORIES, STATEMENTS, FIGURE_GROUPS)
Results = Iterator[dg.MaterializeResult[None]]


@dg.multi_asset(specs=describe_step(sign_step(), GROUP))
def signed_articles(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Reduce each article to what others are compared with: digests of wording, meaning of its opening."""
    yield from refresh_step(sign_step(), context, paths)[1]


def _describe(writes: Iterable[str], reads: Iterable[str], version: str) -> list[dg.AssetSpec]:
    deps = [table for table in reads if table in TABLES]  # what a step remembers is no asset
    return [describe_table(table, GROUP, deps, version) for table in writes]


@dg.multi_asset(specs=_describe(reuse.WRITES, reuse.READS, reuse.reuse_version()))
def reused_text(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Find articles that share running text."""
    yield from _compare(REUSE, reuse.find_reuse, reuse.WRITES, context, paths)


@dg.multi_asset(specs=_describe(stories.WRITES, stories.READS, stories.stories_version()))
def grouped_stories(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the articles that tell of one event."""
    yield from _compare(STORIES, stories.group_stories, stories.WRITES, context, paths)


@dg.multi_asset(specs=_describe(statements.WRITES, statements.READS, statements.statements_version()))
def grouped_statements(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the renderings of one statement, and tell how they differ."""
    yield from _compare(STATEMENTS, statements.group_statements, statements.WRITES, context, paths)


@dg.multi_asset(
    specs=[
        *_describe(["figure_groups"], figures.READS, figures.figure_groups_version()),
        *_describe(["units"], [], figures.figure_groups_version()),
    ]
)
def grouped_figures(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the figures that measure one thing."""
    yield from _compare(FIGURE_GROUPS, figures.group_figures, figures.WRITES, context, paths)


def _compare(
    name: str,
    compare: Callable[[Lake, Log], None],
    tables: Sequence[str],
    context: dg.AssetExecutionContext,
    paths: Paths,
) -> Results:
    started = time.monotonic()
    with paths.lake.lock(context.log.info):
        compare(paths.lake, context.log.info)
    seconds = time.monotonic() - started
    counts = {table: paths.lake.count(paths.lake.find_files(table, name)) for table in tables}
    shown = ", ".join(f"{table} {count:,}" for table, count in counts.items())
    context.log.info(f"{name}: {shown} in {seconds:.1f} s")
    yield from (report_table(paths.lake, table, [name], seconds=seconds) for table in tables)
