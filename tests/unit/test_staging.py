"""A refresh opens only files that changed, and every record of the landing folder is in the lake once."""

import gzip
import json
import os
import random
import time

import pytest

from pipelines import staging
from pipelines.lake import Lake
from pipelines.shards import STAGING, Counts
from pipelines.staging import stage_landing


@pytest.fixture
def landing(tmp_path):
    folder = tmp_path / "landing"
    folder.mkdir()
    return folder


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


def put(landing, path, text):
    """Write a file as if it had lain there for an hour."""
    file = landing / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    an_hour_ago = time.time() - 3600 + len(text)
    os.utime(file, (an_hour_ago, an_hour_ago))


def records(lake):
    files = [file for commit in lake.commits(STAGING) for file in commit.files["records"]]
    return {(row["path"], row["record"]): row for row in lake.read(files, "records").to_pylist()}


def stage(landing, lake):
    counts, _ = stage_landing(landing, lake, lambda _: None)
    return counts


def test_each_file_is_a_record_with_its_raw_bytes(landing, lake):
    put(landing, "a.txt", "The mayor resigned.")
    put(landing, "june/b c.html", "<p>The bridge is closed.</p>")
    assert stage(landing, lake) == Counts(extracted=2)
    found = records(lake)
    assert found["a.txt", None]["raw"] == b"The mayor resigned."
    assert found["a.txt", None]["batch"] == "default"
    assert found["june/b c.html", None]["batch"] == "june"


def test_a_file_with_the_same_size_and_time_is_not_opened(landing, lake, monkeypatch):
    put(landing, "a.txt", "The mayor resigned.")
    stage(landing, lake)
    monkeypatch.setattr(staging, "digest_file", lambda location: pytest.fail(f"{location} was opened"))
    assert stage(landing, lake) == Counts(reused=1)


def test_a_file_touched_but_not_changed_is_not_read_again(landing, lake, monkeypatch):
    put(landing, "a.txt", "The mayor resigned.")
    stage(landing, lake)
    os.utime(landing / "a.txt")
    monkeypatch.setattr(staging, "read_records", lambda *_: pytest.fail("it was read again"))
    assert stage(landing, lake) == Counts(reused=1)


def test_a_file_changed_within_a_tick_of_its_clock_is_seen(landing, lake):
    file = landing / "a.txt"
    file.write_text("Turnout: 41%.")
    status = file.stat()
    stage(landing, lake)
    file.write_text("Turnout: 47%.")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))  # the clock did not move on
    assert stage(landing, lake) == Counts(extracted=1)
    assert records(lake)["a.txt", None]["raw"] == b"Turnout: 47%."


def test_a_line_added_to_a_file_of_many_leaves_the_others_their_ids(landing, lake):
    lines = [json.dumps({"id": f"n{i}", "text": f"Storm {i} passed."}) for i in range(3)]
    put(landing, "feed.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    stage(landing, lake)
    before = {key: row["article_id"] for key, row in records(lake).items()}
    assert len(before) == 3
    lines.insert(0, json.dumps({"id": "n9", "text": "Storm 9 came."}))
    put(landing, "feed.jsonl.gz", gzip.compress("\n".join(lines).encode()))
    stage(landing, lake)
    after = {key: row["article_id"] for key, row in records(lake).items()}
    assert len(after) == 4
    assert before.items() <= after.items()


def test_the_sidecar_speaks_for_files_that_did_not_change(landing, lake):
    put(landing, "a.txt", "The mayor resigned.")
    put(landing, "b.txt", "The bridge is closed.")
    stage(landing, lake)
    put(landing, "publishers.csv", "path,publisher\na.txt,The Daily Post\n")
    assert stage(landing, lake) == Counts(extracted=1, reused=1)
    assert records(lake)["a.txt", None]["publisher"] == "The Daily Post"


def test_an_empty_folder_is_not_taken_for_the_deletion_of_everything(landing, lake):
    put(landing, "a.txt", "The mayor resigned.")
    stage(landing, lake)
    (landing / "a.txt").unlink()
    with pytest.raises(FileNotFoundError, match="Is its disk mounted"):
        stage(landing, lake)
    assert len(records(lake)) == 1


def test_a_batch_that_is_gone_is_counted(landing, lake):
    put(landing, "may/a.txt", "The mayor resigned.")
    put(landing, "june/b.txt", "The bridge is closed.")
    stage(landing, lake)
    (landing / "may" / "a.txt").unlink()
    assert stage(landing, lake) == Counts(reused=1, removed=1)
    assert list(records(lake)) == [("june/b.txt", None)]


@pytest.mark.parametrize("spool_bytes", [1, 256 << 20])
def test_any_history_of_a_folder_ends_in_the_same_files(landing, lake, tmp_path, monkeypatch, spool_bytes):
    monkeypatch.setattr(staging, "SPOOL_BYTES", spool_bytes)
    monkeypatch.setattr("pipelines.shards.SHARD_ARTICLES", 4)
    chance = random.Random(3)
    paths = [f"{i}.txt" for i in range(12)] + ["feed.jsonl"]
    for _ in range(8):
        for path in chance.sample(paths, k=5):
            text = f"Turnout was {chance.randrange(100)} percent."
            put(landing, path, json.dumps({"text": text}) if path.endswith("jsonl") else text)
        for path in chance.sample(paths, k=3):
            (landing / path).unlink(missing_ok=True)
        put(landing, "last.txt", "The polls closed.")
        stage(landing, lake)
        lake.collect_garbage()
    anew = Lake(tmp_path / "anew")
    stage(landing, anew)
    anew.collect_garbage()
    names = [sorted(p.relative_to(lake.folder) for p in lake.folder.glob("**/*.*")) for lake in (lake, anew)]
    assert names[0] == names[1]
