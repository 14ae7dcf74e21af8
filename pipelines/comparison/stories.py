"""Group articles that tell of one event into stories, and stories that go on from one another into topics.

The reports of the call of 30 December are a story, those of the call of 7 December another of the same topic.
A group is built anew only if one of its articles has changed, or if one that changed can reach it over pairs
that are alike enough to join. Nothing that decides of any other group has changed, so it stays what grouping
everything would make of it.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.comparison.article_pairs import (
    MOST_DAYS,
    NO_DATE,
    READ_COLUMNS,
    Ints,
    Mask,
    Pairs,
    Signatures,
    read_pairs,
    update_pairs,
    write_pairs,
)
from pipelines.comparison.memory import Memory, is_current, plan, recall, remember
from pipelines.ids import make_id
from pipelines.lake import Lake
from pipelines.schemas import ID, TABLES
from pipelines.shards import SIGNING, STORIES, Log, Tables
from pipelines.text.clusters import UNIT, find_groups
from pipelines.text.story_similarity import weigh_as_event
from pipelines.versions import digest_step

STATE = f"{SIGNING}_state"
READS = {"article_signatures": SIGNING, STATE: SIGNING}
WRITES = ("article_pairs", "stories")

NOT_ALIKE = 0.5  # weights count from here: a pair too little alike to be kept is as if it had this
# Chosen by reading 64 of the likelier pairs of 840 articles on one election: of the 19 that share a story,
# 14 tell of one event or of two stages of it; of the 4 that a threshold of 0.62 would add, 1.
STORY = 0.64
STORY_DAYS = 3  # an event is reported on the same day and the next, and commented on for two more
TOPIC = 0.6  # of that election the largest topics have 6 articles: a primary and what it means for the next


def stories_version() -> str:
    """Return the version of the code that groups articles."""
    return digest_step(__name__, *WRITES)


def group_stories(lake: Lake, log: Log) -> None:
    """Bring `article_pairs` and `stories` up to date with the signatures in the lake."""
    comparison = plan(lake, STORIES, stories_version(), READS)
    if is_current(lake, comparison):
        return
    memory = recall(lake, comparison)
    states = lake.read(comparison.files[STATE], STATE).to_pydict()
    wanted = dict(zip(states["article_id"], states["fingerprint"], strict=True))
    signatures = Signatures(
        lake.read(comparison.files["article_signatures"], "article_signatures", READ_COLUMNS)
    )
    tables = compare_articles(signatures, memory, memory.find_unchanged(wanted))
    log(f"{STORIES}: {len(signatures):,} articles, {len(tables['article_pairs']):,} pairs")
    remember(lake, comparison, Memory(wanted, tables))


def compare_articles(signatures: Signatures, memory: Memory, unchanged: set[bytes]) -> Tables:
    """Return `article_pairs` and `stories`, compared again only where an article is not `unchanged`."""
    changed = ~signatures.find(unchanged)
    before = {name: memory.tables.get(name, TABLES[name].schema.empty_table()) for name in WRITES}
    pairs, active = update_pairs(signatures, read_pairs(before["article_pairs"], signatures), changed)
    places = signatures.place(before["stories"]["article_id"])
    stories, active = group_articles(
        signatures, pairs, Groups.read(places, before["stories"]["story_id"]), active
    )
    topics = group_topics(
        signatures, pairs, stories, Groups.read(places, before["stories"]["topic_id"]), active
    )
    return {
        "article_pairs": write_pairs(pairs, signatures),
        "stories": write_stories(signatures, pairs, stories, topics),
    }


@dataclass(frozen=True, slots=True)
class Groups:
    """Which articles were in which group; one that is gone is one past the last."""

    places: Ints
    numbers: Ints  # of the group, for each of `places`

    @classmethod
    def read(cls, places: Ints, group_ids: pa.ChunkedArray) -> "Groups":
        """Return the groups that `group_ids` tell apart."""
        numbers = group_ids.combine_chunks().dictionary_encode().indices
        return cls(places, np.asarray(numbers, np.int64))

    def reach(self, active: Mask) -> Mask:
        """Return `active`, with all that were in a group with one of them or with one that is gone."""
        reached = np.append(active, True)
        touched = np.zeros(self.numbers.max(initial=-1) + 1, bool)
        touched[self.numbers[reached[self.places]]] = True
        reached[self.places[touched[self.numbers]]] = True
        return reached[:-1]

    def find_first(self, count: int) -> Ints:
        """Return for each of `count` articles the earliest one of its group."""
        first = np.full(self.numbers.max(initial=-1) + 1, count)
        np.minimum.at(first, self.numbers, self.places)
        firsts = np.arange(count + 1)
        firsts[self.places] = first[self.numbers]
        return firsts[:-1]


def group_articles(signatures: Signatures, pairs: Pairs, before: Groups, active: Mask) -> tuple[Ints, Mask]:
    """Return the first article of each article's story, and the articles that were grouped anew."""
    pairs = pairs.choose(pairs.days_apart <= STORY_DAYS)
    return regroup(
        (pairs.one, pairs.other, weigh_pairs(pairs)),
        STORY - NOT_ALIKE,
        days=signatures.days,
        widest=STORY_DAYS,
        before=before.find_first(len(signatures)),
        active=before.reach(active),
    )


