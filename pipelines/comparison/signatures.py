"""Reduce each article to what it is compared with others by: digests of its words, meaning of its opening.

What runs through an article counts (title, subheadings, body); captions, links and notices are the outlet's.
"""

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from pipelines.language.embedding import Embed, embed_texts, embedder_version
from pipelines.shards import CLEANING, EXTRACTION, SIGNING, Step, Tables, group_rows, make_tables
from pipelines.text.passages import READ_PASSAGE_TYPES
from pipelines.text.shingles import digest_sentences, find_bands, read_wording
from pipelines.text.story_similarity import find_days
from pipelines.versions import digest_step

OPENING_WORDS = 150  # the sentence that reaches them is the last: about as much as the network reads

Row = dict[str, Any]
Span = tuple[int, int]


@cache
def sign_step() -> Step:
    """Return the step: articles and the names found in them in, a signature each out."""
    writes = ("article_signatures",)
    return Step(
        name=SIGNING,
        reads={
            "articles": ["article_id", "text", "title", "published_on"],
            "passages": ["article_id", "passage_start", "passage_end", "passage_type"],
            "sentences": ["article_id", "sentence_start", "sentence_end"],
            "found_mentions": ["article_id", "mention_start", "name"],
        },
        writes=writes,
        version=f"{digest_step(__name__, *writes)}-{embedder_version()}",
        run=partial(sign_articles, embed=embed_texts),
        input_steps=(CLEANING, EXTRACTION),
    )


def sign_articles(tables: Tables, embed: Embed) -> Tables:
    """Return the signatures of articles."""
    found: dict[str, dict[bytes, list[Row]]] = {
        table: group_rows(rows) for table, rows in tables.items() if table != "articles"
    }
    signatures = []
    for article in tables["articles"].to_pylist():
        parts = {table: groups.get(article["article_id"], []) for table, groups in found.items()}
        signatures.append(sign_article(article, parts, embed))
    return make_tables({"article_signatures": signatures})


def sign_article(article: Row, parts: dict[str, list[Row]], embed: Embed) -> Row:
    """Return the signature of one article."""
    sentences = find_spans(parts["sentences"], "sentence")
    wording = read_wording(article["text"], find_running(parts["passages"]))
    opening, opening_end = find_opening(article["text"], article["title"], sentences)
    names = find_first_mentions(parts["found_mentions"])
    return {
        "article_id": article["article_id"],
        "published_on": article["published_on"],
        "word_count": len(wording.words),
        "bands": find_bands(wording),
        "sentence_digests": digest_sentences(wording, sentences),
        "names": list(names),
        "opening_name_count": sum(start < opening_end for start in names.values()),
        "days": find_days(opening),
        "vector": embed([opening])[0].tobytes(),
    }


def find_spans(rows: Iterable[Row], what: str) -> list[Span]:
    """Return the places of passages or sentences, in order."""
    return sorted((row[f"{what}_start"], row[f"{what}_end"]) for row in rows)


def find_running(passages: Iterable[Row]) -> list[Span]:
    """Return the places of the passages that run through an article, in order."""
    return find_spans((row for row in passages if row["passage_type"] in READ_PASSAGE_TYPES), "passage")


def find_opening(text: str, title: str | None, sentences: Iterable[Span]) -> tuple[str, int]:
    """Return the title with the first sentences, and where in `text` they end."""
    parts: list[str] = []
    words = opening_end = 0
    for start, end in sentences:
        parts.append(text[start:end])
        words += len(parts[-1].split())
        opening_end = end
        if words >= OPENING_WORDS:
            break
    opening = " ".join(parts)
    if title and title not in opening:  # it came from beside the text
        opening = f"{title}. {opening}"
    return opening, opening_end


def find_first_mentions(mentions: Iterable[Row]) -> dict[str, int]:
    """Return each name with the place where it first stands, in that order."""
    places: dict[str, int] = {}
    for row in sorted(mentions, key=lambda row: (row["mention_start"], row["name"])):
        places.setdefault(row["name"], row["mention_start"])
    return places
