"""Group the figures of a topic that measure the same thing, whatever value they give it.

"70,000 Russian troops surrounding Ukraine", "up to 100,000 Russian troops on the Ukrainian border" three
weeks later: one group, over the stories of a topic, for how a figure changed is what readers ask. A topic
whose articles and stories are as they were keeps its groups.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from pipelines.comparison.memory import Memory, create_views, is_current, plan, recall, remember
from pipelines.comparison.units import list_units
from pipelines.ids import make_id
from pipelines.lake import Lake, make_table
from pipelines.lists import read_list
from pipelines.schemas import ID
from pipelines.shards import EXTRACTION, STORIES, Log, keep
from pipelines.text.figure_groups import Measured, group_measured
from pipelines.versions import digest_step

FIGURE_GROUPS = "figure_groups"
READS = {"stories": STORIES, "found_figures": EXTRACTION, f"{EXTRACTION}_state": EXTRACTION}
WRITES = ("figure_groups", "units")

Row = dict[str, object]
Topics = dict[bytes, list[Measured]]


def figure_groups_version() -> str:
    """Return the version of the code that groups figures."""
    return digest_step(__name__, *WRITES)


def group_figures(lake: Lake, log: Log) -> None:
    """Bring `figure_groups` and `units` up to date with the stories and figures in the lake."""
    comparison = plan(lake, FIGURE_GROUPS, figure_groups_version(), READS)
    if is_current(lake, comparison):
        return
    memory = recall(lake, comparison)
    units = memory.tables.get("units") or make_table("units", list_units())
    with duckdb.connect() as connection:
        create_views(connection, lake, comparison.files)
        wanted = _find_fingerprints(connection)
        unchanged = memory.find_unchanged(wanted)
        log(f"{FIGURE_GROUPS}: {len(wanted) - len(unchanged):,} of {len(wanted):,} topics to compare")
        connection.register("units", units)
        topics = _read_topics(connection, wanted.keys() - unchanged)
    tables = [make_table("figure_groups", _describe_groups(topics))]
    if kept := memory.tables.get("figure_groups"):
        tables.append(keep(kept, unchanged, "topic_id"))
    groups = pa.concat_tables(tables)
    remember(lake, comparison, Memory(wanted, {"figure_groups": groups, "units": units}))


def _find_fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[bytes, str]:
    """Return for each topic of several articles a digest of its stories and of what was read in them."""
    rows = connection.execute(f"""
        select
            topic_id,
            md5(string_agg(hex(article_id) || hex(story_id) || fingerprint, ' ' order by article_id))
        from stories
        inner join {EXTRACTION}_state using (article_id)
        group by topic_id
        having count(*) > 1
    """)
    return dict(rows.fetchall())


def _read_topics(connection: duckdb.DuckDBPyConnection, topics: set[bytes]) -> Topics:
    """Return the figures of topics, in base units where the unit has one."""
    connection.register("changed", pa.table({"topic_id": pa.array(sorted(topics), ID)}))
    rows = connection.execute("""
        select
            topic_id,
            figure_id,
            story_id,
            article_id,
            -- the phrase tells what is counted; a unit without a factor is compared with its like
            if(figure_type in ('count', 'ordinal'), figure_type, coalesce(dimension, unit, figure_type)),
            measured_as,
            value_low * coalesce(factor, 1),
            value_high * coalesce(factor, 1)
        from found_figures
        inner join stories using (article_id)
        semi join changed using (topic_id)
        left join units using (unit)
        where measured_as is not null
        order by figure_id
    """)
    found: Topics = {}
    for topic_id, *figure in rows.fetchall():
        found.setdefault(topic_id, []).append(Measured(*figure))
    return found


def _describe_groups(topics: Mapping[bytes, Sequence[Measured]]) -> Iterator[Row]:
    """Yield the rows of `figure_groups`: groups that span two articles or more."""
    classes = {row["kind"]: row["class"] for row in read_list("measured_kinds")}
    for topic_id, figures in topics.items():
        for group in group_measured(figures, classes):
            if len({figure.article_id for figure in group}) == 1:
                continue
            group_id = make_id("figure_group", group[0].figure_id.hex())
            phrases = Counter(sorted(figure.phrase for figure in group))
            for figure in group:
                yield {
                    "figure_group_id": group_id,
                    "figure_id": figure.figure_id,
                    "measured_as": phrases.most_common(1)[0][0],
                    "topic_id": topic_id,
                }
