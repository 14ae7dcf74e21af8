"""A step reads only what changed, and what it leaves in the lake does not depend on how it got there."""

import random
from dataclasses import replace
from hashlib import sha256

import pyarrow as pa
import pytest

from pipelines import shards
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table
from pipelines.schemas import TABLES, column
from pipelines.shards import Counts, Step, count_shards, find_shards, overlap, run_step, shard_name, shard_of

WORDS = ["one", "two", "three", "four", "five", "six", "seven"]


def put_records(lake: Lake, texts: dict[str, str], shard_count: int = 1, batch: str = "default") -> None:
    """Stage `texts`, path → text, as the step before would."""
    rows = [
        {
            "article_id": make_id(path), "batch": batch, "path": path, "record": None,
            "content_sha256": sha256(text.encode()).digest(), "media_type": "text/plain", "text_field": None,
            "raw": text.encode(), "title": None, "publisher": None, "url": None, "byline": None,
            "published_on": None, "given_basis": None, "reason": None, "detail": None,
        }
        for path, text in texts.items()
    ]  # fmt: skip
    files = []
    for number in range(shard_count):
        mine = [row for row in rows if shard_of(row["article_id"], shard_count) == number]
        table = make_table("records", sorted(mine, key=lambda row: row["article_id"]))
        files.append(lake.write("records", batch, shard_name(number, shard_count), table))
    lake.commit(Commit("stage", batch, "", "1", [], {"landing_files": [], "records": files}))


class Splitter:
    """A step that makes a passage of each word, and counts the articles that it was given."""

    def __init__(self) -> None:
        self.read: list[bytes] = []

    def step(self, version: str = "1") -> Step:
        columns = ["article_id", "raw", "content_sha256"]
        return Step("split", {"records": columns}, ("passages",), version, self.run, ("stage",))

    def run(self, tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
        rows = []
        for record in tables["records"].to_pylist():
            self.read.append(record["article_id"])
            for number, word in enumerate(record["raw"].decode().split()):
                rows.append({"article_id": record["article_id"], "passage_number": number, "passage_start": 0,
                             "passage_end": len(word), "passage_type": word})  # fmt: skip
        return {"passages": make_table("passages", rows)}


def passages(lake: Lake) -> list[dict[str, object]]:
    files = [file for commit in lake.commits("split") for file in commit.files["passages"]]
    rows = lake.read(files, "passages").to_pylist()
    return sorted(rows, key=lambda row: (row["article_id"], row["passage_number"]))


def ignore(_: str) -> None:
    """Drop a progress line."""


def test_an_unchanged_shard_is_not_read_and_not_written(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {"a": "one two", "b": "three"})
    assert run_step(lake, splitter.step(), ignore) == Counts(extracted=2)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("passages/**/*.parquet")}
    assert run_step(lake, splitter.step(), ignore) == Counts(reused=2)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("passages/**/*.parquet")} == before
    assert len(splitter.read) == 2


def test_only_the_changed_the_new_and_the_deleted_article_count(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {"same": "one", "changed": "two", "deleted": "three"})
    run_step(lake, splitter.step(), ignore)
    splitter.read.clear()
    put_records(lake, {"same": "one", "changed": "two four", "new": "five"})
    assert run_step(lake, splitter.step(), ignore) == Counts(extracted=2, reused=1, removed=1)
    assert set(splitter.read) == {make_id("changed"), make_id("new")}
    assert sorted(row["passage_type"] for row in passages(lake)) == ["five", "four", "one", "two"]


def test_another_version_of_the_step_reads_everything_again(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {"a": "one", "b": "two"})
    run_step(lake, splitter.step("1"), ignore)
    assert run_step(lake, splitter.step("2"), ignore) == Counts(extracted=2)


def test_rows_of_another_version_and_schema_are_replaced_unread(tmp_path, monkeypatch):
    lake, table = Lake(tmp_path), TABLES["passages"]
    put_records(lake, {"a": "one"})
    run_step(lake, Splitter().step("1"), ignore)
    wider = replace(table, columns=(*table.columns, column("is_read", pa.bool_(), "Whether it is read.")))
    monkeypatch.setitem(TABLES, "passages", wider)
    row = {"article_id": make_id("a"), "passage_number": 0, "passage_start": 0, "passage_end": 3,
           "passage_type": "body", "is_read": True}  # fmt: skip
    step = replace(Splitter().step("2"), run=lambda tables: {"passages": make_table("passages", [row])})
    assert run_step(lake, step, ignore) == Counts(extracted=1)
    assert passages(lake) == [row]


