"""Figures grouped over a lake: by topic, and again only where something changed."""

from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

import pyarrow as pa
import pytest

from pipelines.comparison import figures
from pipelines.comparison.figures import FIGURE_GROUPS, READS, group_figures
from pipelines.comparison.units import list_units
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table, schema_of, sort_rows
from pipelines.text.figure_groups import group_measured

Story = tuple[str, str, int, str, float]  # article, story, value of its figure, unit, what it measures


def fill(lake: Lake, articles: Mapping[str, tuple[str, str, float, str, str]]) -> None:
    """Write articles as name → (topic, story, value, unit, measured)."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in READS}
    for name, (topic, story, value, unit, measured) in articles.items():
        blank = {field.name: None for field in schema_of("found_figures")}
        ids = {"article_id": make_id(name), "figure_id": make_id("figure", name)}
        kind = "duration" if unit in ("hour", "minute") else "count"
        rows["found_figures"].append(
            blank
            | ids
            | {"figure_start": 0, "figure_end": 1, "figure_text": "x", "figure_type": kind, "confidence": 0.9}
            | {"value_low": value, "value_high": value, "unit": unit, "measured_as": measured}
        )
        ids.pop("figure_id")
        rows["stories"].append(
            ids | {"story_id": make_id(story), "similarity": 1.0, "topic_id": make_id(topic)}
        )
        rows["extract_state"].append(ids | {"fingerprint": f"{value} {unit} {measured}"})
    for table, step in READS.items():
        file = lake.write(table, "all", "all", sort_rows(make_table(table, rows[table])))
        old = lake.find_commit(step, "all", "all")
        lake.commit(Commit(step, "all", "all", "1", [], {**(old.files if old else {}), table: [file]}))


def read(lake: Lake, table: str) -> pa.Table:
    return lake.read(lake.find_files(table, FIGURE_GROUPS), table)


ARTICLES = {
    "a": ("call", "first", 2.0, "hour", "talk"),
    "b": ("call", "second", 50.0, "minute", "talk"),
    "c": ("fire", "fire", 12.0, "person", "dead person"),
    "d": ("fire", "fire", 14.0, "person", "dead person in lima"),
    "e": ("fire", "fire", 3.0, "hour", "drive"),
}


def test_figures_are_grouped_over_the_stories_of_a_topic(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    fill(lake, ARTICLES)
    group_figures(lake, lambda line: None)
    groups: dict[object, set[object]] = {}
    for row in read(lake, "figure_groups").to_pylist():
        groups.setdefault(row["figure_group_id"], set()).add(row["figure_id"])
    assert sorted(map(len, groups.values())) == [2, 2]
    assert {make_id("figure", name) for name in "ab"} in groups.values()
    assert {row["unit"] for row in read(lake, "units").to_pylist()} >= {"hour", "mile", "USD", "percent"}


def test_only_the_topic_of_a_changed_article_is_compared_again(tmp_path: Path) -> None:
    lake, whole = Lake(tmp_path / "one"), Lake(tmp_path / "other")
    fill(lake, ARTICLES)
    group_figures(lake, lambda line: None)
    more = ARTICLES | {"f": ("fire", "fire", 15.0, "person", "dead person")}
    fill(lake, more)
    compared: list[str] = []

    def watch(found, classes):  # type: ignore[no-untyped-def]
        compared.extend(figure.phrase for figure in found)
        return group_measured(found, classes)

    with patch.object(figures, "group_measured", watch):
        group_figures(lake, lambda line: None)
    assert "talk" not in compared and "drive" in compared
    fill(whole, dict(sorted(more.items(), reverse=True)))
    group_figures(whole, lambda line: None)
    for table in ("figure_groups", "units"):
        assert read(lake, table).equals(read(whole, table))


def test_an_empty_lake_has_units_and_no_groups(tmp_path: Path) -> None:
    group_figures(Lake(tmp_path), lambda line: None)
    assert read(Lake(tmp_path), "figure_groups").num_rows == 0


@pytest.mark.parametrize(
    ("unit", "dimension", "factor"),
    [
        ("minute", "time", 60),
        ("mile", "length", 1609.344),
        ("square kilometre", "area", 1e6),
        ("kilometre per hour", "speed", 1 / 3.6),
        ("kilowatt-hour", "energy", 3.6e6),
        ("basis point", "percentage point", 0.01),
        ("EUR", "EUR", 1),
    ],
)
def test_units_have_the_worth_that_everybody_gives_them(unit: str, dimension: str, factor: float) -> None:
    [row] = [row for row in list_units() if row["unit"] == unit]
    assert (row["dimension"], row["factor"]) == (dimension, pytest.approx(factor))


def test_each_unit_is_listed_once_and_none_with_an_offset() -> None:
    units = [row["unit"] for row in list_units()]
    assert len(units) == len(set(units))
    assert "degree Celsius" not in units
