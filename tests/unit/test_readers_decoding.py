from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.readers.decoding import MAX_CHARACTERS, Document, Refusal, read_text
from pipelines.schemas import REASONS

PARAGRAPH = "The mayor said on Monday that the bridge would be closed for two weeks, and nobody was pleased."
QUOTED = "“We won’t close the café,” José Núñez said – twice. It costs £5 million…\r\n"


def read(raw, media_type="text/plain", text_field=None):
    return read_text(raw, media_type, text_field)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_comes_back_to_the_character(encoding):
    document = read(QUOTED.encode(encoding))
    assert isinstance(document, Document)
    assert document.text == QUOTED
    assert document.encoding == encoding.removesuffix("-sig") + (
        "-le" if encoding in ("utf-16", "utf-32") else ""
    )
    assert (document.title, document.publisher, document.published_on) == (None, None, None)


@pytest.mark.parametrize(
    "text", ["a\r\nb\r\n", "a\rb", "\n\na", " a \t", "a\x0cb", "no line end", "e\u0301", "a\ufeffb"]
)
def test_nothing_in_a_plain_text_is_changed(text):
    document = read(text.encode())
    assert isinstance(document, Document)
    assert document.text == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\xc2\xa0", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"The mayor\0 said so.", "binary"),
        (b"a\0b", "binary"),
        (b"\xef\xbb\xbfThe mayor\0 said so.", "binary"),
        (b"\x01\x02\x03 said", "binary"),
        (b"%PDF-1.7 The mayor", "binary"),
        (b"PK\x03\x04\x14", "binary"),
        (b"\x1f\x8b\x08\x00", "binary"),
        (bytes(range(128, 256)) * 10, "undecodable"),
        ("Мэр города заявил, что мост закрыт.".encode("cp1251"), "undecodable"),
        ("市長は月曜日に述べた。".encode("shift_jis"), "undecodable"),
        ("“No,” the mayor’s spokesman said.".encode("mac_roman"), "undecodable"),
        ("The café owner said no.".encode("cp437"), "undecodable"),
        ("Lech Wałęsa said no.".encode("iso8859-2"), "undecodable"),
        (QUOTED.encode() + b"\xff", "undecodable"),
        (QUOTED.encode()[:-4], "undecodable"),
        (QUOTED.encode()[1:].replace(b"\xe2\x80\x99", b"\x80\x99"), "undecodable"),
        ("The mayor said so.".encode("utf-16-le")[:-1], "undecodable"),
        (b"\xff\xfeT\x00h\x00\x00\xd8", "undecodable"),
        (b"a" * (MAX_CHARACTERS + 1), "too_long"),
    ],
)
def test_what_is_no_text_says_why(raw, reason):
    refusal = read(raw)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason
    assert refusal.detail


def test_one_stray_control_character_makes_no_text_binary():
    text = PARAGRAPH * 2 + "\x1b"
    assert read(text.encode()) == Document(text, "utf-8")


def test_a_text_as_long_as_allowed_is_read():
    assert isinstance(read(b"a" * MAX_CHARACTERS), Document)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_text_or_a_refusal(raw):
    found = read(raw)
    if isinstance(found, Refusal):
        assert found.reason in REASONS
    elif found.encoding != "utf-8":
        assert found.text.encode(found.encoding) in raw
    else:
        assert found.text.encode() == raw.removeprefix(b"\xef\xbb\xbf")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_in_utf8_comes_back(text):
    found = read(text.encode())
    assert isinstance(found, Refusal) or found.text in (text, text[1:])
    assert isinstance(found, Document) or found.reason in ("binary", "empty")


# JSON rows


def test_the_text_of_a_row_is_its_field():
    document = read(b'{"text": "She said \\u201cno\\u201d.\\n", "title": "x"}', "application/json", "text")
    assert document == Document("She said “no”.\n", "utf-8")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"text": "caf\xe9"}', "undecodable"),
        (b'{"text": "\\ud83d"}', "undecodable"),
        (b'{"text": "a\\u0000"}', "binary"),
        (b'{"text": "a", "b": ' + b"[" * 100_000, "malformed_record"),
        (b'{"text": "' + b"a" * (MAX_CHARACTERS + 1) + b'"}', "too_long"),
    ],
)
def test_a_field_that_is_no_text_says_why(raw, reason):
    refusal = read(raw, "application/json", "text")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_two_escapes_that_make_one_character_are_one():
    assert read(b'{"text": "\\ud83d\\ude00"}', "application/json", "text") == Document("😀", "utf-8")


