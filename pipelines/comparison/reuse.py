"""Find the pairs of articles that share running text: duplicates, near-duplicates, copied passages.

Two articles are compared word by word if they share a band of their signatures or a sentence and were
published within a month of each other. Whether a pair is compared, and what comes of it, depends on the two
alone and on which of their digests are crowded; their fingerprints say all that, so a pair of unchanged
articles is as it was.
"""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from pipelines.comparison.memory import Memory, create_views, is_current, plan, recall, remember
from pipelines.lake import Lake, make_table
from pipelines.schemas import ID
from pipelines.shards import CLEANING, SIGNING, Log, keep
from pipelines.text.passages import READ_PASSAGE_TYPES
from pipelines.text.shingles import find_reuse_between, read_wording
from pipelines.versions import digest_step

REUSE = "reuse"
READS = {
    "article_signatures": SIGNING,
    f"{SIGNING}_state": SIGNING,
    "articles": CLEANING,
    "passages": CLEANING,
}
WRITES = ("text_reuse",)
DAYS_APART = 30  # copy is reprinted within days, by magazines within weeks; an unknown date may be any
CROWDED_BAND = 1_000  # articles; pairs grow with the square, and so many sites do not carry one text
CROWDED_SENTENCE = 100  # articles; it is a standing notice: "The campaign did not respond to a request …"
BLOCK_PAIRS = 5_000  # compared at once: the wording of their articles is held, 25 kB each

Pair = tuple[int, int]  # numbers of two articles in the order of their ids, the smaller one first


def reuse_version() -> str:
    """Return the version of the code that finds shared text."""
    return digest_step(__name__, *WRITES)


def find_reuse(lake: Lake, log: Log) -> None:
    """Bring `text_reuse` up to date with the signatures in the lake."""
    comparison = plan(lake, REUSE, reuse_version(), READS)
    if is_current(lake, comparison):
        return
    memory = recall(lake, comparison)
    with duckdb.connect() as connection:
        create_views(connection, lake, comparison.files)
        _number_articles(connection)
        _find_keys(connection)
        wanted = _find_fingerprints(connection)
        unchanged = memory.find_unchanged(wanted)
        pairs = _find_pairs(connection, wanted.keys() - unchanged)
        log(f"{REUSE}: {len(wanted) - len(unchanged):,} articles changed, {len(pairs):,} pairs to compare")
        found = make_table("text_reuse", _compare(connection, pairs))
    kept = [keep(table, unchanged, "article_id", "other_article_id") for table in memory.tables.values()]
    remember(lake, comparison, Memory(wanted, {"text_reuse": pa.concat_tables([found, *kept])}))


def _number_articles(connection: duckdb.DuckDBPyConnection) -> None:
    """Number the articles in the order of their ids: joins of numbers are faster than of 16 bytes."""
    connection.execute("""
        create table numbered as
        select
            row_number() over (order by article_id) as number,
            article_id,
            published_on,
            bands,
            sentence_digests,
            fingerprint
        from article_signatures
        inner join sign_state using (article_id)
    """)


def _find_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Say what makes two articles a pair to compare, and which of that too many articles have."""
    connection.execute(f"""
        create table keys as
        select number, unnest(bands) as key, {CROWDED_BAND} as most
        from numbered
        union all
        select number, unnest(sentence_digests), {CROWDED_SENTENCE}
        from numbered
    """)
    connection.execute(
        "create table crowded as select key from keys group by key having count(*) > min(most)"
    )


def _find_fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[bytes, str]:
    """Return for each article a digest of what was read to sign it, and which of its keys are crowded."""
    rows = connection.execute("""
        with crowded_keys as (
            select number, md5(string_agg(key, ' ' order by key)) as digest
            from keys
            semi join crowded using (key)
            group by number
        )
        select article_id, concat_ws('-', fingerprint, digest)
        from numbered
        left join crowded_keys using (number)
    """)
    return dict(rows.fetchall())


def _find_pairs(connection: duckdb.DuckDBPyConnection, changed: set[bytes]) -> list[Pair]:
    """Return the pairs with a key in common that is not crowded, a changed article in each.

    Pairs that belong together come one after the other, so that an article is seldom read twice.
    """
    connection.register("changed_ids", pa.table({"article_id": pa.array(sorted(changed), ID)}))
    return connection.execute(f"""
        with sought as (
            select keys.number, key, published_on
            from keys
            inner join numbered using (number)
            semi join changed_ids using (article_id)
            anti join crowded using (key)
        ),
        pairs as (
            select distinct
                least(sought.number, other.number) as one,
                greatest(sought.number, other.number) as two
            from sought
            inner join keys as other on sought.key = other.key and sought.number != other.number
            inner join numbered on numbered.number = other.number
            where coalesce(abs(sought.published_on - numbered.published_on) <= {DAYS_APART}, true)
        ),
        leaders as (
            select two as one, min(one) as leader
            from pairs
            group by two
        )
        select one, two
        from pairs
        left join leaders using (one)
        order by coalesce(leader, one), one, two
    """).fetchall()


def _compare(connection: duckdb.DuckDBPyConnection, pairs: list[Pair]) -> Iterator[dict[str, object]]:
    """Yield the rows of the pairs that do share running text."""
    for first in range(0, len(pairs), BLOCK_PAIRS):
        block = pairs[first : first + BLOCK_PAIRS]
        articles = _read_articles(connection, {number for pair in block for number in pair})
        wordings = {number: read_wording(text, running) for number, (_, text, running) in articles.items()}
        for one, other in block:
            if reuse := find_reuse_between(wordings[one], wordings[other]):
                yield {
                    "article_id": articles[one][0],
                    "other_article_id": articles[other][0],
                    "shared_share": reuse.shared_share,
                    "reuse_type": reuse.reuse_type,
                }


def _read_articles(
    connection: duckdb.DuckDBPyConnection, numbers: set[int]
) -> dict[int, tuple[bytes, str, list[tuple[int, int]]]]:
    """Return id, text and running passages of each of these articles."""
    connection.register("wanted", pa.table({"number": pa.array(sorted(numbers), pa.int64())}))
    rows = connection.execute(f"""
        with chosen as (
            select number, article_id
            from numbered
            semi join wanted using (number)
        ),
        running as (
            select number, list((passage_start, passage_end) order by passage_number) as spans
            from passages
            inner join chosen using (article_id)
            where passage_type in {READ_PASSAGE_TYPES}
            group by number
        )
        select number, article_id, text, coalesce(spans, [])
        from articles
        inner join chosen using (article_id)
        left join running using (number)
    """)
    return {number: (article_id, text, spans) for number, article_id, text, spans in rows.fetchall()}
