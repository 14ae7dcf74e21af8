"""Turn raw records into articles: decode them, refuse what is no English article, mark what each stretch is.

Nothing is cut or rewritten. What the sidecar says of an article counts before what its file says, that before
its markup and its text, and last comes a date in the name of its file.
"""

import re
from datetime import date
from functools import cache
from typing import Any

from pipelines.lists import read_list
from pipelines.readers import Given
from pipelines.readers.decoding import Document, Refusal, read_text
from pipelines.schemas import GIVEN, TABLES
from pipelines.shards import CLEANING, STAGING, Step, Tables, make_tables
from pipelines.text.languages import find_language
from pipelines.text.metadata import Metadata, find_metadata
from pipelines.text.passages import PassageLexicon, build_passage_lexicon, find_passages
from pipelines.text.sentences import SentenceLexicon, build_sentence_lexicon, find_sentences
from pipelines.versions import digest_step

GIVEN_NAMES = tuple(column.name for column in GIVEN)
PATH_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./](\d\d)[-_./](\d\d)(?!\d)")
ADDRESS = ("article_id", "batch", "path", "record", "content_sha256")

Row = dict[str, Any]


@cache
def clean_step() -> Step:
    """Return the step: records in; articles, refusals, passages and sentences out."""
    writes = ("articles", "rejected_articles", "passages", "sentences")
    return Step(
        name=CLEANING,
        reads={"records": TABLES["records"].schema.names},
        writes=writes,
        version=digest_step(__name__, *writes),
        run=clean_records,
        input_steps=(STAGING,),
    )


def clean_records(tables: Tables) -> Tables:
    """Return the articles among `records`, their passages and sentences, and the refusals with reasons."""
    rows: dict[str, list[Row]] = {table: [] for table in clean_step().writes}
    for record in tables["records"].to_pylist():
        for table, found in clean_record(record).items():
            rows[table] += found
    return make_tables(rows)


def clean_record(record: Row) -> dict[str, list[Row]]:
    """Return the rows of one record: of `articles`, `passages` and `sentences`, or of `rejected_articles`."""
    if record["reason"]:
        return _refuse(record, Refusal(record["reason"], record["detail"]))
    document = read_text(record["raw"], record["media_type"], record["text_field"])
    if isinstance(document, Refusal):
        return _refuse(record, document)
    language = find_language(document.text)
    if language not in ("en", None):
        return _refuse(record, Refusal("not_english", f"language {language}"))
    return _mark(record, document, language)


def _refuse(record: Row, refusal: Refusal) -> dict[str, list[Row]]:
    row = {name: record[name] for name in ADDRESS} | {"reason": refusal.reason, "detail": refusal.detail}
    return {"rejected_articles": [row]}


def _mark(record: Row, document: Document, language: str | None) -> dict[str, list[Row]]:
    """Return the rows of an accepted article."""
    text, article_id = document.text, record["article_id"]
    passages = find_passages(text, _passage_lexicon())
    sentences = find_sentences(text, passages, _sentence_lexicon())
    article = {name: record[name] for name in (*ADDRESS, "media_type")} | {
        "encoding": document.encoding,
        "text": text,
        "language": language,
        **_describe(record, document, find_metadata(text, passages, _passage_lexicon())),
    }
    return {
        "articles": [article],
        "passages": [
            {"article_id": article_id, "passage_number": number, "passage_start": passage.start,
             "passage_end": passage.end, "passage_type": passage.passage_type}
            for number, passage in enumerate(passages)
        ],
        "sentences": [
            {"article_id": article_id, "sentence_number": number, "passage_number": sentence.passage_number,
             "sentence_start": sentence.start, "sentence_end": sentence.end}
            for number, sentence in enumerate(sentences)
        ],
    }  # fmt: skip


def _describe(record: Row, document: Document, metadata: Metadata) -> Row:
    """Return title, publisher, date …, each from the first that says it, and who said it."""
    given = Given(basis=record["given_basis"])

    def find(name: str) -> tuple[Any, str | None]:
        said = [
            (record.get(name), given.basis_of(name)),
            (getattr(document, name, None), "markup"),
            (getattr(metadata, name, None), "text"),
            (find_path_date(record) if name == "published_on" else None, "file"),
        ]
        return next(((value, basis) for value, basis in said if value is not None), (None, None))

    description = {name: find(name)[0] for name in (*GIVEN_NAMES, "wire", "dateline")}
    bases = {"title_basis": "title", "publisher_basis": "publisher", "published_basis": "published_on"}
    return description | {basis: find(name)[1] for basis, name in bases.items()}


def find_path_date(record: Row) -> date | None:
    """Return the date in the path of a file of one article: "post_2016-03-10.txt", "2016/03/10/a.txt"."""
    found = PATH_DATE.search(record["path"]) if record["record"] is None else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:  # 2016-02-31
        return None


@cache
def _passage_lexicon() -> PassageLexicon:
    return build_passage_lexicon(
        read_list("boilerplate_phrases"),
        read_list("wires"),
        read_list("outlets"),
        read_list("dateline_places"),
    )


@cache
def _sentence_lexicon() -> SentenceLexicon:
    return build_sentence_lexicon(read_list("abbreviations"), read_list("sentence_openers"))
