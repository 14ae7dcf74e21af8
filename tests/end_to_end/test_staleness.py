"""What Dagster shows as stale is what a refresh would change."""

import dagster as dg
import pytest
from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
from dagster._core.definitions.observe import observe
from dagster._core.loader import LoadingContextForTest

from pipelines.assets.paths import Paths
from pipelines.assets.staging import landing_folder
from pipelines.definitions import defs

pytestmark = pytest.mark.end_to_end
SHOWN = ("records", "articles", "found_figures", "figures", "news")


def find_stale(instance: dg.DagsterInstance) -> set[str]:
    """Return the assets that the UI calls stale."""
    resolver = CachingStaleStatusResolver(
        instance, defs.resolve_asset_graph(), LoadingContextForTest(instance)
    )
    return {name for name in SHOWN if resolver.get_status(dg.AssetKey(name)) == StaleStatus.STALE}


def test_a_new_file_turns_the_records_stale_once_the_folder_is_observed(landing, tmp_path):
    paths = {"paths": Paths(landing_folder=str(landing), warehouse_folder=str(tmp_path / "warehouse"))}
    with dg.DagsterInstance.ephemeral() as instance:

        def run() -> None:
            defs.resolve_job_def("refresh").execute_in_process(instance=instance, resources=paths)

        run()
        observe([landing_folder], instance=instance, resources=paths)
        assert find_stale(instance) == set()
        (landing / "new.txt").write_text("The mayor, Ann Lee, said the city would hire 40 nurses.\n")
        observe([landing_folder], instance=instance, resources=paths)
        assert find_stale(instance) == {"records"}
        run()
        assert find_stale(instance) == set()
