"""All that Dagster runs."""

import logging

import dagster as dg

from pipelines.assets.comparison import (
    grouped_figures,
    grouped_statements,
    grouped_stories,
    reused_text,
    signed_articles,
)
from pipelines.assets.entities import linked_entities
from pipelines.assets.paths import Paths
from pipelines.assets.reading import cleaned_articles, extracted_facts
from pipelines.assets.staging import landing_folder, staged_records
from pipelines.assets.warehouse import warehouse

refresh = dg.define_asset_job(
    "refresh", dg.AssetSelection.all(), description="Bring the warehouse up to date with the landing folder."
)


def log_plainly(_: dg.InitLoggerContext) -> logging.Logger:
    """Log what the assets say, a line each, for `python -m pipelines`, which prints failures itself."""

    def take_message(record: logging.LogRecord) -> bool:
        record.msg = getattr(record, "dagster_meta", {}).get("orig_message", record.msg)
        return record.levelno == logging.INFO and getattr(record, "dagster_event", None) is None

    logger = logging.getLogger("whosaid")
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.addFilter(take_message)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
    logger.handlers = [handler]
    return logger


defs = dg.Definitions(
    assets=[
        landing_folder,
        staged_records,
        cleaned_articles,
        extracted_facts,
        linked_entities,
        signed_articles,
        reused_text,
        grouped_stories,
        grouped_statements,
        grouped_figures,
        warehouse,
    ],
    jobs=[refresh],
    schedules=[
        dg.ScheduleDefinition(name="nightly", job=refresh, cron_schedule="0 3 * * *")
    ],  # off by default
    resources={"paths": Paths()},
    loggers={"console": dg.colored_console_logger, "plain": dg.logger({})(log_plainly)},
    # The language model is loaded once, and DuckDB allows one writer a file.
    executor=dg.in_process_executor,
)
