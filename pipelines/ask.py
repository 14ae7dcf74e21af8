"""`make ask Q=17`: what the warehouse answers to one of its questions, as a table that fits the terminal.

A question is asked by its number, by the name of its mart, or with parameters of your own:

    make ask Q="who_did('asked|requested call')" WHERE="doer is not null" ROWS=50
    python -m pipelines.ask what_was_told Biden Putin --where "act = 'warning'" --rows 50

Without a question all are listed. What is shown is the mart's example (`example:` in its file).
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from pipelines.assets.paths import Paths
from pipelines.sql_models import DIALECT, SqlModel, list_marts, load_models
from pipelines.warehouse import FILE

ROWS_SHOWN = 20
GAP = "  "
WORD_WIDTH = 16  # up to which a word is kept in one piece, in characters
LEAST_WIDTH = 6  # of a column
MOST_LINES = 8  # of a cell; a longer text ends in "…"


class QuestionError(ValueError):
    """A question that cannot be asked; says what can."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the answer to a question, or all questions."""
    given = _read_arguments(arguments)
    width = shutil.get_terminal_size((120, 24)).columns
    models = load_models()
    if given.question is None:
        print(list_questions(list_marts(models), width))
        return 0
    file = (Path(given.warehouse) if given.warehouse else Paths().warehouse) / FILE
    try:
        mart, parameters = find_question(given.question, models)
        query = make_query(mart, given.parameters or parameters, given.where, given.rows + 1, given.all)
        names, rows = _fetch(file, query)
    except (QuestionError, duckdb.Error) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{f'{mart.number}. ' if mart.number else ''}{mart.question}\n")
    shown = rows[: given.rows]
    print(format_records(names, shown, width) if given.all else format_table(names, shown, width))
    if len(rows) > len(shown):
        narrower = f'; narrower: --where "{mart.narrowed}"' if mart.narrowed else ""
        print(f"\nThe first {len(shown)} rows; more: --rows {10 * given.rows}{narrower}")
    return 0


def find_question(asked: str, models: Mapping[str, SqlModel]) -> tuple[SqlModel, list[str]]:
    """Return the mart that `asked` means ("17", "relays", "how_many('troop')") and the parameters given."""
    marts = list_marts(models)
    name, _, rest = asked.strip().partition("(")
    found = [mart for mart in marts if name in (mart.name, str(mart.number))]
    if not found:
        raise QuestionError(f"no question is called {asked!r}; these are:\n\n{list_questions(marts, 100)}")
    return found[0], _read_parameters(rest, found[0]) if rest else []


def make_query(
    mart: SqlModel,
    parameters: Sequence[str] = (),
    where: str = "",
    rows: int = ROWS_SHOWN,
    every_column: bool = False,
) -> str:
    """Return the mart's example as SQL, with these parameters in place of its own."""
    query = sqlglot.parse_one(mart.example, dialect=DIALECT)
    assert isinstance(query, exp.Select)
    if parameters:
        if len(parameters) != len(mart.parameters):
            raise QuestionError(
                f"{mart.call} takes {len(mart.parameters)} parameters, here are {len(parameters)}. "
                f"An example:\n\n{mart.example}"
            )
        calls = [call for call in query.find_all(exp.Anonymous) if call.name == mart.name]
        calls[0].set("expressions", [exp.Literal.string(parameter) for parameter in parameters])
    if every_column:
        query = query.select("*", append=False)
        query.set("order", None)  # it may name a column of the example
    try:
        query = query.where(where, dialect=DIALECT) if where else query
    except SqlglotError as error:
        raise QuestionError(
            f"--where takes a condition such as \"speaker = 'Joe Biden'\": {error}"
        ) from error
    return query.limit(rows).sql(dialect=DIALECT)


def list_questions(marts: Sequence[SqlModel], width: int) -> str:
    """Return the questions with their numbers and how to ask them."""
    rows = [(mart.number, mart.question, mart.call) for mart in marts]
    return format_table(["", "question", "ask"], rows, width)


