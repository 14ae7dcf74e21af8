"""Stories are the articles on one event, topics the stories that go on from one another."""

import math
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.comparison import article_pairs
from pipelines.comparison.article_pairs import READ_COLUMNS, Signatures
from pipelines.comparison.memory import Memory
from pipelines.comparison.stories import WRITES, compare_articles, group_stories
from pipelines.ids import make_id
from pipelines.lake import Commit, Lake, make_table, sort_rows
from pipelines.schemas import TABLES
from pipelines.shards import SIGNING, STORIES, Tables
from pipelines.text.story_similarity import find_days, shorten_name

FIRST_DAY = date(2022, 3, 1)


@dataclass(frozen=True)
class Article:
    """An article in a test: its opening has its names in capitals; `meaning` is an angle in degrees.

    Two openings are as alike in meaning as the cosine between their angles.
    """

    address: str
    opening: str
    meaning: int
    day: int | None = None  # from the first day
    more_names: tuple[str, ...] = field(default=())

    @property
    def article_id(self) -> bytes:
        return make_id(self.address)

    @property
    def names(self) -> list[str]:
        named = [word.strip(".,’s").title() for word in self.opening.split() if word[:2].isupper()]
        return list(dict.fromkeys([*named, *self.more_names]))

    def sign(self) -> dict[str, object]:
        """Return its row of `article_signatures`."""
        vector = np.zeros(384, np.int8)
        vector[:2] = np.rint(
            127 * np.array([math.cos(math.radians(self.meaning)), math.sin(math.radians(self.meaning))])
        )
        return {
            "article_id": self.article_id,
            "published_on": None if self.day is None else FIRST_DAY + timedelta(self.day),
            "word_count": 100,
            "bands": [],
            "sentence_digests": [],
            "names": self.names,
            "opening_name_count": len(self.names) - len(self.more_names),
            "days": find_days(self.opening),
            "vector": vector.tobytes(),
        }


CALL = [
    Article("call/wire", "On Thursday OKOYE warned ROSSI of sanctions over DELTA.", 0, 21, ("Lagos",)),
    Article("call/daily", "ROSSI, told by OKOYE on Thursday of sanctions, spoke of DELTA.", 20, 22),
    Article(
        "call/weekly", "Thursday’s call of OKOYE and ROSSI ended after an hour.", 35, 22, ("Delta", "Lagos")
    ),
]
EARLIER_CALL = [
    Article("earlier/wire", "OKOYE threatened ROSSI on Tuesday.", 45, 1, ("Delta", "Accra")),
    Article("earlier/daily", "In Tuesday’s call ROSSI heard threats from OKOYE.", 60, 2, ("Accra", "Lagos")),
]
MATCH = Article("match", "UNITED beat ROVERS on Thursday.", 80, 21)


def compare(
    articles: list[Article], memory: Memory | None = None, unchanged: set[bytes] | None = None
) -> Tables:
    """Return what is found among `articles`, in the order in which it is written."""
    rows = pa.Table.from_pylist([a.sign() for a in articles], TABLES["article_signatures"].schema)
    tables = compare_articles(Signatures(rows.select(READ_COLUMNS)), memory or Memory(), unchanged or set())
    return {name: sort_rows(table) for name, table in tables.items()}


def find_groups(articles: list[Article], column: str = "story_id") -> list[list[str]]:
    """Return the addresses of each story, or topic."""
    addresses = {article.article_id: article.address for article in articles}
    groups: dict[bytes, list[str]] = {}
    for row in compare(articles)["stories"].to_pylist():
        groups.setdefault(row[column], []).append(addresses[row["article_id"]])
    return sorted(sorted(group) for group in groups.values())


def undated(articles: list[Article]) -> list[Article]:
    return [Article(a.address, a.opening, a.meaning, None, a.more_names) for a in articles]


@pytest.mark.parametrize("dated", [True, False])
def test_reports_of_two_calls_are_two_stories_of_one_topic(dated: bool) -> None:
    articles = [*CALL, *EARLIER_CALL, MATCH]
    articles = articles if dated else undated(articles)
    stories = [["call/daily", "call/weekly", "call/wire"], ["earlier/daily", "earlier/wire"], ["match"]]
    assert find_groups(articles) == stories
    assert find_groups(articles, "topic_id") == [sorted(stories[0] + stories[1]), ["match"]]


