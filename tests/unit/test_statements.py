"""Statements across articles: what is found does not depend on how the articles and names came."""

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.comparison import statements
from pipelines.comparison.statements import choose_pairs, group_statements
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, schema_of, sort_rows
from pipelines.language.embedding import Vectors

SAYINGS = {
    "A": "taxes will rise next year",
    "B": "taxes will fall next year",
    "C": "that the harvest failed in the north",
    "D": "the northern harvest was lost",
}
MEANINGS = {"A": (1, 0), "B": (0.95, 0.3), "C": (0, 1), "D": (0.2, 1)}
READS = {
    "stories": ["story_id", "article_id"],
    "found_attributions": [
        "attribution_id", "article_id", "parent_attribution_id", "content_text",
        "speaker_name", "speaker_type", "relayed_by_name", "relayed_by_type",
    ],
    "entity_names": ["name", "entity_type", "entity_id"],
    "entities": ["entity_id", "entity_type"],
}  # fmt: skip
Corpus = dict[str, tuple[str, str]]  # article → its story, and who says what in it: "marin:A ruiz:C"


def embed(texts: Sequence[str]) -> Vectors:
    """Return vectors that say what `MEANINGS` says."""
    axes = np.random.default_rng(1).normal(size=(2, 384))
    letters = {text: letter for letter, text in SAYINGS.items()}
    means = np.array([MEANINGS[letters[text]] for text in texts]).reshape(-1, 2) @ axes
    return np.rint(means * 127 / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.int8)


