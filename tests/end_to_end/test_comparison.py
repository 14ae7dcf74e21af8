"""What the five seed articles have in common: five reports of two calls between two presidents."""

import shutil

import pytest

from tests.end_to_end.conftest import SEEDS, fetch, fetch_contract, refresh

pytestmark = pytest.mark.end_to_end


def test_reports_of_one_call_are_one_story(seed_warehouse):
    stories = fetch(
        seed_warehouse,
        """
        select list(left(path, 3) order by path)
        from stories
        inner join articles using (article_id)
        group by story_id
        """,
    )
    assert sorted(stories) == [(["000", "002"],), (["001", "003", "004"],)]
    assert fetch(seed_warehouse, "select count(distinct topic_id) from stories") == [(1,)]
    assert fetch(seed_warehouse, "from text_reuse") == []


def test_renderings_of_one_statement_are_found_and_the_one_that_cannot_be_right(seed_warehouse):
    wordings = fetch(
        seed_warehouse,
        """
        select list(distinct left(path, 3) order by left(path, 3))
        from similar_statements
        where content_text like 'to %fuse tensions%' or content_text like 'to reduce tensions%'
        """,
    )
    assert wordings == [(["001", "003", "004"],)]
    assert fetch(seed_warehouse, "select distinct speaker, contradiction from contradictions") == [
        ("Vladimir Putin", "ancestors / descendants")
    ]


def test_figures_of_one_thing_are_compared_whatever_their_words_and_units(seed_warehouse):
    differences = fetch(
        seed_warehouse,
        """
        select comparison, figure_text, other_figure_text
        from figure_differences
        where figure_text in ('70,000', 'an hour') and other_figure_text in ('100,000', '50-minute')
        order by all
        """,
    )
    assert ("rounding", "an hour", "50-minute") in differences
    assert ("other_time", "70,000", "100,000") in differences
    assert all(comparison != "conflict" for comparison, *_ in differences)


def test_any_order_of_arrival_ends_in_the_same_tables(seed_warehouse, tmp_path):
    landing, warehouse = tmp_path / "landing", tmp_path / "warehouse"
    landing.mkdir()
    for number in (3, 0, 4, 1, 2):
        shutil.copy(sorted(SEEDS.glob("*.txt"))[number], landing)
        refresh(landing, warehouse)
    assert fetch_contract(warehouse) == fetch_contract(seed_warehouse)
