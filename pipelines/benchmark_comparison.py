"""`make benchmark`: what it takes to compare many articles with each other, and to add one.

`ARTICLES` articles (20,000 if it is not set) are made of those in `LANDING`, which should be some hundred.
What they say is found roughly and the network is replaced, so that reading them takes minutes and not hours;
the comparisons are the real ones. The share that one more article costs should not grow with their number.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import duckdb

from pipelines.assets.paths import Paths
from pipelines.benchmark_corpus import (
    MadeArticle,
    embed_roughly,
    find_alike,
    make_articles,
    pretend_to_extract,
    stage_articles,
)
from pipelines.cleaning import clean_step
from pipelines.comparison.figures import FIGURE_GROUPS, group_figures
from pipelines.comparison.reuse import DAYS_APART, REUSE, find_reuse
from pipelines.comparison.signatures import sign_articles, sign_step
from pipelines.comparison.statements import STATEMENTS, group_statements
from pipelines.comparison.stories import group_stories
from pipelines.extraction import extract_step
from pipelines.lake import Lake
from pipelines.linking import link_entities
from pipelines.shards import CLEANING, SIGNING, STORIES, run_step
from pipelines.staging import stage_landing
from pipelines.text.passages import READ_PASSAGE_TYPES
from pipelines.text.shingles import NEAR_DUPLICATE, read_wording

ARTICLES = int(os.environ.get("ARTICLES", "20000"))


def main() -> int:
    """Print a row per comparison."""
    texts = read_texts()
    if not texts:
        print(f"{Paths().landing} holds no article", file=sys.stderr)
        return 1
    articles = list(make_articles(texts, ARTICLES))
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder))
        whole, one_more = (compare_all(lake, some) for some in (articles[:-1], articles))
        held = getrusage(RUSAGE_SELF).ru_maxrss / 1024
        precision, recall = judge_reuse(lake)
    print(f"{len(articles):,} articles made of {len(texts):,}\n")
    print(f"{'':28}{'all, s':>12}{'one more, s':>14}{'share':>12}")
    for name in (*whole, "together"):
        both = [
            sum(seconds.values()) if name == "together" else seconds[name] for seconds in (whole, one_more)
        ]
        print(f"{name:28}{both[0]:>12.1f}{both[1]:>14.2f}{both[1] / both[0]:>12.2%}")
    print(f"\nnear-duplicates: precision {precision:.4f}, recall {recall:.4f}")
    print(f"most memory held: {held:,.0f} MB")
    return 0


def read_texts() -> list[str]:
    """Return the texts of the articles in the landing folder."""
    lake = Paths().lake
    with lake.lock(print):
        stage_landing(Paths().landing, lake, print)
        run_step(lake, clean_step(), print)
    texts: list[str] = lake.read(lake.find_files("articles", CLEANING), "articles", ["text"])[
        "text"
    ].to_pylist()
    return texts


def compare_all(lake: Lake, articles: Sequence[MadeArticle]) -> dict[str, float]:
    """Compare these articles, as far as the lake does not know yet; return the CPU seconds of each part."""
    stage_articles(lake, articles)
    run_step(lake, clean_step(), ignore)
    run_step(lake, replace(extract_step(), run=pretend_to_extract), ignore)
    sign = replace(sign_step(), run=partial(sign_articles, embed=embed_roughly))
    link_entities(lake)
    work: dict[str, Callable[[], object]] = {
        SIGNING: lambda: run_step(lake, sign, ignore),
        REUSE: lambda: find_reuse(lake, ignore),
        STORIES: lambda: group_stories(lake, ignore),
        STATEMENTS: lambda: group_statements(lake, ignore, embed_roughly),
        FIGURE_GROUPS: lambda: group_figures(lake, ignore),
    }
    return {name: time_once(part) for name, part in work.items()}


def time_once(work: Callable[[], object]) -> float:
    """Return the CPU seconds of `work`."""
    started = time.process_time()
    work()
    return time.process_time() - started


def judge_reuse(lake: Lake) -> tuple[float, float]:
    """Return precision and recall of what was found alike, against a comparison of all pairs."""
    with duckdb.connect() as connection:
        for table, step in (("articles", CLEANING), ("passages", CLEANING), ("text_reuse", REUSE)):
            files = [str(lake.folder / file) for file in lake.find_files(table, step)]
            connection.from_parquet(files).create_view(table)
        rows = connection.execute(f"""
            select article_id, published_on, text, list((passage_start, passage_end) order by passage_start)
            from articles
            inner join passages using (article_id)
            where passage_type in {READ_PASSAGE_TYPES}
            group by all
            order by article_id
        """).fetchall()
        found = connection.execute("""
            select article_id, other_article_id
            from text_reuse
            where reuse_type in ('duplicate', 'near_duplicate')
        """).fetchall()
    ids, days, texts, running = zip(*rows, strict=True)
    alike = find_alike([read_wording(*both) for both in zip(texts, running, strict=True)], NEAR_DUPLICATE)
    wanted = {
        (ids[one], ids[other])
        for one, other in alike
        if None in (days[one], days[other]) or abs((days[one] - days[other]).days) <= DAYS_APART
    }
    right = len(wanted.intersection(found))
    return right / len(found), right / len(wanted)


def ignore(_: str) -> None:
    """Drop a progress line."""


if __name__ == "__main__":
    sys.exit(main())
