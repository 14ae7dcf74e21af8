"""Join names across articles: the step after extraction, over the whole corpus at once.

It reads the distinct names alone, so it takes seconds where extraction takes hours, and is run in full
whenever a name was added or removed.
"""

from collections.abc import Iterable

import duckdb

from pipelines.comparison.memory import WHOLE, is_current, plan
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table, sort_rows
from pipelines.lists import read_list
from pipelines.shards import EXTRACTION, LINKING
from pipelines.text.entities import NameCount, link_names
from pipelines.text.names import read_nicknames
from pipelines.versions import digest_step

NAMED = {  # tables with names, and the pairs of columns that hold name and type
    "found_mentions": [("name", "entity_type")],
    "found_attributions": [(f"{who}_name", f"{who}_type") for who in ("speaker", "relayed_by", "addressee")],
}


def linking_version() -> str:
    """Return the version of the code that joins names."""
    return digest_step("pipelines.linking")


def link_entities(lake: Lake) -> None:
    """Bring `entity_names` and `entities` up to date with the names in the lake."""
    linking = plan(lake, LINKING, linking_version(), dict.fromkeys(NAMED, EXTRACTION))
    if is_current(lake, linking):
        return
    linked = link_names(count_names(lake, linking.files), read_nicknames(read_list))
    entity_ids = {name: make_id("entity", name.canonical_type, name.canonical_name) for name in linked}
    entity_names = [
        {"name": name.name, "entity_type": name.entity_type, "entity_id": entity_id}
        for name, entity_id in entity_ids.items()
    ]
    entities = {
        entity_id: {
            "entity_id": entity_id,
            "canonical_name": name.canonical_name,
            "entity_type": name.canonical_type,
        }
        for name, entity_id in entity_ids.items()
    }
    tables = {"entity_names": entity_names, "entities": list(entities.values())}
    written = {
        table: [lake.write(table, WHOLE, WHOLE, sort_rows(make_table(table, rows)))]
        for table, rows in tables.items()
    }
    lake.commit(Commit(LINKING, WHOLE, WHOLE, linking.version, linking.inputs, written))


def count_names(lake: Lake, files: dict[str, list[str]]) -> Iterable[NameCount]:
    """Return each distinct name and type with the count of its articles and mentions."""
    with duckdb.connect() as connection:
        parts = []
        for table, columns in NAMED.items():
            paths = [str(lake.folder / file) for file in files[table]]
            if paths:
                connection.from_parquet(paths).create_view(table)
                parts += [
                    f"select {name} as name, {kind} as entity_type, article_id from {table}"
                    for name, kind in columns
                ]
        if not parts:
            return []
        rows = connection.execute(f"""
            select name, entity_type, count(distinct article_id), count(*)
            from ({" union all ".join(parts)})
            where name is not null
            group by all
            order by all
        """).fetchall()
    return [NameCount(*row) for row in rows]
