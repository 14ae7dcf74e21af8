"""Given rows → expected rows, one file of cases for each mart (`marts/relays.yaml` asks `relays`)."""

from pathlib import Path

import pytest
from given import GivenTables, Row, read_cases

from pipelines.sql_models import load_models

HERE = Path(__file__).parent
CASES = read_cases(HERE / "marts")


@pytest.fixture(scope="module")
def tables() -> GivenTables:
    return GivenTables()


@pytest.mark.parametrize(("mart", "case"), CASES, ids=[f"{mart}: {case['why']}" for mart, case in CASES])
def test_given_rows_give_the_expected_rows(tables: GivenTables, mart: str, case: Row) -> None:
    with tables.holding(case["given"], made=[mart]):
        rows = tables.ask(case.get("query", f"from {mart}"), case["given"])
    asked = {name for row in case["expect"] for name in row}
    found = [{name: value for name, value in row.items() if name in asked} for row in rows]
    for row in case["expect"]:
        assert row in found
        found.remove(row)
    assert not found


def test_every_mart_has_a_case() -> None:
    marts = {model.name for model in load_models().values() if model.folder == "marts"}
    assert marts == {mart for mart, _ in CASES}
