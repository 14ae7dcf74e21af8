import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.readers.fields import MARKUP_ROW, ROW, pack_row, read_date, read_row, unpack_row


def read(row, **field_map):
    return read_row(row, pack_row(row), "line 7", field_map)


@pytest.mark.parametrize(
    "field", ["text", "Body", "articleText", "full_text", "Main-Text", "maintext", "content", "STORY"]
)
def test_the_text_is_known_by_common_names(field):
    assert read({"id": 1, field: "The mayor said so."}).text_field == field


def test_the_first_name_that_holds_something_counts():
    assert read({"content": "short", "text": "long"}).text_field == "text"
    assert read({"content": "short", "text": " "}).text_field == "content"
    assert read({"html": "<p>a</p>", "body": "a"}).text_field == "body"


def test_a_sidecar_can_name_the_field():
    record = read(
        {"text": "teaser", "raw_story": "The mayor said so.", "hed": "Bridge"}, text="raw_story", title="hed"
    )
    assert (record.text_field, record.given.title) == ("raw_story", "Bridge")
    assert "no field 'raw_story'" in str(read({"text": "teaser"}, text="raw_story").detail)


@pytest.mark.parametrize(
    ("row", "media_type"),
    [
        ({"text": "The mayor said so."}, ROW),
        ({"text": "a < b and <b>bold</b>"}, ROW),
        ({"content": "<p>The mayor said so.</p>"}, MARKUP_ROW),
        ({"text": "\n<!DOCTYPE html><html>…"}, MARKUP_ROW),
        ({"body_html": "The mayor said <i>no</i>."}, MARKUP_ROW),
        ({"html": "The mayor said no."}, ROW),
    ],
)
def test_markup_is_told_from_text(row, media_type):
    assert read(row).media_type == media_type


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"url": "https://post.example/1", "id": "a-17"}, "a-17"),
        ({"ID": 17}, "17"),
        ({"id": None, "link": "https://post.example/1"}, "https://post.example/1"),
        ({"id": " \n", "guid": "g\n1"}, "g 1"),
        ({"id": True}, "line 7"),
        ({"id": ["a"]}, "line 7"),
        ({"id": "x" * 501}, "line 7"),
        ({"title": "no key"}, "line 7"),
    ],
)
def test_a_record_is_named_by_its_identifier_else_its_address_else_its_place(row, key):
    assert read({**row, "text": "The mayor said so."}).key == key


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        ({"text": ""}, "empty", "line 7: nothing in 'text'"),
        ({"text": None, "body": " "}, "empty", "line 7: nothing in 'text', 'body'"),
        ({"text": 5}, "no_text", "line 7: no text but other values in 'text'"),
        (
            {"texte": "oui", "titre": "non"},
            "no_text",
            "line 7: no field known to hold the text among 'texte', 'titre'",
        ),
        ({}, "no_text", "line 7: no field known to hold the text"),
    ],
)
def test_a_row_without_text_says_what_it_has(row, reason, detail):
    record = read(row)
    assert record.reason == reason
    assert str(record.detail).startswith(detail)


def test_what_a_row_says_beside_its_text():
    row = {
        "text": "The mayor said so.",
        "headline": "Bridge\n closes",
        "source": {"id": None, "name": "The Daily Post"},
        "authors": ["Ann Lee", {"name": "Bo Kim"}],
        "url": "https://post.example/1",
        "publishedAt": "2021-12-09T23:30:00Z",
    }
    given = read(row).given
    assert (given.title, given.publisher, given.byline) == (
        "Bridge closes",
        "The Daily Post",
        "Ann Lee, Bo Kim",
    )
    assert (given.url, given.published_on) == ("https://post.example/1", date(2021, 12, 9))
    assert given.basis_of("published_on") == "file"


def test_what_is_too_long_or_of_another_kind_is_not_taken_for_a_title():
    nested = json.loads('["x", ' + "[" * 500 + "]" * 500 + "]")
    given = read(
        {"text": "a", "title": "x" * 1_001, "author": 5, "date": "yesterday", "source": nested}
    ).given
    assert (given.title, given.byline, given.published_on, given.basis) == (
        None,
        None,
        None,
        "publisher=file",
    )
    assert given.publisher == "x"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-12-09", date(2021, 12, 9)),
        ("2021-12-09 10:00:00+02:00", date(2021, 12, 9)),
        ("2021/1/5", date(2021, 1, 5)),
        ("20211209", date(2021, 12, 9)),
        ("Thu, 09 Dec 2021 10:00:00 GMT", date(2021, 12, 9)),
        ("9 December 2021", date(2021, 12, 9)),
        ("Dec. 9, 2021", date(2021, 12, 9)),
        ("December 9 2021", date(2021, 12, 9)),
        ("3/4/2021", None),  # March or April
        ("2021-02-30", None),
        ("1639008000", None),  # seconds: the day depends on where
        ("2021", None),
        ("", None),
    ],
)
def test_a_date_is_read_where_it_can_be_only_one(value, day):
    assert read_date(value) == day


def test_a_row_is_packed_as_plain_json():
    raw = pack_row({"b": "größe", "a": float("nan"), "c": 5})
    assert raw.decode() == '{"b": "größe", "a": null, "c": 5}'


def test_a_byte_that_is_no_utf8_survives_packing():
    assert unpack_row(pack_row({"text": "caf\udce9"})) == {"text": "caf\udce9"}
    assert unpack_row(b'{"text": "caf\xe9"}') == {"text": "caf\udce9"}


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[1]", b"5", b'{"a": ' + b"[" * 100_000, b'{"a": ' + b"9" * 5_000 + b"}", b"\xff\xfe"]
)
def test_what_is_no_object_says_what_it_is(raw):
    with pytest.raises(ValueError, match=r"\w"):
        unpack_row(raw)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "title", "date", "authors", "source", "x"]) | st.text(), values
    )
)
def test_any_json_object_is_a_record(row):
    raw = json.dumps(row).encode()
    record = read_row(unpack_row(raw), raw, "line 1", {})
    assert record.key
    assert (record.text_field is None) == (record.reason is not None)
