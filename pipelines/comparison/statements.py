"""Group the attributions of a story that render the same statement, and tell how the renderings differ.

Only stories that changed are compared: an article came, left or was read anew, or a name in it now stands for
another entity. Only what stands in a story of several articles is embedded, which costs about as much as to
extract it. Renderings of a single article are no group: an article repeats itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, groupby
from operator import itemgetter
from time import monotonic
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.comparison.memory import Memory, create_views, is_current, plan, recall, remember
from pipelines.ids import make_id
from pipelines.lake import Lake, make_table
from pipelines.language.embedding import Embed, embed_texts, embedder_version
from pipelines.lists import read_list
from pipelines.schemas import ID, TABLES
from pipelines.shards import (
    CHECKPOINT_SECONDS,
    EXTRACTION,
    LINKING,
    STORIES,
    Log,
    Progress,
    Tables,
    keep,
)
from pipelines.text.claims import split_claims
from pipelines.text.differences import (
    DifferenceLexicon,
    align,
    build_difference_lexicon,
    describe_difference,
    find_contradiction,
)
from pipelines.text.renderings import Claim, Voice, Wording, find_statements, measure_similarities
from pipelines.text.stems import read_words
from pipelines.versions import digest_step

STATEMENTS = "statements"
READS = {
    "stories": STORIES,
    "found_attributions": EXTRACTION,
    "entity_names": LINKING,
    "entities": LINKING,
}
WRITES = ("statement_groups", "statement_differences")
FEW_WORDINGS = 8  # are compared each with each; more of them with the one in their middle
FETCHED_ROWS = 10_000  # held at once

Row = dict[str, object]
Matrix = NDArray[np.float64]


def statements_version() -> str:
    """Return the version of the code that groups renderings."""
    return f"{digest_step(__name__, *WRITES)}-{embedder_version()}"


def group_statements(lake: Lake, log: Log, embed: Embed = embed_texts) -> None:
    """Bring `statement_groups` and `statement_differences` up to date with the stories in the lake.

    What was found is saved about once a minute, so that a killed run goes on.
    """
    comparison = plan(lake, STATEMENTS, statements_version(), READS)
    if is_current(lake, comparison):
        return
    memory = recall(lake, comparison)
    with duckdb.connect() as connection:
        create_views(connection, lake, comparison.files)
        create_voices(connection)
        wanted = find_fingerprints(connection)
        done = memory.find_unchanged(wanted)
        changed = wanted.keys() - done
        log(f"{STATEMENTS}: {len(changed):,} of {len(wanted):,} stories of several articles to compare")
        found = [{table: keep(rows, done, "story_id") for table, rows in memory.tables.items()}]
        progress, saved = Progress(STATEMENTS, len(changed), log), monotonic()
        for story, claims in read_stories(connection, changed, embed):
            found.append(compare_story(story, claims))
            done.add(story)
            progress.add(1)
            if monotonic() - saved > CHECKPOINT_SECONDS:
                fingerprints = {story: wanted[story] for story in done}
                remember(lake, replace(comparison, files={}), Memory(fingerprints, join_tables(found)))
                saved = monotonic()
    remember(lake, comparison, Memory(wanted, join_tables(found)))


def join_tables(found: Iterable[Tables]) -> Tables:
    """Return the rows of all stories as one table of each kind."""
    found = list(found)
    return {
        table: pa.concat_tables(
            [TABLES[table].schema.empty_table(), *(some[table] for some in found if table in some)]
        )
        for table in WRITES
    }


def create_voices(connection: duckdb.DuckDBPyConnection) -> None:
    """Say who speaks and who relays in each attribution of a story of several articles."""
    connection.execute("""
        create table shared_stories as
        select story_id, article_id
        from stories
        qualify count(*) over (partition by story_id) > 1
    """)
    connection.execute("""
        create table voices as
        select
            attribution_id,
            article_id,
            parent_attribution_id,
            content_text,
            speakers.entity_id as speaker_id,
            relayers.entity_id as relayed_by_id
        from found_attributions as found
        semi join shared_stories using (article_id)
        left join entity_names as speakers
            on speakers.name = found.speaker_name and speakers.entity_type = found.speaker_type
        left join entity_names as relayers
            on relayers.name = found.relayed_by_name and relayers.entity_type = found.relayed_by_type
    """)


def find_fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[bytes, str]:
    """Return for each story of several articles a digest of all that is compared in it."""
    rows = connection.execute("""
        with speaking as (
            select
                article_id,
                md5(string_agg(
                    concat_ws(
                        ' ', hex(attribution_id), hex(speaker_id), '-', hex(relayed_by_id), md5(content_text)
                    ),
                    ' '
                    order by attribution_id
                )) as digest
            from voices
            group by article_id
        )
        select
            story_id,
            md5(string_agg(concat_ws(' ', hex(article_id), digest), ' ' order by article_id))
        from shared_stories
        left join speaking using (article_id)
        group by story_id
    """)
    return dict(rows.fetchall())


def read_stories(
    connection: duckdb.DuckDBPyConnection, stories: Iterable[bytes], embed: Embed
) -> Iterator[tuple[bytes, list[Claim]]]:
    """Yield each of these stories with the claims in it."""
    connection.register("changed", pa.table({"story_id": pa.array(sorted(stories), ID)}))
    connection.execute("""
        select
            story_id,
            article_id,
            attribution_id,
            parent_attribution_id,
            content_text,
            speaker_id,
            speakers.entity_type,
            relayed_by_id,
            relayers.entity_type
        from shared_stories
        semi join changed using (story_id)
        inner join voices using (article_id)
        left join entities as speakers on speakers.entity_id = speaker_id
        left join entities as relayers on relayers.entity_id = relayed_by_id
        order by story_id
    """)
    for story_id, rows in groupby(_fetch(connection), itemgetter(0)):
        yield story_id, read_claims(rows, embed)


def _fetch(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := connection.fetchmany(FETCHED_ROWS):
        yield from rows


def read_claims(rows: Iterable[tuple[Any, ...]], embed: Embed) -> list[Claim]:
    """Return the claims that the attributions of a story make; one of a single word makes none."""
    made = [(row, text) for row in rows for text in split_claims(row[4])]
    texts = sorted({text for _, text in made})
    vectors = dict(zip(texts, embed(texts), strict=True))
    claims = []
    for (_, article_id, attribution_id, parent_id, _, *voices), text in made:
        speaker, relayer = (Voice(*voice) if voice[0] else None for voice in (voices[:2], voices[2:]))
        named = () if speaker is None else (speaker,) if relayer is None else (speaker, relayer)
        vector = vectors[text].tobytes()
        claims.append(Claim(article_id, attribution_id, parent_id, text, vector, named))
    return claims


def compare_story(story: bytes, claims: Sequence[Claim]) -> Tables:
    """Return the rows of a story: what is said again in it."""
    lexicon = _lexicon()
    groups: list[Row] = []
    differences: list[Row] = []
    for wordings in find_statements(claims, lexicon.words):
        group = {"statement_group_id": name_group(wordings), "story_id": story}
        similarities = measure_similarities(wordings)
        groups += [group | row for row in describe_members(wordings, similarities)]
        differences += [group | row for row in describe_differences(wordings, similarities, lexicon)]
    return {
        "statement_groups": make_table("statement_groups", groups),
        "statement_differences": make_table("statement_differences", differences),
    }


@cache
def _lexicon() -> DifferenceLexicon:
    return build_difference_lexicon(read_list)


def name_group(wordings: Iterable[Wording]) -> bytes:
    """Return an id made from the first attribution and what it says."""
    attribution_id, text = min((wording.places[0][1], wording.text) for wording in wordings)
    return make_id("statement_group", attribution_id.hex(), text)


def describe_members(wordings: Sequence[Wording], similarities: Matrix) -> Iterator[Row]:
    """Yield a row for each attribution, with how alike it is to the others."""
    averages = average_others(similarities)
    best: dict[bytes, float] = {}
    for wording, average in zip(wordings, averages, strict=True):
        for _, attribution_id in wording.places:
            best[attribution_id] = max(average, best.get(attribution_id, 0.0))
    for attribution_id, similarity in best.items():
        yield {"attribution_id": attribution_id, "similarity": similarity}


def average_others(similarities: Matrix) -> list[float]:
    """Return for each wording how alike it is to the others on average; 1 where there is no other."""
    others = max(1, len(similarities) - 1)
    return [
        round((row.sum() - row[i]) / others, 4) if len(row) > 1 else 1.0 for i, row in enumerate(similarities)
    ]


def describe_differences(
    wordings: Sequence[Wording], similarities: Matrix, lexicon: DifferenceLexicon
) -> Iterable[Row]:
    """Return a row for each two attributions that say it in different words, small words apart."""
    words = [read_words(wording.text, lexicon.words) for wording in wordings]
    rows: dict[tuple[bytes, bytes], Row] = {}
    for pair in choose_pairs(similarities):
        places = find_places(*(wordings[number] for number in pair))
        if places is None:
            continue
        (attribution_id, one), (other_attribution_id, other) = sorted(zip(places, pair, strict=True))
        steps = align(words[one], words[other])
        if difference := describe_difference(steps, lexicon):
            row: Row = {
                "attribution_id": attribution_id,
                "other_attribution_id": other_attribution_id,
                "similarity": float(similarities[one, other]),
                "difference": difference,
                "contradiction": find_contradiction(steps, lexicon),
            }
            rows.setdefault((attribution_id, other_attribution_id), row)
    return rows.values()


def choose_pairs(similarities: Matrix) -> list[tuple[int, int]]:
    """Return the pairs of wordings to compare: all of a few, of many each with the one in their middle."""
    count = len(similarities)
    if count <= FEW_WORDINGS:
        return list(combinations(range(count), 2))
    middle = int(similarities.sum(0).argmax())
    return [(middle, number) for number in range(count) if number != middle]


def find_places(one: Wording, other: Wording) -> tuple[bytes, bytes] | None:
    """Return the first attributions of two wordings that stand in different articles."""
    return next(
        (
            (attribution_id, other_id)
            for article_id, attribution_id in one.places
            for other_article_id, other_id in other.places
            if article_id != other_article_id
        ),
        None,
    )