def test_a_group_is_named_after_its_earliest_article() -> None:
    rows = compare([*CALL, *EARLIER_CALL])["stories"].to_pylist()
    first, earliest = CALL[0].article_id.hex(), EARLIER_CALL[0].article_id.hex()
    assert {row["story_id"] for row in rows} == {make_id("story", first), make_id("story", earliest)}
    assert {row["topic_id"] for row in rows} == {make_id("topic", earliest)}


def test_an_article_alone_is_a_story() -> None:
    assert compare([MATCH])["stories"].to_pylist() == [
        {
            "story_id": make_id("story", MATCH.article_id.hex()),
            "article_id": MATCH.article_id,
            "similarity": 1.0,
            "topic_id": make_id("topic", MATCH.article_id.hex()),
        }
    ]


def test_no_articles_have_no_stories() -> None:
    assert [len(table) for table in compare([]).values()] == [0, 0]


def test_a_column_of_every_week_is_no_story_but_a_topic_for_a_month() -> None:
    weekly = [
        Article(f"week/{week}", "This Monday OKOYE writes of gardens.", 0, 7 * week) for week in range(8)
    ]
    assert len(find_groups(weekly)) == 8
    assert [len(topic) for topic in find_groups(weekly, "topic_id")] in ([4, 4], [5, 3], [3, 5])


def test_other_people_make_another_story() -> None:
    here, there = (Article(who, f"{who} resigned on Friday.", 0, 3) for who in ("OKOYE", "ROSSI"))
    assert find_groups([here, there]) == [["OKOYE"], ["ROSSI"]]


def test_the_same_people_in_another_matter_make_another_story() -> None:
    here, there = (Article(f"{angle}", "OKOYE met ROSSI.", angle, 3) for angle in (0, 70))
    assert find_groups([here, there]) == [["0"], ["70"]]


def test_a_pair_is_what_the_plain_definition_says() -> None:
    chance = random.Random(3)
    names = ["OKOYE", "ROSSI", "DELTA", "LAGOS", "UNITED"]
    articles = [
        Article(
            f"{n}",
            " ".join(chance.sample(names, 3)) + chance.choice([" on Monday", " on Friday", ""]),
            chance.randrange(90),
            chance.choice([None, *range(60)]),
            tuple(name.title() for name in chance.sample(names, 2)),
        )
        for n in range(60)
    ]
    found = {
        (row["article_id"], row["other_article_id"]): (
            round(row["similarity"], 9),
            row["days_apart"],
            row["names_same_day"],
        )
        for row in compare(articles)["article_pairs"].to_pylist()
    }
    expected = {}
    for one, other in combinations(sorted(articles, key=lambda article: article.article_id), 2):
        days = None if one.day is None or other.day is None else abs(one.day - other.day)
        similarity = measure_plainly(one, other)
        if (
            similarity >= (0.6 if days is None else 0.55)
            and (days or 0) <= 31
            and measure_meaning(one, other) >= 0.5
        ):
            these, those = (set(find_days(article.opening)) for article in (one, other))
            same_day = bool(these & those) if these and those else None
            expected[one.article_id, other.article_id] = (round(similarity, 9), days, same_day)
    assert found == expected
    assert len(expected) > 50


def measure_meaning(one: Article, other: Article) -> float:
    these, those = (np.frombuffer(article.sign()["vector"], np.int8).astype(int) for article in (one, other))
    return float(these @ those) / 127**2


def measure_plainly(one: Article, other: Article) -> float:
    weights = []
    for article in (one, other):
        opening = len(article.names) - len(article.more_names)
        weights.append(
            {shorten_name(name): 2 if n < opening else 1 for n, name in reversed([*enumerate(article.names)])}
        )
    dot = sum(weight * weights[1].get(name, 0) for name, weight in weights[0].items())
    lengths = [math.sqrt(sum(weight**2 for weight in of.values())) for of in weights]
    return (min(measure_meaning(one, other), 1) + dot / (lengths[0] * lengths[1])) / 2


