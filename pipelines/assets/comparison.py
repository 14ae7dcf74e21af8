"""Assets: what articles share: running text, stories, renderings of one statement, figures of one thing."""

import time
from collections.abc import Callable, Iterator

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reading import describe_step, refresh_step
from pipelines.assets.reports import describe_table, report_table
from pipelines.comparison.figures import FIGURE_GROUPS, figure_groups_version, group_figures
from pipelines.comparison.reuse import REUSE, find_reuse, reuse_version
from pipelines.comparison.signatures import sign_step
from pipelines.comparison.statements import STATEMENTS, group_statements, statements_version
from pipelines.comparison.stories import STORIES, group_stories, stories_version
from pipelines.lake import Lake
from pipelines.shards import Log

GROUP = "comparison"
COMPARISONS = (REUSE, STORIES, STATEMENTS, FIGURE_GROUPS)
Results = Iterator[dg.MaterializeResult[None]]


@dg.multi_asset(specs=describe_step(sign_step(), GROUP))
def signed_articles(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Reduce each article to what others are compared with: digests of wording, meaning of its opening."""
    yield from refresh_step(sign_step(), context, paths)[1]


@dg.multi_asset(
    specs=[describe_table("text_reuse", GROUP, ["articles", "article_signatures"], reuse_version())]
)
def reused_text(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Find articles that share running text."""
    yield from _compare(REUSE, find_reuse, ["text_reuse"], context, paths)


@dg.multi_asset(
    specs=[
        describe_table(table, GROUP, ["article_signatures"], stories_version())
        for table in ("article_pairs", "stories")
    ]
)
def grouped_stories(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the articles that tell of one event."""
    yield from _compare(STORIES, group_stories, ["article_pairs", "stories"], context, paths)


@dg.multi_asset(
    specs=[
        describe_table(
            table,
            GROUP,
            ["stories", "found_attributions", "entity_names", "entities"],
            statements_version(),
        )
        for table in ("statement_groups", "statement_differences")
    ]
)
def grouped_statements(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the renderings of one statement, and tell how they differ."""
    tables = ["statement_groups", "statement_differences"]
    yield from _compare(STATEMENTS, group_statements, tables, context, paths)


@dg.multi_asset(
    specs=[
        describe_table("figure_groups", GROUP, ["stories", "found_figures"], figure_groups_version()),
        describe_table("units", GROUP, [], figure_groups_version()),
    ]
)
def grouped_figures(context: dg.AssetExecutionContext, paths: Paths) -> Results:
    """Group the figures that measure one thing."""
    yield from _compare(FIGURE_GROUPS, group_figures, ["figure_groups", "units"], context, paths)


def _compare(
    name: str,
    compare: Callable[[Lake, Log], None],
    tables: list[str],
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
