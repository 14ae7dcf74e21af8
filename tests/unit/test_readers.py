import gzip
import json
import os
import tracemalloc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.landing import scan_landing
from pipelines.readers import READERS, Record, read_records
from pipelines.readers.decoding import Document, read_text
from pipelines.readers.records import GIVEN_FIELDS, Given, give, prefer
from pipelines.readers.sidecar import Sidecar, read_sidecar
from pipelines.schemas import REASONS

GOOD = b'{"id": "good", "text": "The mayor said so."}'


def read(folder: Path) -> list[Record]:
    """Return all records of a landing folder."""
    sidecar = read_sidecar(folder)
    return [record for file in scan_landing(folder) for record in read_records(file, sidecar)]


def read_bytes(folder: Path, name: str, content: bytes) -> list[Record]:
    (folder / name).write_bytes(content)
    return read(folder)


def outcomes(records: list[Record]) -> list[tuple[str | None, str | None]]:
    return [(record.key, record.reason) for record in records]


def text_of(record: Record) -> str:
    assert record.raw is not None
    document = read_text(record.raw, record.media_type, record.text_field)
    assert isinstance(document, Document), document
    return document.text


# Files that are one record


def test_a_text_file_is_one_record_with_its_bytes_as_they_are(tmp_path):
    (record,) = read_bytes(tmp_path, "talks.TXT", b"\xef\xbb\xbfShe said so.\r\n")
    assert record == Record(None, b"\xef\xbb\xbfShe said so.\r\n", "text/plain", None, Given())


@pytest.mark.parametrize("name", ["talks.html", "talks.htm", "talks.v2.HTML"])
def test_a_page_is_one_record(tmp_path, name):
    (record,) = read_bytes(tmp_path, name, b"<p>She said so.</p>")
    assert (record.media_type, record.raw) == ("text/html", b"<p>She said so.</p>")


@pytest.mark.parametrize("name", ["talks.docx", "talks", "talks.txt.gz", "publishers.csv.bak"])
def test_another_kind_of_file_says_which_can_be_read(tmp_path, name):
    (record,) = read_bytes(tmp_path, name, b"The mayor said so.")
    assert record.reason == "unsupported_type"
    assert ".jsonl.gz" in str(record.detail)


@pytest.mark.parametrize("suffix", READERS)
def test_a_file_of_0_bytes_is_empty(tmp_path, suffix):
    assert outcomes(read_bytes(tmp_path, f"x{suffix}", b"")) == [(None, "empty")]


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".csv", ".tsv", ".parquet"])
def test_200_mb_of_one_line_cost_no_memory(tmp_path, suffix):
    with (tmp_path / f"x{suffix}").open("wb") as file:
        file.truncate(200_000_000)  # a hole in the file, read as zero bytes
    tracemalloc.start()
    (record,) = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert record.reason in ("too_long", "malformed_record", "unreadable_file")
    assert record.raw is None
    assert peak < 60_000_000


@pytest.mark.parametrize("suffix", READERS)
def test_random_bytes_end_as_reasons(tmp_path, suffix):
    content = b"\x8b\xff" + os.urandom(100_000)
    for record in read_bytes(tmp_path, f"x{suffix}", content):
        if record.reason is None:
            assert not isinstance(read_text(record.raw, record.media_type, record.text_field), Document)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([*READERS]), st.binary(max_size=200) | st.text().map(str.encode))
def test_any_file_is_at_least_one_record_each_with_a_key_and_a_known_reason(tmp_path, suffix, content):
    location = tmp_path / f"x{suffix}"
    location.write_bytes(gzip.compress(content) if suffix.endswith(".gz") else content)
    records = read(tmp_path)
    location.unlink()
    assert records
    assert len({record.key for record in records}) == len(records)
    assert {record.reason for record in records} <= {None, *REASONS}


def test_a_file_that_is_gone_when_it_is_read_is_a_reason(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"abc")
    (file,) = scan_landing(tmp_path)
    file.location.unlink()
    (record,) = read_records(file, Sidecar())
    assert (record.reason, record.detail) == ("unreadable_file", "No such file or directory")


def test_what_the_landing_folder_refused_stays_refused(tmp_path):
    (tmp_path / "loop.jsonl").symlink_to(tmp_path, target_is_directory=True)
    (record,) = read(tmp_path)
    assert (record.reason, record.raw) == ("unreadable_file", None)
    assert "link to a folder" in str(record.detail)