ARTICLES = st.builds(
    Article,
    st.sampled_from([f"address {n}" for n in range(10)]),
    st.sampled_from(["OKOYE met ROSSI on Monday", "OKOYE met ROSSI on Friday", "OKOYE met ROSSI", "ROSSI"]),
    st.sampled_from([0, 15, 25, 35, 50]),
    st.sampled_from([None, 0, 1, 3, 5, 20, 40]),
    st.sampled_from([(), ("Delta",), ("Delta", "Lagos")]),
)
CORPORA = st.lists(ARTICLES, max_size=14, unique_by=lambda article: article.address)
# Of some articles, two of one address being versions of it, which are absent before each run.
HISTORIES = st.lists(ARTICLES, min_size=5, max_size=14).flatmap(
    lambda articles: st.lists(st.sets(st.sampled_from(articles), max_size=3), min_size=2, max_size=4).map(
        lambda history: [
            list({article.address: article for article in articles if article not in absent}.values())
            for absent in history
        ]
    )
)


@settings(max_examples=200)
@given(HISTORIES, st.sampled_from([1, 2, 3, 200]))
def test_what_is_compared_bit_by_bit_is_what_is_compared_at_once(
    history: list[list[Article]], room: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MOST_PAIRS", room), ("BLOCK_ROWS", 3), ("BLOCK_COLUMNS", 4)):
            patch.setattr(article_pairs, name, value)
        memory, known = Memory(), {}
        for corpus in history:
            unchanged = {a.article_id for a in corpus if known.get(a.address) == a}
            tables = compare(corpus, memory, unchanged)
            assert tables == compare(corpus)
            memory, known = Memory({}, tables), {article.address: article for article in corpus}


def test_a_topic_falls_apart_without_the_story_that_held_it_together() -> None:
    first, middle, last = (
        Article(names, f"{names} met.", 0, day)
        for day, names in ((0, "OKOYE ROSSI"), (10, "OKOYE ROSSI DELTA LAGOS"), (20, "DELTA LAGOS"))
    )
    together = compare([first, middle, last])
    assert len(together["stories"]["topic_id"].unique()) == 1
    apart = compare([first, last], Memory({}, together), {first.article_id, last.article_id})
    assert len(apart["stories"]["topic_id"].unique()) == 2


@given(CORPORA, st.randoms(use_true_random=False))
def test_no_order_of_arrival_changes_a_row(corpus: list[Article], chance: random.Random) -> None:
    shuffled = chance.sample(corpus, len(corpus))
    assert compare(shuffled) == compare(corpus)


def test_an_article_keeps_only_its_best_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(article_pairs, "MOST_PAIRS", 1)
    first, second, third = (Article(f"{angle}", "OKOYE met ROSSI.", angle, 3) for angle in (0, 10, 25))
    pairs = compare([first, second, third])["article_pairs"].to_pylist()
    kept = {frozenset((row["article_id"], row["other_article_id"])) for row in pairs}
    assert kept == {
        frozenset((first.article_id, second.article_id)),
        frozenset((second.article_id, third.article_id)),
    }


def land(lake: Lake, articles: list[Article]) -> None:
    """Write the signatures of articles as if they had been signed."""
    state = f"{SIGNING}_state"
    rows = [article.sign() for article in articles]
    states = [
        {"article_id": row["article_id"], "fingerprint": sha256(repr(row).encode()).hexdigest()}
        for row in rows
    ]
    files = {
        table: [lake.write(table, "all", "all", sort_rows(make_table(table, of_table)))]
        for table, of_table in (("article_signatures", rows), (state, states))
    }
    lake.commit(Commit(SIGNING, "all", "all", "version", [], files))


def read(lake: Lake) -> Tables:
    return {name: lake.read(lake.find_files(name, STORIES), name) for name in WRITES}


def test_a_refresh_writes_what_a_first_run_would(tmp_path: Path) -> None:
    grown, fresh = Lake(tmp_path / "grown"), Lake(tmp_path / "fresh")
    for articles in ([*CALL, MATCH], [*CALL, *EARLIER_CALL, MATCH]):
        land(grown, articles)
        group_stories(grown, print)
    land(fresh, articles)
    group_stories(fresh, print)
    assert read(grown) == read(fresh)
    assert grown.find_files("stories", STORIES) == fresh.find_files("stories", STORIES)


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    land(lake, CALL)
    said: list[str] = []
    group_stories(lake, said.append)
    group_stories(lake, said.append)
    assert said == ["stories: 3 articles, 3 pairs"]