def test_a_column_that_the_step_does_not_read_changes_nothing(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {"a": "one"})
    run_step(lake, splitter.step(), ignore)
    [commit] = lake.commits("stage")
    [file] = commit.files["records"]
    titled = lake.read([file], "records").to_pylist()[0] | {"title": "Taxes fall"}
    lake.commit(replace(commit, files={"landing_files": [], "records": [
        lake.write("records", "default", "0000-of-0001", make_table("records", [titled]))]}))  # fmt: skip
    assert run_step(lake, splitter.step(), ignore) == Counts(reused=1)


def test_a_batch_that_grows_into_more_shards_keeps_its_rows(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    texts = {f"{i}.txt": random.Random(i).choice(WORDS) for i in range(40)}
    put_records(lake, texts, shard_count=1)
    run_step(lake, splitter.step(), ignore)
    before = passages(lake)
    put_records(lake, texts | {"new": "one"}, shard_count=4)
    assert run_step(lake, splitter.step(), ignore) == Counts(extracted=1, reused=40)
    assert [row for row in passages(lake) if row["article_id"] != make_id("new")] == before
    put_records(lake, texts, shard_count=2)
    assert run_step(lake, splitter.step(), ignore) == Counts(reused=40, removed=1)
    assert passages(lake) == before


def test_a_batch_that_is_gone_takes_its_rows_with_it(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {"a": "one"}, batch="may")
    put_records(lake, {"b": "two"}, batch="june")
    run_step(lake, splitter.step(), ignore)
    [may] = [commit for commit in lake.commits("stage") if commit.batch == "may"]
    lake.drop(may)
    assert run_step(lake, splitter.step(), ignore) == Counts(reused=1, removed=1)
    assert [row["passage_type"] for row in passages(lake)] == ["two"]


def test_a_killed_run_is_taken_up_where_it_last_saved(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "CHUNK_ARTICLES", 2)
    monkeypatch.setattr(shards, "CHECKPOINT_SECONDS", 0.0)
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {word: word for word in WORDS})

    def run_until_killed(tables):
        if len(splitter.read) >= 4:
            raise KeyboardInterrupt
        return splitter.run(tables)

    with pytest.raises(KeyboardInterrupt):
        run_step(lake, replace(splitter.step(), run=run_until_killed), ignore)
    assert run_step(lake, splitter.step(), ignore) == Counts(extracted=3, reused=4)
    assert len(splitter.read) == len(set(splitter.read)) == 7
    assert sorted(row["passage_type"] for row in passages(lake)) == sorted(WORDS)


def test_any_history_of_changes_ends_in_the_files_of_a_build_from_scratch(tmp_path):
    chance = random.Random(7)
    lake, texts = Lake(tmp_path / "grown"), {}
    for _ in range(12):
        for _ in range(chance.randrange(8)):
            texts[f"{chance.randrange(15)}.txt"] = " ".join(chance.choices(WORDS, k=chance.randrange(5)))
        for path in chance.sample(sorted(texts), k=len(texts) // 4):
            del texts[path]
        shard_count = chance.choice([1, 2, 4])
        put_records(lake, texts, shard_count)
        run_step(lake, Splitter().step(), ignore)
        lake.collect_garbage()
    anew = Lake(tmp_path / "anew")
    put_records(anew, texts, shard_count)
    run_step(anew, Splitter().step(), ignore)
    names = [sorted(p.relative_to(lake.folder) for p in lake.folder.glob("**/*.*")) for lake in (lake, anew)]
    assert names[0] == names[1]


def test_shards_share_articles_exactly_where_their_slices_meet():
    assert overlap("0000-of-0001", "0003-of-0004")
    assert overlap("0001-of-0002", "0002-of-0004")
    assert not overlap("0001-of-0002", "0001-of-0004")
    assert [count_shards(n) for n in (0, 1, 10_000, 10_001, 20_001, 1_000_000)] == [1, 1, 1, 2, 4, 128]


def test_staging_commits_a_batch_and_the_next_step_sees_its_shards(tmp_path):
    lake = Lake(tmp_path)
    put_records(lake, {word: word for word in WORDS}, shard_count=2)
    assert [shard.shard for shard in find_shards(lake, "stage")] == ["0000-of-0002", "0001-of-0002"]


def test_a_step_that_rests_on_two_waits_for_both_and_reads_what_both_made(tmp_path):
    lake, splitter = Lake(tmp_path), Splitter()
    put_records(lake, {word: word for word in WORDS}, shard_count=2)
    assert find_shards(lake, "stage", "split") == []
    run_step(lake, splitter.step(), ignore)
    both = find_shards(lake, "stage", "split")
    assert [(shard.shard, [*shard.files]) for shard in both] == [
        (shard_name(number, 2), ["records", "passages", "split_state"]) for number in range(2)
    ]
    lake.drop(lake.commits("split")[0])
    assert [shard.shard for shard in find_shards(lake, "split", "stage")] == [shard_name(1, 2)]
