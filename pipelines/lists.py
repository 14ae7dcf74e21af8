"""Read the word lists of `seeds/lists`: CSV files with a header line, one word or phrase a row.

Where each list comes from stands in `seeds/lists/README.md`.
"""

import csv
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parents[1] / "seeds" / "lists"


@cache
def read_list(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `seeds/lists/{name}.csv`, each a dict from column to printed value."""
    with (LISTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
