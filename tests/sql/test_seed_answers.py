"""Rows of the five raw articles → the answers that an analyst gets from the published file."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from seed_lake import write_seed_lake

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
CALLS = {
    "how_long": "how_long('call|conversation')",
    "how_many": "how_many('russian troop')",
    "quotations_of": "quotations_of('Putin')",
    "told_reporters": "told_reporters('Ushakov')",
    "uses_of": "uses_of('colossal mistake')",
    "what_was_said": "what_was_said('Vladimir Putin')",
    "what_was_told": "what_was_told('Biden', 'Putin')",
    "who_did": "who_did('request|ask', 'call|appeal')",
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


def test_every_mart_has_an_answer(built: BuildReport) -> None:
    marts = [report.model.name for report in built.models if report.model.folder == "marts"]
    empty = [mart for mart in marts if not ask(built, f"from {CALLS.get(mart, mart)}")]
    assert empty == []


def test_the_oldest_client_promised_can_ask_every_mart(built: BuildReport) -> None:
    client = Path(sys.executable).with_name("duckdb")  # 1.5, of the package duckdb-cli
    marts = [report.model.name for report in built.models if report.model.folder == "marts"]
    script = "".join(f"select count(*) from {CALLS.get(mart, mart)};" for mart in marts)
    run = subprocess.run(
        [client, "-readonly", str(built.published), "-csv", "-noheader", "-c", script],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(run.stdout.split()) == len(marts)
    assert "0" not in run.stdout.split()


def test_the_articles_differ_on_the_number_of_russian_troops(built: BuildReport) -> None:
    rows = ask(built, "select distinct difference from figure_differences where unit = 'troop'")
    assert rows == [(30_000.0,)]  # 70,000 against "up to 100,000"


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
        built, "select doer, verb_text from who_did('request|ask', 'call|appeal') where doer is not null"
    )
    assert rows == [("Vladimir Putin", "requested"), ("Vladimir Putin", "asked")]


def test_one_wording_is_found_in_another_article_by_the_words_they_share(built: BuildReport) -> None:
    rows = ask(
        built, "select least(path, other_path)[:3], greatest(path, other_path)[:3] from similar_statements"
    )
    assert ("001", "004") in rows  # "complete breakdown of relations", relayed by Ushakov in both
