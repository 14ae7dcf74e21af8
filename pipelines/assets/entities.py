"""Assets: the things that articles name, joined across articles."""

import time
from collections.abc import Iterator

import dagster as dg

from pipelines.assets.paths import Paths
from pipelines.assets.reports import describe_table, report_table
from pipelines.linking import link_entities, linking_version
from pipelines.shards import LINKING

TABLES = ("entity_names", "entities")


@dg.multi_asset(
    specs=[
        describe_table(table, "linking", ["found_mentions", "found_attributions"], linking_version())
        for table in TABLES
    ]
)
def linked_entities(context: dg.AssetExecutionContext, paths: Paths) -> Iterator[dg.MaterializeResult[None]]:
    """Join the names that mean one thing: Yury and Yuri Ushakov, US and United States."""
    started = time.monotonic()
    with paths.lake.lock(context.log.info):
        link_entities(paths.lake)
    for table in TABLES:
        yield report_table(paths.lake, table, [LINKING], seconds=time.monotonic() - started)
