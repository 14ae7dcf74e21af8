"""Every query of the README gives what it shows. `python -m tests.end_to_end.test_readme` writes it anew."""

import re
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.assets.paths import PROJECT
from pipelines.sql_models import describe_warehouse

pytestmark = pytest.mark.end_to_end
README = PROJECT / "README.md"
QUERY = re.compile(r"```sql\n(?P<sql>.*?)```\n(?P<shown>(?:\n\|[^\n]*)*\n*)", re.DOTALL)


def show(warehouse: Path, sql: str) -> str:
    """Return the rows of a query as a Markdown table."""
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as connection:
        cursor = connection.execute(sql)
        names = [column[0] for column in cursor.description]
        rows = [list(map(print_value, row)) for row in cursor.fetchall()]
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"\n| {' | '.join(line)} |" for line in lines) + "\n\n"


def print_value(value: object) -> str:
    """Return a value as the README prints it."""
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def test_the_readme_shows_what_its_queries_give(seed_warehouse):
    queries = list(QUERY.finditer(README.read_text("utf-8")))
    assert len(queries) == 7
    for query in queries:
        assert query["shown"] == show(seed_warehouse, query["sql"])


def test_the_data_dictionary_is_the_one_of_the_code():
    assert (PROJECT / "sql" / "README.md").read_text("utf-8") == describe_warehouse()


if __name__ == "__main__":
    built = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "warehouse"
    text = QUERY.sub(lambda q: f"```sql\n{q['sql']}```\n{show(built, q['sql'])}", README.read_text("utf-8"))
    README.write_text(text, "utf-8")
    (PROJECT / "sql" / "README.md").write_text(describe_warehouse(), "utf-8")
