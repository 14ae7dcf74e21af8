"""Every query of the README and of sql/ANSWERS.md gives what it shows.

`python -m tests.end_to_end.test_readme` writes both, and the data dictionary, anew.
"""

import re
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.assets.paths import PROJECT
from pipelines.sql_models import SqlModel, describe_warehouse, list_marts, load_models

pytestmark = pytest.mark.end_to_end
README = PROJECT / "README.md"
DICTIONARY = PROJECT / "sql" / "README.md"
ANSWERS = PROJECT / "sql" / "ANSWERS.md"
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
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case int():
            return f"{value:,}"
        case float():
            return str(round(value, 3))
        case list():
            return ", ".join(map(print_value, value))
    return str(value).replace("|", "\\|").replace("\n", " ")


def answer_questions(warehouse: Path) -> str:
    """Return the text of sql/ANSWERS.md: each question with its example and what that gives."""
    sections = [_answer(mart, warehouse) for mart in list_marts(load_models())]
    return "# What the five articles answer\n\n" + "\n".join(sections).rstrip() + "\n"


def _answer(mart: SqlModel, warehouse: Path) -> str:
    number = f"{mart.number}. " if mart.number else ""
    rest = mart.description.removeprefix(mart.question).partition(" Reads ")[0].strip()
    example = f"```sql\n{mart.example}\n```"
    return f"## {number}{mart.question}\n\n{rest}\n\n{example}\n{show(warehouse, mart.example)}"


def test_the_readme_shows_what_its_queries_give(seed_warehouse):
    queries = list(QUERY.finditer(README.read_text("utf-8")))
    assert len(queries) == 8
    for query in queries:
        assert query["shown"] == show(seed_warehouse, query["sql"])


def test_the_answers_are_those_of_the_five_articles(seed_warehouse):
    assert ANSWERS.read_text("utf-8") == answer_questions(seed_warehouse)


def test_the_data_dictionary_is_the_one_of_the_code():
    assert DICTIONARY.read_text("utf-8") == describe_warehouse()


if __name__ == "__main__":
    built = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "warehouse"
    text = QUERY.sub(lambda q: f"```sql\n{q['sql']}```\n{show(built, q['sql'])}", README.read_text("utf-8"))
    README.write_text(text, "utf-8")
    ANSWERS.write_text(answer_questions(built), "utf-8")
    DICTIONARY.write_text(describe_warehouse(), "utf-8")
