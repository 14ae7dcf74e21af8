"""Where a run reads and writes: the landing folder and the warehouse folder."""

import os
from pathlib import Path

import dagster as dg

from pipelines.lake import Lake

PROJECT = Path(__file__).parents[2]


class Paths(dg.ConfigurableResource[None]):
    """Folders of a run.

    Blank means the environment's `WHOSAID_LANDING` and `WHOSAID_WAREHOUSE`, else the project's own folders.
    They are looked up when a run asks, not when the code is loaded: one process can serve several folders.
    """

    landing_folder: str = ""
    warehouse_folder: str = ""

    @property
    def landing(self) -> Path:
        """Folder whose files are the input."""
        return PROJECT / (self.landing_folder or os.environ.get("WHOSAID_LANDING") or "seeds/articles")

    @property
    def warehouse(self) -> Path:
        """Folder of the lake and of the published file."""
        return PROJECT / (self.warehouse_folder or os.environ.get("WHOSAID_WAREHOUSE") or "warehouse")

    @property
    def lake(self) -> Lake:
        """Parquet tables of the warehouse."""
        return Lake(self.warehouse / "lake")
