"""Given rows → the rows that a data check finds wrong, one file of cases for each check."""

from pathlib import Path

import pytest
from given import GivenTables, Row, read_cases

from pipelines.sql_models import load_checks

HERE = Path(__file__).parent
CHECKS = {check.name: check for check in load_checks()}
CASES = read_cases(HERE / "checks")


@pytest.fixture(scope="module")
def tables() -> GivenTables:
    return GivenTables()


@pytest.mark.parametrize(("check", "case"), CASES, ids=[f"{check}: {case['why']}" for check, case in CASES])
def test_a_check_finds_the_rows_that_are_wrong(tables: GivenTables, check: str, case: Row) -> None:
    with tables.holding(case["given"]):
        rows = tables.ask(CHECKS[check].sql, case["given"])
    assert len(rows) == case["wrong"]


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_can_pass_and_fail(check: str) -> None:
    outcomes = {case["wrong"] > 0 for name, case in CASES if name == check}
    assert outcomes == {True, False}
