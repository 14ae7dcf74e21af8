"""A question as someone types it → the query that answers it, and how the answer reads."""

from pathlib import Path

import duckdb
import pytest

from pipelines.ask import QuestionError, find_question, format_records, format_table, main, make_query
from pipelines.sql_models import list_marts, load_models

MODELS = load_models()
RELAYS = MODELS["relays"]
SAID = MODELS["what_was_said"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A published file that holds the mart `relays` and nothing else."""
    with duckdb.connect(tmp_path / "news.duckdb") as connection:
        connection.execute("""
            create table relays as select * from (values ('Yuri Ushakov', 'Vladimir Putin', 7, 3, 3, 1),
                ('Jen Psaki', 'Joe Biden', 6, 3, 2, 1)) as rows(relayed_by, speaker, attribution_count,
                article_count, text_count, publisher_count)
        """)
    return tmp_path


def test_each_of_the_twenty_questions_has_one_mart() -> None:
    assert [mart.number for mart in list_marts(MODELS)][:20] == list(range(1, 21))
    assert all(mart.number is None for mart in list_marts(MODELS)[20:])


@pytest.mark.parametrize("mart", list_marts(MODELS), ids=lambda mart: mart.name)
def test_every_mart_opens_with_a_question_and_has_an_example_that_asks_it(mart) -> None:
    assert mart.question.endswith("?")
    assert f"from {mart.name}" in mart.example


@pytest.mark.parametrize(
    ("asked", "name", "parameters"),
    [
        ("14", "relays", []),
        ("relays", "relays", []),
        ("what_was_told('Biden', 'Putin')", "what_was_told", ["Biden", "Putin"]),
        (" uses_of('don''t, (please)') ", "uses_of", ["don't, (please)"]),
    ],
)
def test_a_question_is_asked_by_number_name_or_call(asked: str, name: str, parameters: list[str]) -> None:
    mart, found = find_question(asked, MODELS)
    assert (mart.name, found) == (name, parameters)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("21", "no question is called '21'; these are:"),
        ("relay", "no question is called 'relay'"),
        ("uses_of(colossal)", r"a parameter of uses_of\(expression\) is a text in '…'"),
        ("uses_of('colossal", r"write it as uses_of\(expression\)"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_can(asked: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        find_question(asked, MODELS)


def test_parameters_take_the_place_of_those_in_the_example() -> None:
    assert "FROM WHAT_WAS_SAID('Jen Psaki') " in make_query(SAID, ["Jen Psaki"])
    assert "WHAT_WAS_SAID('O''Neil')" in make_query(SAID, ["O'Neil"])


def test_too_few_parameters_are_told_with_an_example() -> None:
    with pytest.raises(QuestionError, match=r"what_was_told\(who, whom\) takes 2 parameters, here are 1"):
        make_query(MODELS["what_was_told"], ["Biden"])


def test_a_condition_narrows_and_rows_limit() -> None:
    query = make_query(RELAYS, where="speaker = 'Joe Biden'", rows=5)
    assert query.endswith("LIMIT 5")
    assert "WHERE speaker = 'Joe Biden' ORDER BY" in query


def test_a_condition_that_is_none_is_told() -> None:
    with pytest.raises(QuestionError, match="--where takes a condition such as"):
        make_query(RELAYS, where="speaker =")


def test_the_answer_is_a_table(
    warehouse: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["14", "--warehouse", str(warehouse), "--rows", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "14. Who relays whose words, how often?",
        "",
        "relayed by    speaker         attribution count  article count  text count  publisher count",
        "────────────  ──────────────  ─────────────────  ─────────────  ──────────  ───────────────",
        "Yuri Ushakov  Vladimir Putin  7                  3              3           1",
        "",
        "The first 1 rows; more: --rows 10",
    ]


def test_all_columns_stand_one_below_the_other(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relays", "--all", "--where", "speaker = 'Joe Biden'", "--warehouse", str(warehouse)]) == 0
    assert "speaker            Joe Biden\nattribution_count  6\n" in capsys.readouterr().out


def test_without_a_question_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    out = capsys.readouterr().out
    assert "14  Who relays whose words, how often?" in out
    assert "what_was_told(who, whom)" in out


def test_without_a_published_file_the_way_to_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["14", "--warehouse", str(tmp_path)]) == 1
    assert "make warehouse" in capsys.readouterr().err


def test_a_column_that_is_not_there_is_told(warehouse: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["14", "--where", "speker = 'Joe Biden'", "--warehouse", str(warehouse)]) == 1
    assert "speker" in capsys.readouterr().err


def test_a_table_fits_the_terminal_and_long_texts_go_on_below() -> None:
    table = format_table(["who", "content_text"], [("Rossi", "the bridge will open " * 3), ("Lee", None)], 30)
    assert table.splitlines() == [
        "who    content text",
        "─────  ───────────────────────",
        "Rossi  the bridge will open",
        "       the bridge will open",
        "       the bridge will open",
        "",
        "Lee",
    ]
    assert max(map(len, table.splitlines())) <= 30


def test_a_text_beyond_measure_is_cut() -> None:
    lines = format_table(["text"], [("word " * 1000,)], 20).splitlines()
    assert len(lines) == 10
    assert lines[-1].endswith("…")


def test_values_read_as_a_writer_writes_them() -> None:
    row = (70000.0, 0.16666, 1234.56, 3, True, None, ["The Day", "Evening Post"], "two\nlines")
    assert format_records([str(n) for n in range(len(row))], [row], 80).splitlines() == [
        "0  70,000",
        "1  0.1667",
        "2  1,234.6",
        "3  3",
        "4  yes",
        "5",
        "6  The Day, Evening Post",
        "7  two lines",
    ]