def test_a_file_with_an_undecodable_name_is_read(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.jsonl.gz")).write_bytes(gzip.compress(GOOD))
    pq.write_table(pa.table({"text": ["a"]}), tmp_path / "ok.parquet")
    (tmp_path / "ok.parquet").rename(tmp_path / os.fsdecode(b"\xff.parquet"))
    assert outcomes(read(tmp_path)) == [("row 1", None), ("good", None)]


# JSON lines


@pytest.mark.parametrize("name", ["x.jsonl", "x.ndjson", "x.jsonl.gz", "x.NDJSON.GZ"])
def test_a_line_is_a_record_with_the_bytes_of_the_line(tmp_path, name):
    content = b"\xef\xbb\xbf" + GOOD + b'\r\n\n{"text": "caf\\u00e9"}'
    good, other = read_bytes(
        tmp_path, name, gzip.compress(content) if name.lower().endswith("gz") else content
    )
    assert good.raw == b"\xef\xbb\xbf" + GOOD
    assert (good.key, text_of(good)) == ("good", "The mayor said so.")
    assert (other.key, text_of(other)) == ("line 3", "café")


def test_half_a_line_costs_no_other(tmp_path):
    half, good = GOOD[:20], GOOD
    first, broken, last = read_bytes(tmp_path, "x.jsonl", b'{"text": "a"}\n' + half + b"\n" + good + b"\n")
    assert (first.reason, last.reason) == (None, None)
    assert (broken.reason, broken.raw, broken.key) == ("malformed_record", half, "line 2")
    assert broken.detail == "line 2: Unterminated string starting at (character 16)"


@pytest.mark.parametrize(
    "line", [b"[1, 2]", b'"text"', b"\0\0\0", b"{" * 50_000, b'{"text": "' + b"\xff" * 10]
)
def test_a_line_that_is_no_object_costs_no_other(tmp_path, line):
    records = read_bytes(tmp_path, "x.jsonl", line + b"\n" + GOOD)
    assert outcomes(records) == [("line 1", "malformed_record"), ("good", None)]


def test_a_line_of_50_mb_costs_no_other_and_little_memory(tmp_path):
    with (tmp_path / "x.jsonl").open("wb") as file:
        file.write(b'{"text": "')
        file.seek(50_000_000)
        file.write(b'"}\n' + GOOD)
    tracemalloc.start()
    records = read(tmp_path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert outcomes(records) == [("line 1", "too_long"), ("good", None)]
    assert peak < 60_000_000


def test_a_broken_gzip_file_keeps_what_stands_before_the_break(tmp_path):
    lines = [json.dumps({"id": number, "text": os.urandom(300).hex()}).encode() for number in range(200)]
    packed = gzip.compress(b"\n".join(lines))
    *records, last = read_bytes(tmp_path, "x.jsonl.gz", packed[: len(packed) // 2])
    assert len(records) > 50
    assert [record.raw for record in records] == lines[: len(records)]
    assert (last.key, last.reason) == (None, "unreadable_file")
    assert "ended before" in str(last.detail)


def test_a_gzip_file_with_a_damaged_byte_is_a_reason(tmp_path):
    packed = bytearray(gzip.compress(GOOD))
    packed[15] ^= 255
    assert read_bytes(tmp_path, "x.jsonl.gz", bytes(packed))[-1].reason == "unreadable_file"


def test_a_file_named_gz_that_is_none_is_a_reason(tmp_path):
    assert outcomes(read_bytes(tmp_path, "x.jsonl.gz", GOOD)) == [(None, "unreadable_file")]


@pytest.mark.parametrize("name", ["x.jsonl", "x.csv"])
def test_a_file_of_many_in_utf16_says_what_to_do(tmp_path, name):
    (record,) = read_bytes(tmp_path, name, "text\nThe mayor said so.".encode("utf-16"))
    assert (record.reason, record.detail) == ("undecodable", "the file is UTF-16; save it as UTF-8")


def test_a_later_record_with_the_same_key_is_a_duplicate_with_an_address_of_its_own(tmp_path):
    lines = [{"id": "a", "text": "one"}, {"id": "a", "text": "two"}, {"id": "a", "title": "three"}]
    records = read_bytes(tmp_path, "x.jsonl", "\n".join(map(json.dumps, lines)).encode())
    assert outcomes(records) == [
        ("a", None), ("a (record 2)", "duplicate_address"), ("a (record 3)", "no_text"),
    ]  # fmt: skip
    assert records[1].detail == "record 2 has the key of an earlier one, 'a'"


def test_a_record_keeps_its_key_when_another_is_put_before_it(tmp_path):
    before = read_bytes(tmp_path, "x.jsonl", GOOD)
    after = read_bytes(tmp_path, "x.jsonl", b'{"text": "new"}\n' + GOOD)
    assert before[0] == after[1]


def test_blank_lines_only_are_an_empty_file(tmp_path):
    assert outcomes(read_bytes(tmp_path, "x.jsonl", b"\n \n\r\n")) == [(None, "empty")]


# CSV


def test_a_row_is_a_record_with_the_row_as_json(tmp_path):
    content = 'id,Text,date\n7,"She said ""no"",\nand left.",2021-12-09\n8,größe,\n'.encode()
    first, second = read_bytes(tmp_path, "x.csv", content)
    assert first.raw == b'{"id": "7", "Text": "She said \\"no\\",\\nand left.", "date": "2021-12-09"}'
    assert (first.key, text_of(first)) == ("7", 'She said "no",\nand left.')
    assert first.given.published_on == date(2021, 12, 9)
    assert (second.key, text_of(second), second.media_type) == ("8", "größe", "application/json")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b"id,text\n7,a\n"),
        ("x.csv", b'\xef\xbb\xbf"id","text"\r\n"7","a"\r\n\r\n'),
        ("x.csv", b"id;text\n7;a"),
        ("x.csv", b"id\ttext\n7\ta"),
        ("x.tsv", b"id\ttext,x\ttext\n7\t\ta"),
        ("x.csv", b"id,,text,text\n7,,a,b"),
        ("x.csv.gz", gzip.compress(b"id,text\n7,a\n")),
        ("x.tsv.gz", gzip.compress(b"id\ttext\n7\ta\n")),
    ],
)
def test_a_table_is_read_as_programs_write_them(tmp_path, name, content):
    (record,) = read_bytes(tmp_path, name, content)
    assert (record.key, text_of(record)) == ("7", "a")


def test_a_broken_row_costs_no_other(tmp_path):
    content = b'id,text\n1,one\n2,two,too many\n3\n4,"four" and\n5,caf\xe9\n6,six\n'
    records = read_bytes(tmp_path, "x.csv", content)
    assert outcomes(records) == [
        ("1", None), ("row 2", "malformed_record"), ("row 3", "malformed_record"),
        ("row 4", "malformed_record"), ("5", None), ("6", None),
    ]  # fmt: skip
    assert records[1].detail == "row 2 has 3 cells, the header 2"
    found = read_text(records[4].raw, records[4].media_type, records[4].text_field)
    assert found.reason == "undecodable"


def test_a_quotation_mark_that_never_closes_is_a_reason(tmp_path):
    records = read_bytes(tmp_path, "x.csv", b'id,text\n1,one\n2,"two\n3,three\n')
    assert outcomes(records) == [("1", None), ("row 2", "malformed_record")]


def test_a_row_that_is_too_long_costs_no_other(tmp_path):
    line = b"1," + b"x" * 17_000_000
    lines = b'2,"' + (b"x" * 99 + b"\n") * 180_000 + b'"'
    records = read_bytes(tmp_path, "x.csv", b"id,text\n" + line + b"\n3,three\n" + lines + b"\n4,four\n")
    assert outcomes(records[:2]) == [("row 1", "too_long"), ("3", None)]
    assert (records[2].key, records[2].reason) == ("row 3", "too_long")
    assert {record.reason for record in records[3:-1]} == {"malformed_record"}  # the rest of the cell


def test_a_table_without_text_says_what_it_has(tmp_path):
    (record,) = read_bytes(tmp_path, "x.csv", b"titre,texte\nnon,oui\nsi,no\n")
    assert (record.key, record.reason) == (None, "no_text")
    assert "'titre', 'texte'; name it in publishers.csv, column text_field" in str(record.detail)


def test_a_header_alone_is_an_empty_file(tmp_path):
    assert outcomes(read_bytes(tmp_path, "x.csv", b"id,text\n")) == [(None, "empty")]


def test_a_header_of_many_columns_is_refused(tmp_path):
    assert read_bytes(tmp_path, "x.csv", b"," * 200_000 + b"\na")[0].reason == "no_text"


# Parquet


def test_a_parquet_row_is_a_record_with_the_row_as_json(tmp_path):
    table = pa.table(
        {
            "url": ["https://post.example/1"],
            "text": pa.array(["She said “no”."]).dictionary_encode(),
            "date": pa.array([date(2021, 12, 9)]),
            "seen": pa.array([1_639_044_000_123_456_789], pa.timestamp("ns")),
            "price": pa.array([Decimal("1.50")]),
            "score": [float("nan")],
            "tags": [["a", "b"]],
        }
    )
    pq.write_table(table, tmp_path / "x.parquet")
    (record,) = read(tmp_path)
    assert record.raw is not None
    assert record.raw.decode() == (
        '{"url": "https://post.example/1", "text": "She said “no”.", "date": "2021-12-09", '
        '"seen": "2021-12-09 10:00:00.123456789", "price": "1.50", "score": null, "tags": ["a", "b"]}'
    )
    assert (record.key, text_of(record)) == ("https://post.example/1", "She said “no”.")
    assert record.given.published_on == date(2021, 12, 9)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (pa.struct([("at", pa.timestamp("ns"))]), {"at": 1_639_044_000_123_456_789}),
        (pa.list_(pa.time64("ns")), [123_456_789]),
        (pa.map_(pa.string(), pa.decimal128(5, 2)), [("a", Decimal("1.50"))]),
        (pa.timestamp("us"), 10**18),
        (pa.duration("ns"), 123_456_789),
        (pa.large_string(), "a"),
        (pa.dictionary(pa.int32(), pa.string()), "a"),
    ],
    ids=str,
)
def test_a_value_that_python_does_not_know_costs_nothing(tmp_path, type_, value):
    pq.write_table(
        pa.table({"text": ["a"], "other": pa.array([value, None], type_)[:1]}), tmp_path / "x.parquet"
    )
    (record,) = read(tmp_path)
    assert text_of(record) == "a"


