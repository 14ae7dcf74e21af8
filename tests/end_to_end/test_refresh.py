"""A refresh reads what changed, publishes all or nothing, and ends where a build from scratch would."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from hashlib import sha256

import dagster as dg
import duckdb
import pytest

from pipelines.assets.paths import PROJECT, Paths
from pipelines.definitions import defs

from .conftest import SEEDS, fetch, fetch_contract, refresh

pytestmark = pytest.mark.end_to_end
COUNTS = "select articles, extracted, reused, removed, rejected from _meta"


def test_the_seed_articles_are_all_there(seed_warehouse):
    assert fetch(seed_warehouse, COUNTS) == [(5, 5, 0, 0, 0)]
    for path, digest, text in fetch(seed_warehouse, "select path, content_sha256, text from articles"):
        raw = (SEEDS / path).read_bytes()
        assert digest == sha256(raw).digest()
        assert text == raw.decode()


def test_a_refresh_with_nothing_changed_extracts_nothing(seed_warehouse, landing, tmp_path):
    refresh(landing, tmp_path / "warehouse")
    before = fetch_contract(tmp_path / "warehouse")
    refresh(landing, tmp_path / "warehouse")
    assert fetch(tmp_path / "warehouse", COUNTS) == [(5, 0, 5, 0, 0)]
    assert fetch_contract(tmp_path / "warehouse") == before == fetch_contract(seed_warehouse)


def test_changes_touch_their_own_articles_and_end_like_a_build_from_scratch(landing, tmp_path):
    refresh(landing, tmp_path / "grown")
    first, second = sorted(landing.glob("*.txt"))[:2]
    first.write_text(first.read_text() + "\n\nMaria Lopez said on Friday that 12 bridges were closed.\n")
    second.unlink()
    (landing / "new.txt").write_text("The mayor, Ann Lee, said the city would hire 40 nurses next year.\n")
    refresh(landing, tmp_path / "grown")
    assert fetch(tmp_path / "grown", COUNTS) == [(5, 2, 3, 1, 0)]
    refresh(landing, tmp_path / "anew")
    assert fetch_contract(tmp_path / "grown") == fetch_contract(tmp_path / "anew")


def test_a_bad_article_never_costs_a_good_one(landing, tmp_path):
    (landing / "empty.txt").write_text("")
    (landing / "german.txt").write_text(
        "Die Regierung hat am Donnerstag beschlossen, die Steuern zu senken. " * 8
    )
    refresh(landing, tmp_path / "warehouse")
    rows = fetch(tmp_path / "warehouse", "select path, reason from rejected_articles order by path")
    assert rows == [("empty.txt", "empty"), ("german.txt", "not_english")]
    assert fetch(tmp_path / "warehouse", COUNTS) == [(5, 5, 0, 0, 2)]


def test_an_analyst_who_holds_the_file_open_keeps_the_old_version(landing, tmp_path):
    warehouse = tmp_path / "warehouse"
    refresh(landing, warehouse)
    with duckdb.connect(str(warehouse / "news.duckdb"), read_only=True) as analyst:
        (landing / "new.txt").write_text(
            "The mayor, Ann Lee, said the city would hire 40 nurses next year.\n"
        )
        refresh(landing, warehouse)
        assert analyst.execute("select count(*) from articles").fetchall() == [(5,)]
    assert fetch(warehouse, "select count(*) from articles") == [(6,)]


def test_one_mart_can_be_built_alone(landing, tmp_path):
    warehouse = tmp_path / "warehouse"
    refresh(landing, warehouse)
    version = (warehouse / "news.duckdb").resolve()
    result = dg.materialize(
        [asset for asset in defs.assets if isinstance(asset, dg.AssetsDefinition)],
        selection=["relays"],
        resources={"paths": Paths(landing_folder=str(landing), warehouse_folder=str(warehouse))},
    )
    assert result.success
    assert (warehouse / "news.duckdb").resolve() != version
    assert fetch(warehouse, COUNTS) == [(5, 5, 0, 0, 0)]


def test_a_hostile_folder_ends_in_articles_and_reasons(tmp_path):
    landing = tmp_path / "landing"
    article = "The mayor, Ann Lee, said the city would hire 40 nurses next year.\n"
    line = json.dumps({"id": 1, "text": article})
    files = {
        "zero.txt": b"",
        "one_line.txt": b"word " * 1_000_000,
        "random.txt": random.Random(0).randbytes(5_000),
        "utf16.txt": article.encode("utf-16"),
        "bom.txt": article.encode("utf-8-sig"),
        "crlf.txt": article.replace("\n", "\r\n").encode(),
        "nul.txt": article.encode() + b"\0" * 40,
        "broken.jsonl.gz": gzip.compress(line.encode() * 500)[:60],
        "half.jsonl": f"{line}\n{line[:30]}\n".encode(),
        "bomb.html": b"<div>" * 100_000,
        'a "quoted" folder/it\'s here.txt': article.encode(),
        "photo.jpg": b"\xff\xd8\xff",
    }
    for path, content in files.items():
        file = landing / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (landing / "loop").symlink_to(landing)
    refresh(landing, tmp_path / "warehouse")
    accepted = {path for (path,) in fetch(tmp_path / "warehouse", "select path from articles")}
    rejected = dict(
        fetch(tmp_path / "warehouse", "select path, reason from rejected_articles where path <> 'half.jsonl'")
    )
    assert accepted == {"utf16.txt", "bom.txt", "crlf.txt", "half.jsonl", 'a "quoted" folder/it\'s here.txt'}
    assert rejected == {
        "zero.txt": "empty", "one_line.txt": "too_long", "random.txt": "binary", "nul.txt": "binary",
        "broken.jsonl.gz": "unreadable_file", "bomb.html": "unreadable_markup",
        "photo.jpg": "unsupported_type", "loop": "unreadable_file",
    }  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_killed_refresh_leaves_nothing_behind(landing, tmp_path, seed):
    """What was published stays, and the next refresh ends as if the process had not been killed."""
    warehouse = tmp_path / "warehouse"
    refresh(landing, warehouse)
    for path in landing.glob("*.txt"):
        path.write_text(path.read_text() + "\n\nMaria Lopez said on Friday that 12 bridges were closed.\n")
    environment = os.environ | {
        "WHOSAID_LANDING": str(landing), "WHOSAID_WAREHOUSE": str(warehouse),
        "DAGSTER_HOME": str(tmp_path),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines"], env=environment, cwd=PROJECT, stderr=subprocess.DEVNULL
    )
    time.sleep(random.Random(seed).uniform(4, 9))  # the first seconds go to imports
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert fetch(warehouse, "select count(*) from articles") == [(5,)]
    refresh(landing, warehouse)
    refresh(landing, tmp_path / "anew")
    assert fetch_contract(warehouse) == fetch_contract(tmp_path / "anew")
    assert not list(warehouse.glob("build/*/*"))