def test_a_bad_byte_in_another_field_costs_nothing():
    assert read(b'{"by": "Jos\xe9", "text": "a"}', "application/json", "text") == Document("a", "utf-8")


def test_markup_in_a_row_is_read_as_markup():
    raw = f'{{"html": "<p>{PARAGRAPH}</p>"}}'.encode()
    assert read(raw, "application/json+html", "html") == Document(PARAGRAPH, "utf-8")


# Web pages

HEAD = """<title>Bridge closes | The Daily Post</title><meta property="og:site_name" content="The Daily Post">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2021-12-09T10:00:00Z">
<link rel="canonical" href="https://dailypost.example/bridge">"""


def page(body, head=HEAD):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_a_page_is_its_article():
    found = read(
        page(
            f"<nav><a href='/'>Home</a></nav><article><h1>Bridge closes</h1><p>{PARAGRAPH}</p>"
            "<table><tr><td>17</td></tr></table><p>“It is safe,” she said.</p></article>"
            "<div id='comments'><p>First!</p></div>"
        ),
        "text/html",
    )
    assert isinstance(found, Document)
    assert found.text == f"Bridge closes\n{PARAGRAPH}\n“It is safe,” she said."
    assert (found.title, found.publisher, found.byline) == ("Bridge closes", "The Daily Post", "Ann Lee")
    assert (found.published_on, found.url) == (date(2021, 12, 9), "https://dailypost.example/bridge")


def test_a_host_name_is_no_publisher_and_a_date_in_the_text_no_date_of_publication():
    head = '<title>Bridge</title><link rel="canonical" href="https://dailypost.example/bridge">'
    found = read(page(f"<p>{PARAGRAPH}</p><p>It opened on 3 May 2011.</p>", head), "text/html")
    assert isinstance(found, Document)
    assert (found.publisher, found.published_on) == (None, None)


@pytest.mark.parametrize(
    ("declared", "encoding"), [("iso-8859-1", "cp1252"), ("windows-1250", "cp1250"), ("koi8-r", "koi8-r")]
)
def test_a_page_may_declare_its_encoding(declared, encoding):
    text = PARAGRAPH + {"cp1252": " “Café”", "cp1250": " Wałęsa", "koi8-r": " мост"}[encoding]
    raw = page(f"<p>{text}</p>", f'<meta http-equiv="x" content="text/html; charset={declared}">'.lower())
    found = read(raw.decode().encode(encoding), "text/html")
    assert isinstance(found, Document)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize("declared", ["punycode", "rot13", "zlib", "unicode_escape", "nonsense", "utf-8"])
def test_a_declaration_that_is_none_or_wrong_is_not_believed(declared):
    raw = page(f"<p>{PARAGRAPH} Wa\xb3\xeasa</p>", f"<meta charset={declared}>").decode().encode("latin-1")
    refusal = read(raw, "text/html")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "undecodable"


@pytest.mark.parametrize("body", ["", "<script>var a = 1</script>", "<!-- nothing -->"])
def test_a_page_without_article_says_so(body):
    refusal = read(page(body), "text/html")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "unreadable_markup"


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<div>" * 10_000 + PARAGRAPH,
        "<b><i>" * 20_000 + PARAGRAPH,
        "<table><tr><td>" * 5_000 + PARAGRAPH,
        "<ul><li>" * 100_000,
        "<p " + " ".join(f"a{number}=x" for number in range(100_000)) + f">{PARAGRAPH}</p>",
        "<p " + "".join(f'a{number}="<>"' for number in range(100_000)) + f">{PARAGRAPH}</p>",
        f"<p>{PARAGRAPH}</p>" * 30_000,
    ],
    ids=["deep", "deep with text", "formats", "tables", "lists", "attributes", "glued attributes", "wide"],
)
def test_a_bomb_of_tags_is_refused(bomb):
    refusal = read(page(bomb), "text/html")
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "unreadable_markup"


PIECES = [
    "<p>",
    "</p>",
    "<div>",
    "<a ",
    "<!--",
    "-->",
    "<script>",
    "</",
    "html>",
    "&#x;",
    "'a'",
    '"',
    "😀",
    "word",
]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_markup_is_a_text_or_a_refusal(pieces):
    assert isinstance(read(page("".join(pieces)), "text/html"), Document | Refusal)
