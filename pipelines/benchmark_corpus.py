"""Make a large corpus of a small one, to measure what compares articles.

Every fourth article is a new report: an old one, half of its words replaced. The others are copies of the new
reports, as sites make them: as it is, a few words edited, the end cut off, the end of another article added.
How alike two of them are can be told exactly.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from random import Random
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pipelines.extraction import extract_step
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table
from pipelines.language.embedding import SCALE, WIDTH, Vectors
from pipelines.schemas import TABLES
from pipelines.shards import STAGING, Tables, belongs, count_shards, group_rows, make_tables, shard_name
from pipelines.text.quotations import find_quotations
from pipelines.text.shingles import Wording

COPIES = 3  # of a new report
EDITED = (0.0, 0.0, 0.005, 0.01, 0.02, 0.04, 0.08)  # shares of words; at 0.04 the resemblance falls to 0.7
FIRST_DAY = date(2026, 1, 1)
WORD = re.compile(r"[^\W\d_]{2,}")
NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)+")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """An article that nobody wrote."""

    path: str
    text: str
    published_on: date | None


def make_articles(texts: Sequence[str], count: int, seed: int = 0) -> Iterator[MadeArticle]:
    """Yield `count` articles made of `texts`: the same ones for the same seed."""
    chance = Random(seed)
    vocabulary = sorted({word for text in texts for word in WORD.findall(text)})
    report, day = "", FIRST_DAY
    for number in range(count):
        if number % (COPIES + 1) == 0:
            report = text = _replace_words(chance.choice(texts), 0.5, vocabulary, chance)
            day = FIRST_DAY + timedelta(chance.randrange(365))
        else:
            text = _copy(report, texts, vocabulary, chance)
        published_on = day + timedelta(chance.randrange(45)) if chance.random() < 0.9 else None
        yield MadeArticle(f"{number:07d}.txt", text, published_on)


def _copy(report: str, texts: Sequence[str], vocabulary: Sequence[str], chance: Random) -> str:
    copy = _replace_words(report, chance.choice(EDITED), vocabulary, chance)
    if chance.random() < 0.3:
        copy = copy[: round(len(copy) * chance.uniform(0.5, 1))]
    if chance.random() < 0.3:
        other = chance.choice(texts)
        copy += "\n\n" + other[-round(len(copy) * chance.uniform(0.05, 0.5)) :]
    return copy


def _replace_words(text: str, share: float, vocabulary: Sequence[str], chance: Random) -> str:
    if not share:
        return text
    return WORD.sub(
        lambda match: chance.choice(vocabulary) if chance.random() < share else match.group(), text
    )


def stage_articles(lake: Lake, articles: Iterable[MadeArticle]) -> None:
    """Put articles into the lake as staging would: as records of one batch."""
    rows = sorted((_make_record(article) for article in articles), key=lambda row: row["article_id"])
    shards = [shard_name(number, count_shards(len(rows))) for number in range(count_shards(len(rows)))]
    files = [
        lake.write(
            "records",
            "default",
            shard,
            make_table("records", [row for row in rows if belongs(row["article_id"], shard)]),
        )
        for shard in shards
    ]
    lake.commit(Commit(STAGING, "default", "", "made", [], {"landing_files": [], "records": files}))


def _make_record(article: MadeArticle) -> Row:
    raw = article.text.encode()
    return dict.fromkeys(TABLES["records"].schema.names) | {
        "article_id": make_id(article.path),
        "batch": "default",
        "path": article.path,
        "content_sha256": sha256(raw).digest(),
        "media_type": "text/plain",
        "raw": raw,
        "published_on": article.published_on,
    }


def pretend_to_extract(tables: Tables) -> Tables:
    """Find names by their capitals and take each quotation for a statement: in a hundredth of the time."""
    passages: dict[bytes, list[Row]] = group_rows(tables["passages"])
    rows: dict[str, list[Row]] = {table: [] for table in extract_step().writes}
    for article in tables["articles"].to_pylist():
        article_id, text = article["article_id"], article["text"]
        names = list(NAME.finditer(text))
        for name in names:
            start, end = name.span()
            place = {"mention_start": start, "mention_end": end, "mention_text": name.group()}
            row = {"article_id": article_id, "entity_type": "person", "name": name.group(), **place}
            rows["found_mentions"].append(row | {"mention_id": make_id(article_id.hex(), "mention", start)})
        paragraphs = [(row["passage_start"], row["passage_end"]) for row in passages.get(article_id, [])]
        for quotation in find_quotations(text, paragraphs):
            span = {"start": quotation.inner_start, "end": quotation.inner_end}
            speaker = next((name for name in reversed(names) if name.end() <= quotation.start), None)
            row = dict.fromkeys(TABLES["found_attributions"].schema.names) | {
                "attribution_id": make_id(article_id.hex(), "attribution", quotation.start),
                "article_id": article_id,
                "attribution_type": "direct",
                "content": [span],
                "content_text": text[quotation.inner_start : quotation.inner_end],
                "quoted": [span],
                "act": "statement",
                "is_negated": False,
                "speaker_name": speaker and speaker.group(),
                "speaker_type": speaker and "person",
                "confidence": 1.0,
            }
            rows["found_attributions"].append(row)
    return make_tables(rows)


def embed_roughly(texts: Sequence[str]) -> Vectors:
    """Return vectors that are alike for texts with the same words: no network could read so many in time."""
    vectors = np.zeros((len(texts), WIDTH), np.int8)
    for row, text in zip(vectors, texts, strict=True):
        words = WORD.findall(text.casefold())
        if words:
            total = np.sum([_direction(word) for word in words], axis=0, dtype=np.float64)
            row[:] = np.rint(total * (SCALE / max(1.0, float(np.linalg.norm(total)))))
    return vectors


@lru_cache(maxsize=1 << 16)
def _direction(word: str) -> Vectors:
    """Return a fixed direction of a word: the bits of digests of it, as 1 and -1."""
    bits = b"".join(sha256(f"{word} {number}".encode()).digest() for number in range(2))
    signs = np.unpackbits(np.frombuffer(bits, np.uint8)[: WIDTH // 8])
    return (2 * signs.astype(np.int8) - 1).astype(np.int8)


def find_alike(wordings: Sequence[Wording], least: float) -> set[tuple[int, int]]:
    """Return the pairs of wordings with a resemblance of `least` or more: what a search should find."""
    counts = [len(wording.distinct_runs) for wording in wordings]
    with duckdb.connect() as connection:
        runs = {
            "place": np.repeat(np.arange(len(counts)), counts),
            "run": np.concatenate([wording.distinct_runs for wording in wordings]),
        }
        connection.register("runs", pa.table(runs))
        shared = connection.execute("""
            select one.place, other.place, count(*)
            from runs as one
            inner join runs as other on one.run = other.run and one.place < other.place
            group by all
        """).fetchall()
    return {
        (one, other) for one, other, both in shared if both >= least * (counts[one] + counts[other] - both)
    }