def format_table(names: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> str:
    """Return rows as a table at most `width` wide where that is possible; long texts go on below."""
    lines = [[name.replace("_", " ") for name in names], *([_print(value) for value in row] for row in rows)]
    widths = _fit(lines, width - len(GAP) * (len(names) - 1))
    header, *body = (list(_lay_out(cells, widths)) for cells in lines)
    rule = GAP.join("─" * column for column in widths)
    is_dense = sum(map(len, body)) < 1.5 * len(body)  # else rows of several lines are set off from each other
    return "\n".join([*header, rule, *("\n".join(row) + ("" if is_dense else "\n") for row in body)]).rstrip()


def format_records(names: Sequence[str], rows: Sequence[Sequence[object]], width: int) -> str:
    """Return rows one below the other, a line for each value."""
    first = max(map(len, names))
    blocks = []
    for row in rows:
        cells = [(name, _print(value)) for name, value in zip(names, row, strict=True)]
        rest = max(width - first - len(GAP), LEAST_WIDTH)
        blocks.append("\n".join(line for cell in cells for line in _lay_out(cell, [first, rest])))
    return "\n\n".join(blocks)


def _fit(lines: Sequence[Sequence[str]], spare: int) -> list[int]:
    """Return the widths of the columns: the widest yield first, and none breaks a word before all must."""
    columns = list(zip(*lines, strict=True))
    widths = [max(map(len, cells)) for cells in columns]
    words = [
        min(WORD_WIDTH, max(len(word) for cell in cells for word in cell.split() or [""]))
        for cells in columns
    ]
    for least in (words, [LEAST_WIDTH] * len(widths)):
        while sum(widths) > spare and (wider := [i for i, width in enumerate(widths) if width > least[i]]):
            widths[max(wider, key=lambda i: widths[i])] -= 1
    return widths


def _lay_out(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the printed lines of one row."""
    columns = [wrap(cell, width) or [""] for cell, width in zip(cells, widths, strict=True)]
    for column, width in zip(columns, widths, strict=True):
        if len(column) > MOST_LINES:
            column[MOST_LINES - 1 :] = [column[MOST_LINES - 1][: width - 1].rstrip(" …") + "…"]
    for number in range(max(map(len, columns))):
        pieces = [column[number] if number < len(column) else "" for column in columns]
        yield GAP.join(piece.ljust(width) for piece, width in zip(pieces, widths, strict=True)).rstrip()


def _print(value: object) -> str:
    """Return a value as a reader writes it: 70,000 and not 70000.0."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}"
        case float():
            return (
                f"{value:,.0f}"
                if value.is_integer()
                else f"{value:,.4g}"
                if abs(value) < 1000
                else f"{value:,.1f}"
            )
        case list():
            return ", ".join(map(_print, value))
    return " ".join(str(value).split())


def _read_parameters(text: str, mart: SqlModel) -> list[str]:
    """Return the strings in "'ask|request call')"."""
    try:
        call = sqlglot.parse_one(f"f({text}", dialect=DIALECT)
    except SqlglotError as error:
        raise QuestionError(
            f"cannot read {mart.name}({text}: write it as {mart.call}, text in '…'"
        ) from error
    values = list(call.expressions)
    if not all(isinstance(value, exp.Literal) for value in values):
        raise QuestionError(f"a parameter of {mart.call} is a text in '…'")
    return [value.name for value in values]


def _fetch(file: Path, query: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Return the column names and rows of a query over a published file."""
    if not file.exists():
        raise QuestionError(
            f"{file} is not there: make it with `make warehouse`, or name another folder: --warehouse"
        )
    with duckdb.connect(file, read_only=True) as connection:
        cursor = connection.execute(query)
        return [column[0] for column in cursor.description or ()], cursor.fetchall()


def _read_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines.ask",
        description="Ask the warehouse a question, by number, name or call. Without one, all are listed.",
    )
    parser.add_argument("question", nargs="?", help="17, relays, \"how_many('troop')\"")
    parser.add_argument("parameters", nargs="*", help="what a question is asked about: a name, an expression")
    parser.add_argument(
        "--where", default="", help="condition on the mart's columns: \"speaker = 'Joe Biden'\""
    )
    parser.add_argument(
        "--rows", type=int, default=ROWS_SHOWN, help=f"how many rows, {ROWS_SHOWN} unless said"
    )
    parser.add_argument(
        "--all", action="store_true", help="all columns, one below the other, ids and places too"
    )
    parser.add_argument("--warehouse", default="", help="folder of the published file")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
