import os
import socket
from hashlib import sha256
from pathlib import Path

import pytest

from pipelines.landing import LandingFile, digest_file, listing_digest, scan_landing


def put(landing: Path, path: str, content: bytes = b"The mayor said so.") -> Path:
    location = landing / path
    location.parent.mkdir(parents=True, exist_ok=True)
    location.write_bytes(content)
    return location


def scan_one(landing: Path) -> LandingFile:
    (file,) = scan_landing(landing)
    return file


def test_a_file_is_known_by_batch_path_size_and_time(tmp_path):
    location = put(tmp_path, "2021-12/reuters/talks.txt", b"abc")
    os.utime(location, ns=(0, 1_639_008_000_000_000_001))
    file = scan_one(tmp_path)
    assert (file.batch, file.path) == ("2021-12", "2021-12/reuters/talks.txt")
    assert (file.byte_count, file.modified_ns) == (3, 1_639_008_000_000_000_001)
    assert (file.location, file.reason) == (location, None)


def test_a_loose_file_is_of_the_default_batch(tmp_path):
    put(tmp_path, "talks.txt")
    assert scan_one(tmp_path).batch == "default"


def test_files_come_by_path(tmp_path):
    for path in ("b.txt", "a/z.txt", "a.txt", "a/b/c.txt"):
        put(tmp_path, path)
    assert [file.path for file in scan_landing(tmp_path)] == ["a.txt", "a/b/c.txt", "a/z.txt", "b.txt"]


def test_dot_files_and_sidecars_are_no_articles(tmp_path):
    for path in (".hidden.txt", ".git/config.txt", "publishers.csv", "batch/publishers.csv"):
        put(tmp_path, path)
    put(tmp_path, "batch/deeper/publishers.csv")
    assert [file.path for file in scan_landing(tmp_path)] == ["batch/deeper/publishers.csv"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path):
    put(tmp_path, "x.txt/y.txt")
    assert [(file.batch, file.path) for file in scan_landing(tmp_path)] == [("x.txt", "x.txt/y.txt")]


@pytest.mark.parametrize("name", ["two words.txt", 'it\'s "quoted".txt', "line\nbreak.txt", "größe 😀.txt"])
def test_a_path_may_hold_any_character(tmp_path, name):
    put(tmp_path, name, b"abc")
    file = scan_one(tmp_path)
    assert file.path == name
    assert digest_file(file.location) == sha256(b"abc").digest()


def test_a_byte_of_a_name_that_is_no_unicode_is_escaped(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"abc")
    file = scan_one(tmp_path)
    assert file.path == "caf\\xe9.txt"
    assert file.location.read_bytes() == b"abc"


def test_a_link_to_a_file_is_that_file(tmp_path):
    put(tmp_path, "landing/.store/a.txt", b"abcd")
    (tmp_path / "landing/link.txt").symlink_to(tmp_path / "landing/.store/a.txt")
    file = scan_one(tmp_path / "landing")
    assert (file.path, file.byte_count, file.reason) == ("link.txt", 4, None)


def test_a_link_to_a_folder_is_not_followed_and_says_so(tmp_path):
    put(tmp_path, "a/one.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    loop, one = scan_landing(tmp_path)
    assert (loop.path, loop.reason) == ("a/loop", "unreadable_file")
    assert "link to a folder" in str(loop.detail)
    assert (one.path, one.reason) == ("a/one.txt", None)


def test_links_that_lead_nowhere_say_so(tmp_path):
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    for file in scan_landing(tmp_path):
        assert file.reason == "unreadable_file"
        assert "link that leads nowhere" in str(file.detail)


def test_a_pipe_and_a_socket_are_not_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's name may have a hundred characters at most
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind("socket.txt")
        files = scan_landing(tmp_path)
    assert [file.reason for file in files] == ["unreadable_file"] * 2
    assert "not a regular file" in str(files[0].detail)


def test_a_file_without_permission_says_so(tmp_path, monkeypatch):
    put(tmp_path, "secret.txt")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may read everything
    file = scan_one(tmp_path)
    assert (file.reason, file.detail) == ("unreadable_file", "file: Permission denied")


def test_a_folder_that_cannot_be_listed_costs_no_other(tmp_path, monkeypatch):
    put(tmp_path, "closed/a.txt")
    put(tmp_path, "open/b.txt")
    scandir = os.scandir

    def refuse_closed(folder):
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse_closed)
    closed, b = scan_landing(tmp_path)
    assert (closed.path, closed.reason, closed.detail) == (
        "closed", "unreadable_file", "folder: Permission denied",
    )  # fmt: skip
    assert b.path == "open/b.txt"


def test_a_missing_landing_folder_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="Create it"):
        scan_landing(tmp_path / "gone")


def test_the_listing_digest_changes_with_path_size_and_time_and_nothing_else(tmp_path):
    location = put(tmp_path, "a.txt", b"abc")
    os.utime(location, ns=(0, 1))
    before = listing_digest(scan_landing(tmp_path))
    os.utime(location, ns=(5, 1))
    assert listing_digest(scan_landing(tmp_path)) == before
    os.utime(location, ns=(5, 2))
    later = listing_digest(scan_landing(tmp_path))
    location.rename(tmp_path / "b.txt")
    renamed = listing_digest(scan_landing(tmp_path))
    assert len({before, later, renamed}) == 3


def test_two_names_that_read_alike_are_two_entries(tmp_path):
    (tmp_path / "caf\\xe9.txt").write_text("The mayor resigned.")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("The bridge is closed.")
    first, second = scan_landing(tmp_path)
    assert first.path == "caf\\xe9.txt"
    assert first.reason is None
    assert second.reason == "duplicate_address"
    assert second.path.startswith(first.path + "~")
