"""`python -m pipelines`: run the job `refresh`, as the button in the UI does, and say what came of it."""

import os
import sys

import dagster as dg
import duckdb

from pipelines.assets.paths import PROJECT, Paths
from pipelines.definitions import defs


def main() -> int:
    """Refresh the warehouse; return 1 where a step failed."""
    os.environ.setdefault("DAGSTER_HOME", str(PROJECT))
    os.chdir(PROJECT)  # dagster.yaml names its folders relative to it
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("refresh").execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"plain": {}}},
        )
    if not result.success:
        for event in result.all_events:
            if event.is_step_failure:
                print(f"\n{event.step_key}: {_message(event)}", file=sys.stderr)
        print("The refresh failed; the published file is as it was.", file=sys.stderr)
        return 1
    print(_summary(Paths()))
    return 0


def _message(event: dg.DagsterEvent) -> str:
    """Return our own message, without Dagster's around it."""
    error = event.step_failure_data.error
    if error is None:
        return event.message or "failed"
    return (error.cause or error).message.strip()


def _summary(paths: Paths) -> str:
    published = paths.warehouse / "news.duckdb"
    with duckdb.connect(str(published), read_only=True) as connection:
        meta = connection.execute(
            "select articles, extracted, reused, removed, rejected from _meta"
        ).fetchall()[0]
        tables = ("mentions", "attributions", "figures", "entities")
        counts = [connection.execute(f"select count(*) from {table}").fetchall()[0][0] for table in tables]
    articles = "articles {}: extracted {}, reused {}, removed {}; rejected {}".format(*meta)
    facts = ", ".join(f"{table} {count:,}" for table, count in zip(tables, counts, strict=True))
    return f"\n{articles}\n{facts}\npublished as {published}"


if __name__ == "__main__":
    sys.exit(main())
