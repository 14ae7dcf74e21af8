"""Articles that share running text: what is found does not depend on how the articles came."""

from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.comparison import reuse
from pipelines.comparison.reuse import find_reuse
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, schema_of, sort_rows
from pipelines.text.shingles import digest_sentences, find_bands, read_wording

LINES = [
    "The city council voted on Tuesday to close the old harbour market after two centuries on the quay.",
    "Traders who had camped outside the hall since Sunday night wept when the result was read out.",
    "The market opened in 1807 and once had four hundred stalls, of which eleven were let in the spring.",
    "A developer from the north wants to build flats and a hotel with a terrace where the hall stands now.",
    "Sheep farmers in the western valleys counted their losses after three nights of frost in late April.",
    "The last spring that was as cold as this one was in 1963, when the reservoir froze.",
    "The campaign did not respond to a request for comment.",
    "“We were heard tonight, and nobody will take this from us unless we let them,” the traders said.",
]
FIRST_DAY = date(2026, 1, 1)
DAYS = [None, 0, 20, 40]  # after the first: neighbours are within a month of each other
READS = {
    "articles": ["article_id", "text"],
    "passages": ["article_id", "passage_number", "passage_start", "passage_end", "passage_type"],
    "article_signatures": ["article_id", "published_on", "bands", "sentence_digests"],
    "sign_state": ["article_id", "fingerprint"],
}
Corpus = dict[str, tuple[str, int | None]]  # path → places of its lines in `LINES`, its day


def put(lake: Lake, corpus: Corpus) -> None:
    """Put articles into the lake as the steps before would."""
    rows: dict[str, list[dict[str, object]]] = {table: [] for table in READS}
    for path, (places, day) in corpus.items():
        lines = [LINES[int(place)] + "\n" for place in places]
        ends = list(accumulate(map(len, lines)))
        spans = list(zip([0, *ends], ends, strict=False))
        wording = read_wording("".join(lines), spans)
        id_ = {"article_id": make_id(path)}
        rows["articles"].append(id_ | {"text": "".join(lines)})
        rows["passages"] += [
            id_ | {"passage_number": n, "passage_start": a, "passage_end": b, "passage_type": "body"}
            for n, (a, b) in enumerate(spans)
        ]
        signature = {
            "published_on": None if day is None else FIRST_DAY + timedelta(day),
            "bands": find_bands(wording),
            "sentence_digests": digest_sentences(wording, spans),
        }
        rows["article_signatures"].append(id_ | signature)
        rows["sign_state"].append(id_ | {"fingerprint": f"{places} {day}"})
    for table, columns in READS.items():
        schema = pa.schema([schema_of(table).field(column) for column in columns])
        file = lake.write(table, "default", "0", sort_rows(pa.Table.from_pylist(rows[table], schema)))
        lake.commit(Commit(reuse.READS[table], "default", table, "1", [], {table: [file]}))


def compare(lake: Lake, corpus: Corpus) -> None:
    put(lake, corpus)
    find_reuse(lake, lambda _: None)


def compare_anew(corpus: Corpus) -> list[str]:
    """Return the names of the files, which are digests of their rows, of a comparison from scratch."""
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        compare(lake, corpus)
        return found(lake)


def found(lake: Lake) -> list[str]:
    return lake.find_files("text_reuse", "reuse") + lake.find_files("reuse_state", "reuse")


def pairs(lake: Lake, corpus: Corpus) -> dict[tuple[str, str], str]:
    paths = {make_id(path): path for path in corpus}
    rows = lake.read(lake.find_files("text_reuse", "reuse"), "text_reuse").to_pylist()
    return {
        tuple(sorted([paths[row["article_id"]], paths[row["other_article_id"]]])): row["reuse_type"]
        for row in rows
    }


def test_pairs_are_found_and_told_apart(tmp_path):
    lake = Lake(tmp_path)
    corpus = {"whole": ("0123", 0), "again": ("0123", 0), "copied": ("450", 0), "more": ("01425", 0)}
    compare(lake, corpus | {"notice": ("6", 0), "speech": ("57", 0), "heard": ("47", 0), "empty": ("", 0)})
    assert pairs(lake, corpus) == {
        ("again", "whole"): "duplicate",
        ("again", "more"): "partial",
        ("more", "whole"): "partial",
        ("copied", "more"): "partial",
    }


def test_articles_of_different_months_are_not_compared_unless_a_date_is_unknown(tmp_path):
    corpus = {"may": ("01", 0), "june": ("01", 30), "july": ("01", 61), "some day": ("01", None)}
    lake = Lake(tmp_path)
    compare(lake, corpus)
    assert {*pairs(lake, corpus)} == {
        ("june", "may"), ("june", "some day"), ("july", "some day"), ("may", "some day"),
    }  # fmt: skip


def test_what_too_many_articles_share_makes_no_pair_and_does_again_when_they_are_fewer(tmp_path, monkeypatch):
    monkeypatch.setattr(reuse, "CROWDED_SENTENCE", 2)
    monkeypatch.setattr(reuse, "CROWDED_BAND", 0)
    lake = Lake(tmp_path)
    corpus = {"one": ("014", 0), "other": ("015", 0)}
    compare(lake, corpus)
    assert pairs(lake, corpus) == {("one", "other"): "partial"}
    crowd = corpus | {"third": ("01", 0)}
    compare(lake, crowd)
    assert pairs(lake, crowd) == {}
    compare(lake, corpus)
    assert pairs(lake, corpus) == {("one", "other"): "partial"}


def test_only_pairs_with_a_changed_article_are_compared_again(tmp_path, monkeypatch):
    lake, compared = Lake(tmp_path), []
    monkeypatch.setattr(
        reuse, "read_wording", lambda text, spans: compared.append(text) or read_wording(text, spans)
    )
    corpus = {"one": ("012", 0), "other": ("0123", 0), "far": ("45", 0), "farther": ("456", 0)}
    compare(lake, corpus)
    assert len(compared) == 4
    compared.clear()
    compare(lake, corpus | {"new": ("4567", 0)})
    assert len(compared) == 3
    compared.clear()
    compare(lake, corpus | {"new": ("4567", 0)})
    assert compared == []


def test_a_lake_without_articles_has_no_pairs(tmp_path):
    find_reuse(Lake(tmp_path), lambda _: None)
    assert pairs(Lake(tmp_path), {}) == {}


CORPORA = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(st.text("0123456", max_size=4), st.sampled_from(DAYS)), max_size=8
)


@pytest.mark.parametrize("most", [1_000, 2])
def test_any_history_of_changes_ends_in_the_rows_of_a_comparison_from_scratch(most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reuse, "CROWDED_SENTENCE", most)
        patch.setattr(reuse, "CROWDED_BAND", most)

        @settings(max_examples=6, deadline=None)
        @given(st.lists(CORPORA, min_size=2, max_size=3))
        def check(history):
            with TemporaryDirectory() as folder:
                lake = Lake(Path(folder))
                for corpus in history:
                    compare(lake, corpus)
                assert found(lake) == compare_anew(history[-1])

        check()


@settings(max_examples=3, deadline=None)
@given(CORPORA, st.randoms(use_true_random=False))
def test_articles_may_arrive_one_by_one_in_any_order(corpus, chance):
    paths = chance.sample(sorted(corpus), len(corpus))
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        for count in range(len(paths) + 1):
            compare(lake, {path: corpus[path] for path in paths[:count]})
        assert found(lake) == compare_anew(corpus)
