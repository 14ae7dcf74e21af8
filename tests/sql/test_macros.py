"""Scalar macros: given values → the expected one."""

import duckdb
import pytest

from pipelines.comparison.units import list_units
from pipelines.sql_models import load_models
from pipelines.warehouse import create_model, create_table


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    create_table(connection, "units")
    for row in list_units():
        connection.execute("insert into units values ($unit, $dimension, $factor)", row)
    create_model(connection, load_models()["in_unit"])
    return connection


@pytest.mark.parametrize(
    ("amount", "given", "wanted", "expected"),
    [
        (2, "hour", "minute", 120),
        (90, "minute", "hour", 1.5),
        (10, "mile", "kilometre", 16.09344),
        (50, "percent", "share", 0.5),
        (25, "basis point", "percentage point", 0.25),
        (100, "kilometre per hour", "mile per hour", 62.137119),
        (3, "cow", "cow", 3),  # what is counted is in its own unit
        (2, "hour", "kilometre", None),
        (2, "USD", "EUR", None),  # a rate of exchange is no fact of language
        (2, "percent", "percentage point", None),
        (20, "degree Celsius", "kelvin", None),  # an offset is no factor
        (None, "hour", "minute", None),
    ],
)
def test_in_unit(
    connection: duckdb.DuckDBPyConnection,
    amount: float | None,
    given: str,
    wanted: str,
    expected: float | None,
) -> None:
    [value] = connection.execute("select in_unit(?::double, ?, ?)", [amount, given, wanted]).fetchone() or ()
    assert value == (expected if expected is None else pytest.approx(expected))


def test_in_unit_takes_a_query_no_longer_than_a_join(connection: duckdb.DuckDBPyConnection) -> None:
    plan = connection.execute(
        "explain select count(in_unit(value, unit, 'minute')) from"
        " (select range::double as value, if(range % 2 = 0, 'hour', 'mile') as unit from range(10))"
    ).fetchall()
    assert "join" in str(plan).lower()
