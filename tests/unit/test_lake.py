"""What is in the lake is whole, named by its content, and never lost or half there."""

import threading
import time

import pytest

from pipelines.lake import Commit, Lake, folder_name, make_table, write_atomically

PASSAGE = {
    "article_id": b"a" * 16, "passage_number": 0,
    "passage_start": 0, "passage_end": 3, "passage_type": "body",
}  # fmt: skip


def test_the_same_rows_give_the_same_file(tmp_path):
    lake, table = Lake(tmp_path), make_table("passages", [PASSAGE])
    first = lake.write("passages", "default", "0000-of-0001", table)
    assert lake.write("passages", "default", "0000-of-0001", table) == first
    other = make_table("passages", [PASSAGE | {"passage_end": 4}])
    assert lake.write("passages", "default", "0000-of-0001", other) != first
    assert lake.read([first], "passages").to_pylist() == [PASSAGE]
    assert lake.count([first, first]) == 2


def test_a_row_that_is_not_of_the_schema_is_refused():
    with pytest.raises(ValueError, match="passage_type"):
        make_table("passages", [{name: value for name, value in PASSAGE.items() if name != "passage_type"}])
    with pytest.raises(ValueError, match="unknown"):
        make_table("passages", [PASSAGE | {"unknown": 1}])


def test_a_file_of_another_schema_says_what_to_do(tmp_path):
    lake = Lake(tmp_path)
    file = lake.write("passages", "default", "0000-of-0001", make_table("passages", [PASSAGE]))
    with pytest.raises(ValueError, match='was written under another schema; rebuild "sentences"'):
        lake.read([file], "sentences")


def test_garbage_is_what_no_commit_names(tmp_path):
    lake = Lake(tmp_path)
    kept = lake.write("passages", "default", "0000-of-0001", make_table("passages", [PASSAGE]))
    old = lake.write("passages", "default", "0000-of-0001", make_table("passages", []))
    (tmp_path / "passages" / "default" / "half-written.tmp").write_bytes(b"PAR1")
    lake.commit(Commit("clean", "default", "0000-of-0001", "1", [], {"passages": [kept]}))
    assert lake.collect_garbage() == 2
    assert (tmp_path / kept).exists()
    assert not (tmp_path / old).exists()


@pytest.mark.parametrize("batch", ["default", "2021 12", 'a "quoted" one', "..", "été", "x" * 300, "a/b"])
def test_a_commit_is_found_again_whatever_its_batch_is_called(tmp_path, batch):
    lake = Lake(tmp_path)
    commit = Commit("clean", batch, "0000-of-0001", "1", ["x"], {"passages": []})
    lake.commit(commit)
    assert lake.find_commit("clean", batch, "0000-of-0001") == commit
    assert lake.commits("clean", batch) == lake.commits("clean") == [commit]
    assert (tmp_path / "commits" / "clean" / folder_name(batch)).parent == tmp_path / "commits" / "clean"
    lake.drop(commit)
    assert lake.commits("clean") == []


def test_only_one_holds_the_lake(tmp_path):
    order, waits = [], []

    def hold(name):
        with Lake(tmp_path).lock(waits.append):
            order.append(f"{name} in")
            time.sleep(0.05)
            order.append(f"{name} out")

    threads = [threading.Thread(target=hold, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.split()[1] for event in order] == ["in", "out", "in", "out"]
    assert len(waits) == 1
    assert "waiting for another refresh" in waits[0]


def test_a_file_is_replaced_in_one_step(tmp_path):
    path = tmp_path / "state.json"
    write_atomically(path, "old")
    write_atomically(path, "new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_made_from_the_whole_corpus_is_current_while_the_corpus_stays(tmp_path):
    lake = Lake(tmp_path)

    def put(shard: str, end: int) -> str:
        file = lake.write(
            "passages", "default", shard, make_table("passages", [PASSAGE | {"passage_end": end}])
        )
        lake.commit(Commit("clean", "default", shard, "1", [], {"passages": [file]}))
        return file

    whole = Commit("link", "all", "all", "1", [put("0000-of-0002", 3)], {})
    lake.commit(whole)
    assert lake.is_current(whole)
    other = put("0001-of-0002", 3)
    assert not lake.is_current(whole)
    assert lake.is_current(Commit("link", "all", "all", "1", [other, *whole.inputs], {}))
    put("0000-of-0002", 4)
    assert not lake.is_current(Commit("link", "all", "all", "1", [other, *whole.inputs], {}))
