"""All that Dagster runs."""

import dagster as dg

from pipelines.assets.entities import linked_entities
from pipelines.assets.paths import Paths
from pipelines.assets.reading import cleaned_articles, extracted_facts
from pipelines.assets.staging import landing_folder, staged_records
from pipelines.assets.warehouse import warehouse

refresh = dg.define_asset_job(
    "refresh", dg.AssetSelection.all(), description="Bring the warehouse up to date with the landing folder."
)

defs = dg.Definitions(
    assets=[landing_folder, staged_records, cleaned_articles, extracted_facts, linked_entities, warehouse],
    jobs=[refresh],
    schedules=[
        dg.ScheduleDefinition(name="nightly", job=refresh, cron_schedule="0 3 * * *")
    ],  # off by default
    resources={"paths": Paths()},
    # The language model is loaded once, and DuckDB allows one writer a file.
    executor=dg.in_process_executor,
)
