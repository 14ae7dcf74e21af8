"""`make benchmark`: how fast articles are read, in one process on one core, and where the time goes.

Machines differ and drift, so every part is also given as a ratio to what spaCy users know: a small English
pipeline of spaCy's (tokenizer, CNN, tagger, parser, names) over the same texts in the same run. It is not
trained, which changes what it says and not how long it takes. `LANDING` names the folder that is read.
"""

import sys
import time
from collections.abc import Callable
from resource import RUSAGE_SELF, getrusage

from spacy.cli.init_config import init_config
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import load_model_from_config

from pipelines.assets.paths import Paths
from pipelines.cleaning import clean_step
from pipelines.extraction import extract_step
from pipelines.lake import Lake
from pipelines.shards import Tables, find_shards
from pipelines.staging import stage_landing

LEAST_SECONDS = 5.0  # a part is repeated until it has run this long


def main() -> int:
    """Print a row per part of the work."""
    lake = Paths().lake
    with lake.lock(print):
        stage_landing(Paths().landing, lake, print)
    records = _read(lake, "records", *clean_step().input_steps)
    if not records:
        print(f"{Paths().landing} holds no article", file=sys.stderr)
        return 1
    cleaned = [clean_step().run(tables) for tables in records]
    texts = [text for tables in cleaned for text in tables["articles"]["text"].to_pylist()]
    peer = load_peer()
    words = sum(len(peer.make_doc(text)) for text in texts)
    print(f"{len(texts):,} articles, {words:,} words\n")
    print(f"{'':28}{'articles/s':>12}{'words/s':>12}{'speed to the pipeline':>24}")
    peer_seconds = _time(lambda: [peer(text) for text in texts])
    rows = {
        "small spaCy pipeline": peer_seconds,
        "spaCy tokenizer alone": _time(lambda: [peer.make_doc(text) for text in texts]),
        "cleaning": _time(lambda: [clean_step().run(tables) for tables in records]),
        "extraction": _time(lambda: [extract_step().run(tables) for tables in cleaned]),
    }
    for name, seconds in rows.items():
        rates = f"{len(texts) / seconds:>12,.1f}{words / seconds:>12,.0f}"
        print(f"{name:28}{rates}{peer_seconds / seconds:>24.2f}")
    held = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nmost memory held: {held:,.0f} MB, the small pipeline's included")
    return 0


def load_peer() -> Language:
    """Return spaCy's own small English pipeline, its weights at random, with as many labels as usual."""
    nlp = load_model_from_config(init_config(lang="en", pipeline=["tagger", "parser", "ner"]), auto_fill=True)
    words = [f"word{number}" for number in range(50)]
    annotation = {
        "words": words,
        "tags": [f"T{number}" for number in range(50)],
        "heads": [max(0, number - 1) for number in range(50)],
        "deps": ["ROOT", *(f"d{number}" for number in range(1, 50))],
        "entities": [f"U-E{number}" if number < 18 else "O" for number in range(50)],
    }
    example = Example.from_dict(Doc(nlp.vocab, words), annotation)
    nlp.initialize(lambda: [example])
    return nlp


def _read(lake: Lake, table: str, *steps: str) -> list[Tables]:
    return [{table: lake.read(shard.files[table], table)} for shard in find_shards(lake, *steps)]


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