def group_topics(signatures: Signatures, pairs: Pairs, stories: Ints, before: Groups, active: Mask) -> Ints:
    """Return the first article of each article's topic: stories alike on average, whatever their days."""
    one, other = stories[pairs.one], stories[pairs.other]
    one, other = np.minimum(one, other), np.maximum(one, other)
    apart = one != other
    ends, inverse = np.unique(one[apart] * len(stories) + other[apart], return_inverse=True)
    one, other = np.divmod(ends, max(len(stories), 1))
    sizes = np.bincount(stories, minlength=len(stories))
    weights = add_up(inverse, (pairs.similarity - NOT_ALIKE)[apart], len(ends)) / (sizes[one] * sizes[other])
    active_stories = np.zeros(len(stories), bool)
    active_stories[stories[before.reach(active)]] = True
    topics, _ = regroup(
        (one, other, weights),
        TOPIC - NOT_ALIKE,
        days=signatures.days,
        widest=MOST_DAYS,
        before=before.find_first(len(signatures)),
        active=active_stories,
    )
    return topics[stories]


def regroup(
    pairs: tuple[Ints, Ints, NDArray[np.float64]],
    threshold: float,
    *,
    days: Ints,
    widest: int,
    before: Ints,
    active: Mask,
) -> tuple[Ints, Mask]:
    """Return the first member of each thing's group, and what was grouped anew.

    That is what is `active`, and all that it can reach over pairs at the threshold; the rest is as `before`.
    """
    one, other, weights = pairs
    may_join = weights > threshold - 1 / UNIT  # grouping rounds to the nearest
    active = spread(active, one[may_join], other[may_join])
    inside = active[one] & active[other]
    dated = np.flatnonzero(active & (days != NO_DATE))
    groups = find_groups(
        zip(one[inside].tolist(), other[inside].tolist(), weights[inside].tolist(), strict=True),
        threshold,
        dict(zip(dated.tolist(), days[dated].tolist(), strict=True)),
        widest,
    )
    firsts = np.where(active, np.arange(len(days)), before)
    for group in groups:
        firsts[group] = group[0]
    return firsts, active


def spread(active: Mask, one: Ints, other: Ints) -> Mask:
    """Return all that can be reached from what is active."""
    active = active.copy()
    while len(reaching := np.flatnonzero(active[one] != active[other])):
        active[one[reaching]] = active[other[reaching]] = True
    return active


def weigh_pairs(pairs: Pairs) -> NDArray[np.float64]:
    """Return how much more likely than a pair that was not kept each tells of one event."""
    return weigh_as_event(pairs.similarity, pairs.days_apart, pairs.same_day) - NOT_ALIKE


def add_up(places: Ints, weights: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return the sum of the weights at each place: of whole numbers, so that their order is nothing to it."""
    return np.bincount(places, np.rint(weights * UNIT), minlength=count) / UNIT


def write_stories(signatures: Signatures, pairs: Pairs, stories: Ints, topics: Ints) -> pa.Table:
    """Return the rows of `stories`."""
    pairs = pairs.choose(stories[pairs.one] == stories[pairs.other])
    weights = weigh_pairs(pairs)
    totals = add_up(pairs.one, weights, len(stories)) + add_up(pairs.other, weights, len(stories))
    others = np.bincount(stories, minlength=len(stories))[stories] - 1
    similarity = np.where(others, np.clip(totals / np.maximum(others, 1) + NOT_ALIKE, 0, 1), 1)
    columns = [
        make_group_ids("story", signatures, stories),
        signatures.ids,
        pa.array(similarity),
        make_group_ids("topic", signatures, topics),
    ]
    return pa.Table.from_arrays(columns, schema=TABLES["stories"].schema)


def make_group_ids(kind: str, signatures: Signatures, firsts: Ints) -> pa.Array:
    """Return the id of each article's group, from the id of the group's first article."""
    places, inverse = np.unique(firsts, return_inverse=True)
    ids = [make_id(kind, article.hex()) for article in signatures.ids.take(pa.array(places)).to_pylist()]
    return pa.array(ids, ID).take(pa.array(inverse))