def test_text_kept_as_bytes_is_text_where_it_is_utf8(tmp_path):
    pq.write_table(pa.table({"text": [b"caf\xc3\xa9", b"caf\xe9"]}), tmp_path / "x.parquet")
    good, bad = read(tmp_path)
    assert text_of(good) == "café"
    assert read_text(bad.raw, bad.media_type, bad.text_field).reason == "undecodable"


def test_a_parquet_file_without_text_says_what_it_has(tmp_path):
    pq.write_table(pa.table({"texte": ["oui"]}), tmp_path / "x.parquet")
    assert outcomes(read(tmp_path)) == [(None, "no_text")]


def test_a_parquet_file_without_rows_is_empty(tmp_path):
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "x.parquet")
    assert outcomes(read(tmp_path)) == [(None, "empty")]


def test_a_parquet_file_that_breaks_off_is_a_reason(tmp_path):
    location = tmp_path / "x.parquet"
    pq.write_table(pa.table({"text": [os.urandom(100).hex() for _ in range(1_000)]}), location)
    assert outcomes(read_bytes(tmp_path, "x.parquet", location.read_bytes()[:-50])) == [
        (None, "unreadable_file")
    ]


def test_a_parquet_file_with_damaged_pages_is_a_reason(tmp_path):
    location = tmp_path / "x.parquet"
    texts = pa.table({"text": [os.urandom(100).hex() for _ in range(1_000)]})
    pq.write_table(texts, location, compression="zstd", use_dictionary=False)
    content = bytearray(location.read_bytes())
    content[200:20_000] = bytes(19_800)
    assert read_bytes(tmp_path, "x.parquet", bytes(content))[-1].reason == "unreadable_file"


# What was given


def test_the_sidecar_counts_before_the_file(tmp_path):
    (tmp_path / "publishers.csv").write_text("path,publisher,text_field\n*.jsonl,The Daily Post,story_raw\n")
    row = {"text": "teaser", "story_raw": "The mayor said so.", "title": "Bridge", "source": "feed"}
    (record,) = read_bytes(tmp_path, "x.jsonl", json.dumps(row).encode())
    assert text_of(record) == "The mayor said so."
    assert (record.given.publisher, record.given.title) == ("The Daily Post", "Bridge")
    assert record.given.basis == "title=file,publisher=sidecar"


def test_what_one_does_not_say_the_other_does():
    first, second = give("sidecar", title="A", url="u"), give("file", title="B", byline="C")
    both = prefer(first, second)
    assert [getattr(both, name) for name in GIVEN_FIELDS] == ["A", None, "u", "C", None]
    assert {name: both.basis_of(name) for name in GIVEN_FIELDS} == {
        "title": "sidecar", "publisher": None, "url": "sidecar", "byline": "file", "published_on": None,
    }  # fmt: skip
    assert prefer(Given(), second) == second
    assert prefer(first, Given()) == first
