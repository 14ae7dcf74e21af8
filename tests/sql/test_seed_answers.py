"""Rows of the five raw articles → the answers that an analyst gets from the published file."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from seed_lake import write_seed_lake

from pipelines.sql_models import SqlModel, list_marts, load_models
from pipelines.warehouse import BuildReport, build_warehouse

META = {
    "run_id": "run",
    "code_version": "code",
    "model_version": "model",
    "articles": 5,
    "extracted": 5,
    "reused": 0,
    "removed": 0,
    "rejected": 0,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    files = write_seed_lake(tmp_path_factory.mktemp("lake"))
    return build_warehouse(files, tmp_path_factory.mktemp("warehouse"), META)


def ask(report: BuildReport, query: str) -> list[tuple[Any, ...]]:
    assert report.published
    with duckdb.connect(report.published, read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_every_check_holds(built: BuildReport) -> None:
    assert [(check.check.name, check.first_rows) for check in built.failed_checks] == []


@pytest.mark.parametrize("mart", list_marts(load_models()), ids=lambda mart: mart.name)
def test_every_mart_has_an_answer(built: BuildReport, mart: SqlModel) -> None:
    assert ask(built, mart.example)


def test_the_oldest_client_promised_can_ask_every_mart(built: BuildReport) -> None:
    client = Path(sys.executable).with_name("duckdb")  # 1.5, of the package duckdb-cli
    marts = list_marts(load_models())
    script = "".join(f"select count(*) from ({mart.example});" for mart in marts)
    run = subprocess.run(
        [client, "-readonly", str(built.published), "-csv", "-noheader", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(run.stdout.split()) == len(marts)
    assert "0" not in run.stdout.split()


def test_the_articles_differ_on_the_number_of_russian_troops(built: BuildReport) -> None:
    rows = ask(
        built,
        "select comparison, least(path, other_path)[:3], greatest(path, other_path)[:3], difference "
        "from figure_differences where measured_as = 'russian troop' order by all",
    )
    assert rows == [
        ("other_time", "000", "001", 30_000.0),  # 70,000, three weeks later "up to 100,000"
        ("other_time", "000", "004", 30_000.0),  # what 003 gives too, which has no date
        ("overlap", "001", "003", 0.0),  # "up to 100,000", "around 100,000"
        ("overlap", "001", "004", 0.0),
    ]


def test_nearly_an_hour_is_how_one_rounds_fifty_minutes(built: BuildReport) -> None:
    rows = ask(
        built,
        "select distinct least(figure_text, other_figure_text), greatest(figure_text, other_figure_text) "
        "from figure_differences where comparison = 'rounding' order by all",
    )
    assert rows == [("50-minute", "nearly an hour"), ("around 50 minutes", "nearly an hour")]


def test_three_articles_agree_on_the_length_of_the_call(built: BuildReport) -> None:
    rows = ask(built, "select figure_texts, article_count from figure_agreements where measured_as = 'call'")
    assert rows == [(["50 minutes", "50-minute", "around 50 minutes"], 3)]


def test_how_long_the_calls_lasted_and_who_says_so(built: BuildReport) -> None:
    rows = ask(built, "select minutes_high, speaker from how_long('call|conversation|spoke')")
    assert rows == [
        (120.0, None),
        (50.0, "U.S. officials (unnamed)"),
        (60.0, None),  # "spoke candidly for nearly an hour": what lasted is not named, the sentence tells
        (50.0, "White House officials (unnamed)"),
        (50.0, None),
    ]


def test_who_asked_for_the_call(built: BuildReport) -> None:
    rows = ask(
        built, "select doer, verb_text from who_did('request|ask for the call|appeal') where doer is not null"
    )
    assert rows == [("Vladimir Putin", "requested"), ("Vladimir Putin", "asked")]


def test_one_statement_is_found_in_its_three_wordings(built: BuildReport) -> None:
    rows = ask(
        built,
        "select path[:3], relayed_by, difference from similar_statements "
        "where rendering_count = 3 order by path",
    )
    assert [(article, relay) for article, relay, _ in rows] == [
        ("001", "Yuri Ushakov"),
        ("003", None),
        ("004", "Yuri Ushakov"),
    ]
    assert sum(difference is None for _, _, difference in rows) >= 1  # the typical one
