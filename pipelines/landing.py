"""List the files of a landing folder, each seen once, with its size and the time of its last change.

    landing/2021-12/reuters/talks.txt    path "2021-12/reuters/talks.txt", batch "2021-12"
    landing/talks.txt                    path "talks.txt", batch "default"

A path is relative to the landing folder, its parts joined by '/', and valid Unicode: a byte of a file name
that is none is written as `\\xff`. What begins with a dot is left out, and so are sidecars. A link to a file
is that file; a link to a folder is not followed, since it may lead back to where it stands.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import file_digest, sha256
from pathlib import Path

DEFAULT_BATCH = "default"
SIDECAR = "publishers.csv"  # what its owner says of the files beside it; see readers/sidecar.py


@dataclass(frozen=True, slots=True)
class LandingFile:
    """A file of the landing folder, or something else that stands there and cannot be read (`reason`)."""

    batch: str  # first-level folder; `default` for a loose file
    path: str
    location: Path
    byte_count: int
    modified_ns: int  # nanoseconds since 1970
    reason: str | None = None
    detail: str | None = None


def scan_landing(landing: Path) -> list[LandingFile]:
    """Return the files of the landing folder by path. A million take some ten seconds: one `stat` each."""
    if not landing.is_dir():
        raise FileNotFoundError(
            f"There is no landing folder {landing}. Create it and put articles there, or name another one: "
            "make warehouse LANDING=folder"
        )
    return list(_name_apart(sorted(_walk(landing), key=lambda file: (file.path, os.fsencode(file.location)))))


def digest_file(location: Path) -> bytes:
    """Return the sha256 of a file's bytes. Raises OSError where the file cannot be read (any more)."""
    with location.open("rb") as file:
        return file_digest(file, "sha256").digest()


def listing_digest(files: Iterable[LandingFile]) -> str:
    """Return a digest of what `files` are, by path, size and time of change; their bytes are not read."""
    found = sha256()
    for file in files:
        found.update(f"{file.path}\0{file.byte_count}\0{file.modified_ns}\0".encode())
    return found.hexdigest()


def _name_apart(files: Iterable[LandingFile]) -> Iterator[LandingFile]:
    """Yield the files; one whose path reads like an earlier one's (a byte, and its escape) is refused."""
    seen = set()
    for file in files:
        if file.path in seen:
            path = f"{file.path}~{sha256(os.fsencode(file.location.name)).hexdigest()[:12]}"
            detail = f"its name reads like that of {file.path}; rename it"
            yield replace(file, path=path, reason="duplicate_address", detail=detail)
        else:
            seen.add(file.path)
            yield file


def _walk(landing: Path) -> Iterator[LandingFile]:
    folders = [(os.fspath(landing), "")]  # each with the start of its files' paths: "" or "2021-12/reuters/"
    while folders:
        folder, prefix = folders.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    path = prefix + _name(entry)
                    if entry.name.startswith(".") or (entry.name == SIDECAR and path.count("/") < 2):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.path, path + "/"))
                    else:
                        yield _see(entry, path)
        except OSError as error:
            yield _unreadable(prefix.rstrip("/"), folder, f"folder: {error.strerror}")


def _see(entry: os.DirEntry[str], path: str) -> LandingFile:
    """Return what stands at `entry`, which is no folder."""
    try:
        status = entry.stat()
    except OSError as error:
        kind = "link that leads nowhere" if entry.is_symlink() else "file"
        return _unreadable(path, entry.path, f"{kind}: {error.strerror}")
    if stat.S_ISDIR(status.st_mode):
        return _unreadable(
            path, entry.path, "link to a folder: not followed; copy or mount the folder instead"
        )
    if not stat.S_ISREG(status.st_mode):
        return _unreadable(path, entry.path, "not a regular file (a pipe, a socket or a device)")
    if not os.access(entry.path, os.R_OK):
        return _unreadable(path, entry.path, "file: Permission denied")
    return LandingFile(_batch(path), path, Path(entry.path), status.st_size, status.st_mtime_ns)


def _unreadable(path: str, location: str, detail: str) -> LandingFile:
    return LandingFile(_batch(path), path, Path(location), 0, 0, "unreadable_file", detail)


def _batch(path: str) -> str:
    folder, slash, _ = path.partition("/")
    return folder if slash else DEFAULT_BATCH


def _name(entry: os.DirEntry[str]) -> str:
    """Return an entry's name as valid Unicode."""
    if entry.name.isascii():
        return entry.name
    return os.fsencode(entry.name).decode("utf-8", "backslashreplace")
