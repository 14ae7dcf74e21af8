"""Run the real pipeline, from a landing folder to a published file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.assets.paths import PROJECT, Paths
from pipelines.definitions import defs
from pipelines.schemas import TABLES

SEEDS = PROJECT / "seeds" / "articles"
CONTRACT = (
    "articles",
    "rejected_articles",
    "passages",
    "sentences",
    "entities",
    "mentions",
    "attributions",
    "figures",
    "stories",
    "text_reuse",
    "statement_groups",
    "statement_differences",
    "figure_groups",
    "units",
)

Refresh = Callable[[Path, Path], dg.ExecuteInProcessResult]


def refresh(landing: Path, warehouse: Path) -> dg.ExecuteInProcessResult:
    """Run the job `refresh` over these folders."""
    paths = Paths(landing_folder=str(landing), warehouse_folder=str(warehouse))
    quiet = {"loggers": {"console": {"config": {"log_level": "ERROR"}}}}
    return defs.resolve_job_def("refresh").execute_in_process(resources={"paths": paths}, run_config=quiet)


def fetch(warehouse: Path, query: str) -> list[tuple]:
    """Return the rows of a query over the published file."""
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def fetch_contract(warehouse: Path) -> dict[str, list[tuple]]:
    """Return every row of every contract table, in an order of their own."""
    assert set(CONTRACT) <= set(TABLES)
    return {table: sorted(fetch(warehouse, f"from {table}"), key=repr) for table in CONTRACT}


@pytest.fixture(scope="session")
def seed_warehouse(tmp_path_factory) -> Path:
    """The warehouse of the five seed articles."""
    folder = tmp_path_factory.mktemp("seeds")
    refresh(SEEDS, folder)
    return folder


@pytest.fixture
def landing(tmp_path) -> Path:
    """A landing folder with copies of the seed articles, to be changed at will."""
    folder = tmp_path / "landing"
    shutil.copytree(SEEDS, folder)
    return folder
