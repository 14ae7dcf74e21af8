"""SQL files of a few lines → what the loader makes of them."""

from pathlib import Path

import pytest

from pipelines.schemas import TABLES
from pipelines.sql_models import (
    Check,
    check_columns,
    check_contract,
    describe_warehouse,
    find_checks,
    find_lineage,
    load_models,
)

MODEL = """-- How many mentions has each article?
-- One row per article. Reads articles, mentions.
/*
config: {materialized: table}
columns:
  - {name: path, tests: [not_null]}
  - {name: mention_count, description: Mentions of the article.}
*/
with counted as (select article_id, count(*) as mention_count from mentions group by article_id)
select articles.path, counted.mention_count from articles inner join counted using (article_id)
"""


def write(folder: Path, **files: str) -> Path:
    (folder / "marts").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "marts" / f"{name}.sql").write_text(text)
    return folder


def test_a_file_opens_with_its_question_and_the_header_describes_its_columns(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, mention_counts=MODEL))["mention_counts"]
    assert model.question == "How many mentions has each article?"
    assert model.materialized == "table"
    assert [(c.name, c.tests) for c in model.columns] == [("path", ("not_null",)), ("mention_count", ())]


def test_it_depends_on_the_tables_it_reads_less_its_own_ctes(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, mention_counts=MODEL))["mention_counts"]
    assert model.depends_on == ("articles", "mentions")


def test_a_column_without_a_description_means_what_it_means_where_it_is_read(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, mention_counts=MODEL))["mention_counts"]
    assert model.columns[0].description == "File, relative to the landing folder."


def test_a_column_that_nothing_describes_stops_the_load(tmp_path: Path) -> None:
    bare = MODEL.replace(
        "{name: mention_count, description: Mentions of the article.}", "name: mention_count"
    )
    with pytest.raises(ValueError, match=r"mention_counts\.sql: say in the header .*mention_count"):
        load_models(write(tmp_path, mention_counts=bare))


def test_a_file_without_a_question_stops_the_load(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="begin with the question"):
        load_models(write(tmp_path, mention_counts="select 1"))


def test_a_macro_is_called_as_its_file(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="call it wrong"):
        load_models(write(tmp_path, wrong="-- What is right?\ncreate or replace macro right() as 1\n"))


def test_models_come_after_what_they_read_macros_included(tmp_path: Path) -> None:
    models = load_models(
        write(
            tmp_path,
            a="-- Which are said?\n/*\ncolumns: [{name: path}]\n*/\nselect path from b where z(path)\n",
            b="-- Which are there?\n/*\ncolumns: [{name: path}]\n*/\nselect path from articles\n",
            z="-- Is it said?\ncreate or replace macro z(printed) as printed = 'said'\n",
        )
    )
    assert list(models) == ["b", "z", "a"]
    assert models["a"].depends_on == ("b", "z")


@pytest.mark.parametrize(
    ("before", "after", "is_same"),
    [
        ("-- One row per article.", "-- One row for each article.", True),
        ("Mentions of the article.", "How often it names something.", True),
        ("select articles.path,", "SELECT   articles.path, -- as found\n", True),
        ("count(*)", "sum(1)", False),
        ("materialized: table", "materialized: view", False),
    ],
)
def test_the_code_version_changes_with_what_runs(
    tmp_path: Path, before: str, after: str, is_same: bool
) -> None:
    version = load_models(write(tmp_path, m=MODEL))["m"].code_version
    assert (
        load_models(write(tmp_path, m=MODEL.replace(before, after)))["m"].code_version == version
    ) is is_same


def test_lineage_leads_through_ctes_to_the_columns_of_tables(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, mention_counts=MODEL.replace("count(*)", "max(mention_end)")))
    schema = {
        "articles": {"article_id": "UUID", "path": "VARCHAR"},
        "mentions": {"article_id": "UUID", "mention_end": "INTEGER"},
    }
    assert find_lineage(model["mention_counts"], schema) == {
        "path": [("articles", "path")],
        "mention_count": [("mentions", "mention_end")],
    }


def test_the_parameter_of_a_macro_is_no_column(tmp_path: Path) -> None:
    macro = "-- Which?\n/*\ncolumns: [{name: path}]\n*/\ncreate or replace macro m(who) as table\n"
    model = load_models(write(tmp_path, m=macro + "select path from articles where title = who\n"))["m"]
    assert model.parameters == ("who",)
    assert find_lineage(model, {"articles": {"path": "VARCHAR", "title": "VARCHAR"}}) == {
        "path": [("articles", "path")]
    }


def test_tests_of_a_header_become_sql_that_returns_the_wrong_rows(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, mention_counts=MODEL))["mention_counts"]
    assert list(check_columns(model)) == [
        Check(
            "mention_counts_path_not_null",
            "mention_counts",
            "`path` has a value in every row.",
            "select * from mention_counts where path is null",
        )
    ]


def test_an_unknown_test_stops(tmp_path: Path) -> None:
    model = load_models(write(tmp_path, m=MODEL.replace("[not_null]", "[not_nul]")))["m"]
    with pytest.raises(ValueError, match=r"m\.path: no test is called not_nul"):
        list(check_columns(model))


def test_the_contract_promises_values_and_lists_those_allowed() -> None:
    names = [check.name for check in check_contract(TABLES["entities"])]
    assert names == ["entities_has_no_missing_value", "entities_entity_type_accepted_values"]


def test_every_file_says_what_it_reads() -> None:
    for model in load_models().values():
        if model.returns_rows:
            says = model.description.partition(" Reads ")[2].rstrip(".").split(", ")
            contract = model.name in TABLES  # described in schemas.py
            assert contract or says == list(model.depends_on), model.name


def test_checks_have_names_of_their_own() -> None:
    models = load_models()
    checks = find_checks(models)
    names = [check.name for check in checks]
    assert len(set(names)) == len(names)
    assert {check.table for check in checks} <= models.keys() | TABLES.keys()


def test_the_data_dictionary_names_every_question_table_and_column() -> None:
    text = describe_warehouse()
    assert "| Who relays whose words, how often? | `relays` |" in text
    assert "`what_was_said(who)`" in text
    assert "| `content_text` | The slices of `content`, joined by ' … '. |" in text
    assert "found_figures`" not in text
