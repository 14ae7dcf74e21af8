"""`make benchmark`: how fast articles are read, in one process on one core, and where the time goes.

Machines differ and drift, so every part is also given as a ratio to spaCy's English tokenizer over the same
texts in the same run. `LANDING` names the folder whose plain texts are read.
"""

import sys
import time
from collections.abc import Callable

from pipelines.assets.paths import Paths
from pipelines.cleaning import clean_step
from pipelines.extraction import extract_step
from pipelines.lake import Lake
from pipelines.language import load_language
from pipelines.shards import Tables, find_shards
from pipelines.staging import stage_landing

LEAST_SECONDS = 5.0  # a part is repeated until it has run this long


def main() -> int:
    """Print a row per part of the work."""
    lake = Paths().lake
    with lake.lock(print):
        stage_landing(Paths().landing, lake, print)
    records = _read(lake, clean_step().input_step, "records")
    if not records:
        print(f"{Paths().landing} holds no article", file=sys.stderr)
        return 1
    cleaned = [clean_step().run(tables) for tables in records]
    texts = [text for tables in cleaned for text in tables["articles"]["text"].to_pylist()]
    nlp = load_language()
    words = sum(len(nlp.make_doc(text)) for text in texts)
    print(f"{len(texts):,} articles, {words:,} words\n")
    print(f"{'':24}{'articles/s':>12}{'words/s':>12}{'times the tokenizer':>22}")
    tokenizing = _time(lambda: [nlp.make_doc(text) for text in texts])
    rows = {
        "spaCy tokenizer": tokenizing,
        "cleaning": _time(lambda: [clean_step().run(tables) for tables in records]),
        "extraction": _time(lambda: [extract_step().run(tables) for tables in cleaned]),
    }
    for name, seconds in rows.items():
        rates = f"{len(texts) / seconds:>12,.1f}{words / seconds:>12,.0f}"
        print(f"{name:24}{rates}{seconds / tokenizing:>22.1f}")
    return 0


def _read(lake: Lake, step: str, table: str) -> list[Tables]:
    return [{table: lake.read(shard.files[table], table)} for shard in find_shards(lake, step)]


def _time(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one run of `work`, the mean of as many as take a few seconds."""
    work()  # word lists and models are loaded once a process
    started, runs = time.process_time(), 0
    while time.process_time() - started < LEAST_SECONDS:
        work()
        runs += 1
    return (time.process_time() - started) / runs


if __name__ == "__main__":
    sys.exit(main())
