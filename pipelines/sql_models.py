"""Load the SQL models of `sql/`: one file is one table, view or macro of the warehouse.

`sql/marts/relays.sql` opens with its question ("Who relays whose words, how often?") and makes `relays`.
After the question comes a block comment, YAML in dbt's shape: `columns:` with `description` and `tests:`
(`not_null`, `unique`, `accepted_values`, `relationships`), and `config: {materialized: table}` where a
view would be too slow. A mart also has its `example:`, a query that shows it, perhaps `narrowed:`, a
condition that one may add to it, and the number of its `question:`, if it is one of the twenty. Then one
statement: a select, or `create or replace macro` where a question has a parameter.

A column without a description means what the column of that name means in a table that the model reads;
a table of the contract is described in `schemas.py` alone. Nothing here knows DuckDB files or Dagster.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from graphlib import TopologicalSorter
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import sqlglot
import yaml
from sqlglot import exp
from sqlglot.lineage import lineage

from pipelines.schemas import (
    ATTRIBUTION_TYPES,
    CHANGE_ROLES,
    DIRECTIONS,
    ENTITY_TYPES,
    FIGURE_TYPES,
    PASSAGE_TYPES,
    REASONS,
    REUSE_TYPES,
    TABLES,
    Table,
)

SQL = Path(__file__).parents[1] / "sql"
DIALECT = "duckdb"
LOADED = (
    "articles", "rejected_articles", "passages", "sentences", "entities",
    "stories", "text_reuse", "statement_groups", "statement_differences", "figure_groups", "units",
)  # fmt: skip
"""Tables that come from the lake as they are; what else lies there is read as `lake.found_figures`."""
ALLOWED_VALUES = {
    "attribution_type": ATTRIBUTION_TYPES,
    "entity_type": ENTITY_TYPES,
    "figure_type": FIGURE_TYPES,
    "passage_type": PASSAGE_TYPES,
    "reason": tuple(REASONS),
    "reuse_type": REUSE_TYPES,
    "change_role": CHANGE_ROLES,
    "direction": DIRECTIONS,
}
_FILE = re.compile(r"\A(?P<comment>(?:--[^\n]*\n)+)(?:/\*\n(?P<header>.*?)\*/\n)?(?P<sql>.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ModelColumn:
    """A documented column; `tests` are dbt's, as the header gives them."""

    name: str
    description: str
    tests: tuple[str | dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """A statement that must hold of a table; `sql` returns the rows that break it, none is good."""

    name: str
    table: str
    description: str
    sql: str


@dataclass(frozen=True)
class SqlModel:
    """One file of `sql/staging` or `sql/marts`."""

    name: str
    folder: str
    description: str  # the comment that opens the file: question, one row per what, what it reads
    sql: str
    materialized: Literal["table", "view", "macro"]
    columns: tuple[ModelColumn, ...]
    depends_on: tuple[str, ...]  # tables, views and macros, lake tables without their schema
    number: int | None = None  # of the question, 1 to 20
    example: str = ""  # query that shows what a mart answers
    narrowed: str = ""  # condition that an analyst may add to it

    @property
    def question(self) -> str:
        """The opening of the description, up to its question mark; of a file that asks nothing, all of it."""
        question, mark, _ = self.description.partition("?")
        return question + mark

    @cached_property
    def tree(self) -> exp.Expr:
        """The parsed statement."""
        return sqlglot.parse_one(self.sql, dialect=DIALECT)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Parameters of a macro, in order; none for a table or view."""
        return tuple(p.name for p in self.tree.this.expressions) if self.materialized == "macro" else ()

    @property
    def call(self) -> str:
        """How a query names the model: `relays`, `what_was_said(who)`."""
        return f"{self.name}({', '.join(self.parameters)})" if self.parameters else self.name

    @property
    def body(self) -> exp.Expr:
        """What is selected, or the expression of a scalar macro."""
        return self.tree.expression if self.materialized == "macro" else self.tree

    @property
    def returns_rows(self) -> bool:
        """False for a scalar macro such as `is_called(name, wanted)`."""
        return isinstance(self.body, exp.Query)

    @property
    def code_version(self) -> str:
        """Digest of what runs: a comment, a description or an indent changes nothing."""
        statement = f"{self.materialized} {self.tree.sql(dialect=DIALECT, comments=False)}"
        return sha256(statement.encode()).hexdigest()[:16]


def load_models(folder: Path = SQL) -> dict[str, SqlModel]:
    """Return the models of `folder`/staging and `folder`/marts by name, each after what it reads."""
    files = [file for kind in ("staging", "marts") for file in sorted((folder / kind).glob("*.sql"))]
    read = {file.stem: _read_model(file) for file in files}
    found = {name: replace(model, depends_on=_find_references(model, read)) for name, model in read.items()}
    order = TopologicalSorter(
        {name: [other for other in model.depends_on if other in found] for name, model in found.items()}
    )
    meanings = {table.name: {c.name: c.description for c in table.columns} for table in TABLES.values()}
    models = {}
    for name in order.static_order():
        models[name] = _describe_columns(found[name], meanings)
        meanings[name] = {c.name: c.description for c in models[name].columns}
    return models


def find_checks(models: Mapping[str, SqlModel], folder: Path = SQL) -> list[Check]:
    """Return all checks of a build: what the contract promises, what headers ask for, `folder`/checks."""
    contract = [TABLES[name] for name in (*LOADED, *models) if name in TABLES]
    return [
        *(check for table in contract for check in check_contract(table)),
        *(check for model in models.values() for check in check_columns(model)),
        *load_checks(folder),
    ]


def load_checks(folder: Path = SQL) -> list[Check]:
    """Return the checks of `folder`/checks; each opens with what must hold, its header names the table."""
    checks = []
    for file in sorted((folder / "checks").glob("*.sql")):
        comment, header, sql = _split(file)
        checks.append(Check(file.stem, header["table"], comment, sql))
    return checks


def check_contract(table: Table) -> Iterator[Check]:
    """Yield what `schemas.py` promises of every value: not missing, one of those allowed."""
    required = " or ".join(f"{c.name} is null" for c in table.columns if not c.nullable)
    yield Check(
        f"{table.name}_has_no_missing_value",
        table.name,
        "A column that the contract does not call nullable has a value in every row.",
        f"select * from {table.name} where {required}",
    )
    for column in table.columns:
        if allowed := ALLOWED_VALUES.get(column.name):
            yield _make_check(table.name, column.name, {"accepted_values": {"values": allowed}})


def check_columns(model: SqlModel) -> Iterator[Check]:
    """Yield the tests that the header of `model` asks for."""
    for column in model.columns:
        for test in column.tests:
            yield _make_check(model.name, column.name, test)


def find_lineage(
    model: SqlModel, schema: Mapping[str, Mapping[str, str]]
) -> dict[str, list[tuple[str, str]]]:
    """Return for each column the (table, column) pairs it is made of; `schema` is table → column → type."""
    parameters = set(model.parameters)

    def simplify(node: exp.Expr) -> exp.Expr:
        if isinstance(node, exp.Column) and not node.table and node.name in parameters:
            return exp.Null()
        if isinstance(node, exp.Table):
            node.set("db", None)
        return node

    tree = model.body.copy().transform(simplify)
    nodes = lineage(None, tree, {table: dict(columns) for table, columns in schema.items()}, dialect=DIALECT)
    return {
        name: sorted(
            {
                (leaf.expression.name, leaf.name.rpartition(".")[2].strip('"'))
                for leaf in node.walk()
                if isinstance(leaf.expression, exp.Table)
            }
        )
        for name, node in nodes.items()
    }


def list_marts(models: Mapping[str, SqlModel]) -> list[SqlModel]:
    """Return the marts: the twenty questions by number, then the others by name."""
    marts = [model for model in models.values() if model.folder == "marts"]
    return sorted(marts, key=lambda mart: (mart.number or len(marts), mart.name))


def describe_warehouse(folder: Path = SQL) -> str:
    """Return the data dictionary: the question of each mart, and every table and column."""
    models = load_models(folder)
    lines = ["# What the warehouse holds", "", "## Questions and their marts", ""]
    lines += ["[ANSWERS.md](ANSWERS.md) shows what each gives on the five articles in `seeds/`.", ""]
    lines += ["| | question | ask |", "|---|---|---|"]
    lines += [f"| {m.number or ''} | {m.question} | `{m.call}` |" for m in list_marts(models)]
    lines += ["", "## Tables", ""]
    for table in TABLES.values():
        if table.made_by == "sql" or table.name in LOADED:
            columns = [ModelColumn(c.name, c.description) for c in table.columns]
            lines += _describe_table(table.name, table.description, columns)
    lines += ["## Views, marts and macros", ""]
    for model in models.values():
        if model.name not in TABLES:
            lines += _describe_table(model.call, model.description, model.columns)
    return "\n".join(lines).rstrip() + "\n"


def _split(file: Path) -> tuple[str, dict[str, Any], str]:
    """Return the opening comment of a SQL file, its header and its statement."""
    match = _FILE.match(file.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{file}: begin with the question as a comment (-- …?)")
    comment = " ".join(line.lstrip("-").strip() for line in match["comment"].splitlines())
    return comment, yaml.safe_load(match["header"] or "") or {}, match["sql"].strip().removesuffix(";")


def _read_model(file: Path) -> SqlModel:
    """Read one file; what it depends on and what its columns mean is known only among all files."""
    comment, header, sql = _split(file)
    columns = tuple(
        ModelColumn(column["name"], column.get("description", ""), tuple(column.get("tests", ())))
        for column in header.get("columns", ())
    )
    materialized = header.get("config", {}).get("materialized", "view")  # dbt's default
    asked = header.get("question"), header.get("example", "").strip(), header.get("narrowed", "")
    model = SqlModel(file.stem, file.parent.name, comment, sql, materialized, columns, (), *asked)
    if isinstance(model.tree, exp.Create):
        model = replace(model, materialized="macro")
        if model.tree.this.this.name != model.name:
            raise ValueError(f"{file}: makes macro {model.tree.this.this.name}; call it {model.name}")
    return model


def _find_references(model: SqlModel, models: Mapping[str, SqlModel]) -> tuple[str, ...]:
    """Return the tables that a model reads, less its own CTEs, and the macros that it calls."""
    tree = model.body
    own = {cte.alias for cte in tree.find_all(exp.CTE)} | {""}  # "" is a table function
    tables = {table.name for table in tree.find_all(exp.Table)} - own
    calls = {call.name for call in tree.find_all(exp.Anonymous)} & models.keys()
    return tuple(sorted(tables | calls))


def _describe_columns(model: SqlModel, meanings: Mapping[str, Mapping[str, str]]) -> SqlModel:
    """Give each column its meaning: from the contract, its own, or that of the same name in a table read."""
    if model.name in TABLES:
        tests = {column.name: column.tests for column in model.columns}
        columns = [ModelColumn(c, text, tests.get(c, ())) for c, text in meanings[model.name].items()]
        return replace(model, description=TABLES[model.name].description, columns=tuple(columns))
    inherited: dict[str, str] = {}
    for table in reversed(model.depends_on):
        inherited |= meanings.get(table, {})
    if missing := [c.name for c in model.columns if not c.description and c.name not in inherited]:
        raise ValueError(f"{model.name}.sql: say in the header what these columns mean: {missing}")
    columns = [replace(c, description=c.description or inherited[c.name]) for c in model.columns]
    return replace(model, columns=tuple(columns))


def _make_check(table: str, column: str, test: str | Mapping[str, Any]) -> Check:
    """Turn one of dbt's four column tests into SQL that returns the rows that fail it."""
    [(kind, options)] = test.items() if isinstance(test, Mapping) else [(test, {})]
    match kind:
        case "not_null":
            meaning = "has a value in every row"
            sql = f"select * from {table} where {column} is null"
        case "unique":
            meaning = "has no value twice"
            sql = (
                f"select {column}, count(*) as row_count from {table} "
                f"where {column} is not null group by all having row_count > 1"
            )
        case "accepted_values":
            values = ", ".join(f"'{value}'" for value in options["values"])
            meaning = f"is one of {values}"
            sql = f"select * from {table} where {column} not in ({values})"
        case "relationships":
            to, field = options["to"], options["field"]
            meaning = f"is a {field} of {to}"
            sql = (
                f"select * from {table} where {column} is not null "
                f"and not exists (from {to} as target where target.{field} = {table}.{column})"
            )
        case _:
            raise ValueError(f"{table}.{column}: no test is called {kind}")
    return Check(f"{table}_{column}_{kind}", table, f"`{column}` {meaning}.", sql)


def _describe_table(name: str, description: str, columns: Collection[ModelColumn]) -> Iterator[str]:
    """Yield the Markdown lines on one table."""
    yield from (f"### `{name}`", "", description, "")
    if columns:
        yield from ("| column | meaning |", "|---|---|")
        yield from (f"| `{c.name}` | {c.description.replace('|', chr(92) + '|')} |" for c in columns)
        yield ""
