"""Turn the raw bytes of a record into its text, or say why there is none.

    b"She said \\x93no\\x94.\\r\\n"    "She said “no”.\\r\\n", encoding "cp1252"

A plain text is the file decoded, to the character: line ends stay as they are, and only a byte order mark,
which is no character of it, is left out. The text of markup is what `markup.py` finds in it.

No encoding is guessed. These are tried in turn: a byte order mark; UTF-16, told by its zero bytes; UTF-8,
which text in another encoding hardly ever is; what a web page declares; and Windows-1252, in which English
was written before UTF-8, if letters and marks then stand where English has them. A detector by statistics
was tried and left out: charset-normalizer reads quotation marks of old Macintosh files as "ØWe", and "café"
alone as Chinese.
"""

import codecs
import re

from pipelines.readers.documents import Document, Refusal
from pipelines.readers.fields import MARKUP_ROW, unpack_row
from pipelines.readers.markup import read_markup

__all__ = ["Document", "Refusal", "read_text"]

MAX_CHARACTERS = 1_000_000  # two long novels

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, with whose mark it begins
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

BINARY_FORMATS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP, as Word and OpenDocument files are",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "old Word",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"7z\xbc\xaf\x27\x1c": "7-Zip",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"PAR1": "Parquet",
    b"SQLite format 3\0": "SQLite",
}

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")  # but tab, line ends, vertical tab and form feed
MAX_CONTROL_SHARE = 0.01  # one in 800 articles of PolNeAR has a stray one; of random bytes it is 0.1
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")

DECLARED = re.compile(rb"""<meta\s[^<>]{0,500}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 4_096  # bytes; browsers look no further than 1,024
# What pages are written in, as Python names it. Other codecs it knows are no encoding of text, or slow.
WEB_ENCODINGS = ("utf-8", "cp125", "iso8859-", "koi8-", "mac-", "gb", "big5", "euc_", "shift_jis")
READ_AS = {"iso8859-1": "cp1252"}  # as all browsers do

# What Windows-1252 makes of other encodings, and English text has not. Its quotation marks, dashes and the
# ellipsis are not among the marks: these stand anywhere in news.
CAPITAL = "À-ÖØ-ÞŠŽŒŸ"
LETTER = "A-Za-zÀ-ÖØ-öø-ÿŠšŽžŒœŸ"
MARK = "€‚ƒ„†‡ˆ‰‹•˜™›¡-¬®-¿×÷"
MISPLACED = re.compile(
    f"[{LETTER}][{MARK}]+[{LETTER}]"  # "Wa³êsa" for Wałęsa
    "|€[“”˜™œ¦]"  # "€œno€" for “no”, a byte lost
    f"|[a-zà-öø-ÿ][{CAPITAL}©]"  # "mayorÕs" for mayor’s, "cafŽ" and "caf©" for café
    "|[A-Z0-9]Õs"  # "SUVÕs" for SUV’s
    f"|[,.?!][{CAPITAL}]"  # "bridge,Ó" for bridge,”
    f"|(?<![{LETTER}])[ÐÑÒÓÔÕ](?![{LETTER}])"  # "weeks Ð and" for weeks – and
    f"|[{LETTER}][‚„]"  # "caf‚" for café
)
MAX_FOREIGN_SHARE = 0.2  # of the characters; French has 0.04, Russian 0.8


def read_text(raw: bytes, media_type: str | None, text_field: str | None) -> Document | Refusal:
    """Return the text of a record, or why it has none; `text_field` names its field in a JSON row."""
    document = _decode(raw, media_type == "text/html") if text_field is None else _unpack(raw, text_field)
    if isinstance(document, Document):
        document = _check_characters(document)
    if isinstance(document, Document) and media_type in ("text/html", MARKUP_ROW):
        document = read_markup(document.text, document.encoding)
    if isinstance(document, Document) and len(document.text) > MAX_CHARACTERS:
        return Refusal("too_long", f"{len(document.text):,} characters, more than {MAX_CHARACTERS:,}")
    return document


def _check_characters(document: Document) -> Document | Refusal:
    """Refuse what is only white space, or holds characters that no text has."""
    text = document.text
    if not text.strip():
        return Refusal("empty", f"{len(text):,} characters of white space")
    if (zero := text.find("\0")) >= 0:
        return Refusal("binary", f"character U+0000 at character {zero:,}")
    control_count = len(CONTROL.findall(text))
    if control_count > MAX_CONTROL_SHARE * len(text):
        return Refusal("binary", f"{control_count:,} control characters in {len(text):,}")
    return document


def _unpack(raw: bytes, field: str) -> Document | Refusal:
    """Return the text in a field of a JSON row."""
    try:
        text = str(unpack_row(raw)[field])
    except ValueError as error:  # nested so deeply that it could just be read when the record was staged
        return Refusal("malformed_record", str(error))
    if found := LONE_SURROGATE.search(text):
        return Refusal("undecodable", f"field {field!r} is not UTF-8 at character {found.start():,}")
    return Document(text, "utf-8")


def _decode(raw: bytes, is_page: bool) -> Document | Refusal:
    """Return bytes as text, in the encoding that they are in."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return _decode_as(encoding, raw.removeprefix(mark))
    if utf16 := _find_utf16(raw):
        return _decode_as(utf16, raw)
    if binary := _find_binary(raw):
        return Refusal("binary", binary)
    document = _decode_as("utf-8", raw)
    if isinstance(document, Refusal):
        declared = _find_declared(raw) if is_page else None
        document = _decode_as(declared, raw) if declared else _decode_western(raw) or document
    return document


def _decode_as(encoding: str, raw: bytes) -> Document | Refusal:
    try:
        return Document(raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return Refusal("undecodable", f"not {encoding} at byte {error.start:,}; save the file as UTF-8")


def _find_utf16(raw: bytes) -> str | None:
    """Return UTF-16's name if in most pairs of bytes one is zero, always the same one, as in English."""
    start = raw[:10_000]
    first, second = start[0::2].count(0), start[1::2].count(0)
    most = max(len(start) // 4, 3)
    if second > most and first <= second // 100:
        return "utf-16-le"
    return "utf-16-be" if first > most and second <= first // 100 else None


def _find_binary(raw: bytes) -> str | None:
    """Say why these bytes are text in no encoding, if so."""
    for start, name in BINARY_FORMATS.items():
        if raw.startswith(start):
            return f"the file is {name}"
    zero = raw.find(0)
    return f"zero byte at byte {zero:,}" if zero >= 0 else None


def _find_declared(raw: bytes) -> str | None:
    """Return the encoding that a page declares, if pages are written in it."""
    declared = DECLARED.search(raw[:DECLARED_WITHIN])
    if declared is None:
        return None
    try:
        name = codecs.lookup(declared[1].decode()).name
    except (LookupError, UnicodeDecodeError):
        return None
    return READ_AS.get(name, name) if name.startswith(WEB_ENCODINGS) else None


def _decode_western(raw: bytes) -> Document | None:
    """Return the document in Windows-1252 if all of it looks like English news in that encoding."""
    if not raw.decode("utf-8", "ignore").isascii():
        return None  # UTF-8 with some bytes damaged
    document = _decode_as("cp1252", raw)
    if isinstance(document, Refusal) or MISPLACED.search(document.text):
        return None
    foreign_count = sum(not character.isascii() for character in document.text)
    return document if foreign_count <= MAX_FOREIGN_SHARE * len(document.text) else None
