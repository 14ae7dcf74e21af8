"""A lake of a few rows → a published file: what analysts see of it, and what never breaks."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.ids import make_id
from pipelines.schemas import TABLES
from pipelines.warehouse import DUCKDB_TYPES, BuildReport, build_warehouse

META = {
    "run_id": "run 1",
    "code_version": "c",
    "model_version": "m",
    "articles": 1,
    "extracted": 1,
    "reused": 0,
    "removed": 0,
    "rejected": 0,
}
ENTITY_COUNTS = """-- How many things are there of each type?
-- One row per type. Reads entities.
/*
config: {materialized: table}
columns:
  - name: entity_type
  - {name: entity_count, description: "Things that are of the type, the reader's own included."}
*/
select entity_type, count(*) as entity_count from entities group by all
"""
NAMES = """-- Which names are there?
-- One row per thing. Reads entities.
/*
columns:
  - {name: canonical_name, tests: [unique]}
*/
select canonical_name from entities
"""


def write_lake(folder: Path, *names: str) -> dict[str, list[Path]]:
    """Write a lake that knows some persons, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        {"entity_id": make_id(i, name), "canonical_name": name, "entity_type": "person"}
        for i, name in enumerate(names)
    ]
    pq.write_table(pa.Table.from_pylist(rows, schema=TABLES["entities"].schema), folder / "entities.parquet")
    return {"entities": [folder / "entities.parquet"]}


def write_sql(folder: Path, **files: str) -> Path:
    (folder / "marts").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / "marts" / f"{name}.sql").write_text(text)
    return folder


def publish(folder: Path, *names: str, select: Sequence[str] | None = None) -> BuildReport:
    """Build `folder`/warehouse from a lake of these persons and two models."""
    sql = write_sql(folder / "sql", entity_counts=ENTITY_COUNTS, names=NAMES)
    return build_warehouse(write_lake(folder / "lake", *names), folder / "warehouse", META, select, sql)


def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(folder / "warehouse" / "news.duckdb", read_only=True) as connection:
        return connection.sql(query).fetchall()


def test_the_published_file_is_a_link_to_a_version_that_nobody_writes(tmp_path: Path) -> None:
    report = publish(tmp_path, "Ana")
    link = tmp_path / "warehouse" / "news.duckdb"
    assert report.published == link.resolve()
    assert not link.readlink().is_absolute()
    assert oct(link.stat().st_mode)[-3:] == "444"
    assert [file.name for file in link.resolve().parent.iterdir()] == ["news.duckdb"]  # no log, no litter
    assert list((tmp_path / "warehouse" / "build").iterdir()) == []


def test_it_holds_what_the_lake_holds_and_its_own_row(tmp_path: Path) -> None:
    publish(tmp_path, "Ana", "Ben")
    assert ask(tmp_path, "from entity_counts") == [("person", 2)]
    assert ask(tmp_path, "select entity_id::varchar from entities limit 1")[0][0].count("-") == 4
    assert ask(tmp_path, "select run_id, articles, now() - published_at < interval 1 hour from _meta") == [
        ("run 1", 1, True)
    ]
    assert ask(tmp_path, "select distinct database_name from duckdb_tables()") == [("news",)]