def put(lake: Lake, corpus: Corpus, aliases: dict[str, str]) -> None:
    """Put articles into the lake as the steps before would; `aliases` says which names are one person's."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in READS}
    names = {saying.split(":")[0] for _, sayings in corpus.values() for saying in sayings.split()}
    for name in sorted(names):
        person = make_id(aliases.get(name, name))
        rows["entity_names"].append({"name": name, "entity_type": "person", "entity_id": person})
        rows["entities"].append({"entity_id": person, "entity_type": "person"})
    for path, (story, sayings) in corpus.items():
        article = {"article_id": make_id(path)}
        rows["stories"].append(article | {"story_id": make_id(story)})
        for saying in sayings.split():
            name, letter = saying.split(":")
            attribution = article | {"attribution_id": make_id(path, saying)}
            said = {"parent_attribution_id": None, "content_text": SAYINGS[letter]}
            voice = {"speaker_name": name, "speaker_type": "person"}
            nobody = {"relayed_by_name": None, "relayed_by_type": None}
            rows["found_attributions"].append(attribution | said | voice | nobody)
    rows["entities"] = list({row["entity_id"]: row for row in rows["entities"]}.values())
    for table, columns in READS.items():
        schema = pa.schema([schema_of(table).field(column) for column in columns])
        file = lake.write(table, "default", "0", sort_rows(pa.Table.from_pylist(rows[table], schema)))
        lake.commit(Commit(statements.READS[table], "default", table, "1", [], {table: [file]}))


def compare(lake: Lake, corpus: Corpus, aliases: dict[str, str] | None = None) -> str:
    """Bring the lake up to date; return what the log says."""
    said: list[str] = []
    put(lake, corpus, aliases or {})
    group_statements(lake, said.append, embed)
    return " ".join(said)


def find_files(lake: Lake) -> list[str]:
    """Return the names of the files, which are digests of their rows."""
    return [file for table in statements.WRITES for file in lake.find_files(table, statements.STATEMENTS)]


def compare_anew(corpus: Corpus, aliases: dict[str, str] | None = None) -> list[str]:
    with TemporaryDirectory() as folder:
        compare(Lake(Path(folder)), corpus, aliases)
        return find_files(Lake(Path(folder)))


def read(lake: Lake, table: str) -> list[dict[str, object]]:
    return lake.read(lake.find_files(table, statements.STATEMENTS), table).to_pylist()


@pytest.fixture
def lake(tmp_path) -> Lake:
    return Lake(tmp_path)


def test_a_statement_has_a_row_for_each_attribution_and_one_for_each_difference(lake: Lake) -> None:
    compare(lake, {"a": ("1", "marin:A ruiz:C"), "b": ("1", "marin:B ruiz:C"), "c": ("2", "marin:A")})
    groups = read(lake, "statement_groups")
    assert len({row["statement_group_id"] for row in groups}) == 2
    assert {row["attribution_id"] for row in groups} == {
        make_id(path, saying)
        for path, saying in (("a", "marin:A"), ("b", "marin:B"), ("a", "ruiz:C"), ("b", "ruiz:C"))
    }
    assert sorted(row["similarity"] for row in groups)[2:] == [1.0, 1.0]
    [difference] = read(lake, "statement_differences")
    ids = {make_id("a", "marin:A"), make_id("b", "marin:B")}
    assert {difference["attribution_id"], difference["other_attribution_id"]} == ids
    assert difference["contradiction"] in ("rise / fall", "fall / rise")


def test_only_a_story_that_changed_is_compared_again(lake: Lake) -> None:
    corpus = {path: (story, "marin:A ruiz:C") for path, story in zip("abcd", "1122", strict=True)}
    assert "2 of 2 stories" in compare(lake, corpus)
    assert compare(lake, corpus) == ""
    assert "1 of 2 stories" in compare(lake, corpus | {"e": ("2", "ruiz:D")})
    assert "0 of 1 stories" in compare(lake, {path: corpus[path] for path in "abc"})
    assert len(read(lake, "statement_groups")) == 4


def test_what_a_killed_run_had_saved_is_not_compared_again(lake: Lake, monkeypatch) -> None:
    corpus = {path: (story, "marin:A ruiz:C") for path, story in zip("abcd", "1122", strict=True)}
    monkeypatch.setattr(statements, "CHECKPOINT_SECONDS", 0)
    answers = [embed]

    def be_killed_at_the_second_story(texts: Sequence[str]) -> Vectors:
        if not answers:
            raise KeyboardInterrupt
        return answers.pop()(texts)

    put(lake, corpus, {})
    with pytest.raises(KeyboardInterrupt):
        group_statements(lake, lambda _: None, be_killed_at_the_second_story)
    assert "1 of 2 stories" in compare(lake, corpus)
    assert find_files(lake) == compare_anew(corpus)


def test_a_name_that_means_another_person_counts_where_it_stands(lake: Lake) -> None:
    corpus = {"a": ("1", "marin:C"), "b": ("1", "premier:D"), "c": ("2", "ruiz:A"), "d": ("2", "ruiz:B")}
    compare(lake, corpus)
    assert len(read(lake, "statement_groups")) == 2
    assert "1 of 2 stories" in compare(lake, corpus, {"premier": "marin"})
    assert len(read(lake, "statement_groups")) == 4


CORPORA = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(
        st.sampled_from("12"),
        st.sets(
            st.sampled_from([f"{name}:{letter}" for name in ("marin", "ruiz") for letter in SAYINGS])
        ).map(lambda sayings: " ".join(sorted(sayings))),
    ),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(CORPORA, min_size=1, max_size=3), st.sampled_from([{}, {"ruiz": "marin"}]))
def test_any_order_of_arrival_gives_the_same_tables(arrivals: list[Corpus], aliases: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        for corpus in accumulate(arrivals, lambda earlier, new: earlier | new):
            compare(Lake(Path(folder)), corpus)
        compare(Lake(Path(folder)), corpus, aliases)
        shuffled = dict(sorted(corpus.items(), reverse=True))
        assert find_files(Lake(Path(folder))) == compare_anew(shuffled, aliases)


def test_many_wordings_are_compared_with_the_one_in_their_middle() -> None:
    few, many = np.ones((3, 3)), np.full((50, 50), 0.5)
    many[7], many[:, 7] = 0.9, 0.9
    assert choose_pairs(few) == [(0, 1), (0, 2), (1, 2)]
    assert choose_pairs(many) == [(7, number) for number in range(50) if number != 7]