def test_every_table_and_column_carries_its_meaning(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    tables = ask(tmp_path, "select comment from duckdb_tables() where table_name = 'entities'")
    assert tables == [(TABLES["entities"].description,)]
    silent = "select table_name, column_name from duckdb_columns() where not internal and comment is null"
    assert ask(tmp_path, silent) == []
    described = "select comment from duckdb_columns() where column_name = 'entity_count'"
    assert ask(tmp_path, described) == [("Things that are of the type, the reader's own included.",)]


def test_a_lake_without_any_file_gives_empty_tables_of_the_right_types(tmp_path: Path) -> None:
    report = build_warehouse({}, tmp_path / "warehouse", META)
    assert report.published
    found = ask(
        tmp_path, "select table_name, column_name, data_type from duckdb_columns() where not internal"
    )
    promised = [
        (table.name, column.name, DUCKDB_TYPES[column.type])
        for table in TABLES.values()
        if table.made_by == "sql" or table.name in ("articles", "passages", "sentences", "entities")
        for column in table.columns
    ]
    assert set(promised) <= set(found)
    assert ask(tmp_path, "from mentions") == []


def test_a_failing_check_leaves_what_is_published_as_it_was(tmp_path: Path) -> None:
    before = publish(tmp_path, "Ana")
    after = publish(tmp_path, "Ben", "Ben")
    assert after.published is None
    [failed] = after.failed_checks
    assert (failed.check.name, failed.failing_count) == ("names_canonical_name_unique", 1)
    assert failed.first_rows == [{"canonical_name": "Ben", "row_count": 2}]
    assert (tmp_path / "warehouse" / "news.duckdb").resolve() == before.published
    assert ask(tmp_path, "from names") == [("Ana",)]
    assert list((tmp_path / "warehouse" / "build").iterdir()) == []


def test_a_value_that_the_contract_does_not_allow_fails_a_check(tmp_path: Path) -> None:
    files = write_lake(tmp_path / "lake", "Ana")
    rows = pq.read_table(files["entities"][0]).to_pylist()
    wrong = pa.Table.from_pylist([row | {"entity_type": "ghost"} for row in rows], TABLES["entities"].schema)
    pq.write_table(wrong, files["entities"][0])
    report = build_warehouse(files, tmp_path / "warehouse", META, sql=write_sql(tmp_path / "sql"))
    assert [failed.check.name for failed in report.failed_checks] == ["entities_entity_type_accepted_values"]


def test_the_last_three_versions_stay(tmp_path: Path) -> None:
    published = [publish(tmp_path, name).published for name in ("Ana", "Ben", "Cyd", "Dan")]
    versions = sorted((tmp_path / "warehouse" / "versions").iterdir())
    assert [version / "news.duckdb" for version in versions] == published[1:]
    assert ask(tmp_path, "from names") == [("Dan",)]


def test_who_reads_a_version_keeps_it(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    with duckdb.connect(tmp_path / "warehouse" / "news.duckdb", read_only=True) as reader:
        for name in ("Ben", "Cyd", "Dan", "Eva"):  # until the version that is read has been removed
            publish(tmp_path, name)
        assert reader.sql("from names").fetchall() == [("Ana",)]
        assert ask(tmp_path, "from names") == [("Eva",)]


@pytest.mark.skipif(os.geteuid() != 0, reason="a version can be opened for writing by root alone")
def test_who_writes_into_a_version_harms_no_other(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    with duckdb.connect(tmp_path / "warehouse" / "news.duckdb") as writer:
        publish(tmp_path, "Ben")
        writer.execute("create table mine as select 1 as one")
        assert writer.sql("from names").fetchall() == [("Ana",)]
    assert ask(tmp_path, "from names") == [("Ben",)]
    assert ask(tmp_path, "select table_name from duckdb_tables() where table_name = 'mine'") == []


def test_a_file_of_the_users_own_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "news.duckdb").write_text("mine")
    with pytest.raises(FileExistsError, match="move it away"):
        publish(tmp_path, "Ana")
    assert (tmp_path / "warehouse" / "news.duckdb").read_text() == "mine"


def test_a_subset_is_built_on_what_is_published(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    write_sql(tmp_path / "sql", late=NAMES.replace("Which names", "Which late names"))
    report = publish(tmp_path, "Ana", "Ben", select=["names"])
    assert [model.model.name for model in report.models] == ["late", "names"]  # what is missing is built too
    assert ask(tmp_path, "from entity_counts") == [("person", 1)]
    assert ask(tmp_path, "from names") == [("Ana",)]


def test_a_table_may_become_a_view(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    sql = write_sql(tmp_path / "sql", entity_counts=ENTITY_COUNTS.replace("{materialized: table}", "{}"))
    build_warehouse({}, tmp_path / "warehouse", {}, ["entity_counts"], sql)
    assert ask(tmp_path, "select view_name from duckdb_views() where view_name = 'entity_counts'")


def test_a_subset_of_nothing_is_all(tmp_path: Path) -> None:
    report = publish(tmp_path, "Ana", select=["names"])
    assert [model.model.name for model in report.models] == ["entity_counts", "names"]


def test_what_a_subset_does_not_count_anew_stays(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    sql = tmp_path / "sql"
    build_warehouse({}, tmp_path / "warehouse", {"run_id": "run 2"}, ["names"], sql)
    assert ask(tmp_path, "select run_id, extracted from _meta") == [("run 2", 1)]


def test_a_model_reports_rows_columns_and_lineage(tmp_path: Path) -> None:
    [report, _] = publish(tmp_path, "Ana", "Ben").models
    assert (report.model.name, report.row_count) == ("entity_counts", 1)
    assert report.columns == {"entity_type": "VARCHAR", "entity_count": "BIGINT"}
    assert report.lineage["entity_type"] == [("entities", "entity_type")]
    assert report.first_rows == [{"entity_type": "person", "entity_count": 2}]


def test_documented_columns_must_be_those_built(tmp_path: Path) -> None:
    sql = write_sql(tmp_path / "sql", names=NAMES.replace("select canonical_name", "select entity_type"))
    with pytest.raises(
        ValueError, match=r"names\.sql: documented .*'canonical_name'.* built .*'entity_type'"
    ):
        build_warehouse({}, tmp_path / "warehouse", META, sql=sql)


def test_a_model_that_does_not_run_names_its_file(tmp_path: Path) -> None:
    sql = write_sql(tmp_path / "sql", names=NAMES.replace("from entities", "from entities where nothing"))
    with pytest.raises(duckdb.Error) as error:
        build_warehouse({}, tmp_path / "warehouse", META, sql=sql)
    assert error.value.__notes__ == ["in sql/marts/names.sql"]


def test_folders_may_have_odd_names(tmp_path: Path) -> None:
    odd = tmp_path / "it's [an] *odd* a=1 place"
    publish(odd, "Ana")
    assert ask(odd, "from names") == [("Ana",)]


SLOW_BUILD = """
import sys
from pathlib import Path
from pipelines.warehouse import build_warehouse
build_warehouse({}, Path(sys.argv[1]), {}, sql=Path(sys.argv[2]))
"""
SLOW = """-- How long does it take?
/*
config: {materialized: table}
columns: [{name: n, description: Rows.}]
*/
select count(*) as n from range(1_000_000_000_000) where hash(range) = 0
"""


def test_a_killed_build_leaves_what_is_published_and_the_next_one_clears_up(tmp_path: Path) -> None:
    publish(tmp_path, "Ana")
    slow = write_sql(tmp_path / "slow", slow=SLOW)
    build = subprocess.Popen([sys.executable, "-c", SLOW_BUILD, tmp_path / "warehouse", slow])
    builds = tmp_path / "warehouse" / "build"
    while not list(builds.glob("*/news.duckdb*")):
        assert build.poll() is None
        time.sleep(0.05)
    published = publish(tmp_path, "Ana").published  # leaves the folder of a build that lives alone
    assert len(list(builds.iterdir())) == 1
    build.send_signal(signal.SIGKILL)
    build.wait()
    assert (tmp_path / "warehouse" / "news.duckdb").resolve() == published
    assert ask(tmp_path, "from names") == [("Ana",)]
    publish(tmp_path, "Ben")
    assert list(builds.iterdir()) == []
    assert ask(tmp_path, "from names") == [("Ben",)]
