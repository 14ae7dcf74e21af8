"""`python -m pipelines`: run the job `refresh`, as the button in the UI does, and say what came of it."""

import os
import sys
from socket import gethostname

import dagster as dg
import duckdb

from pipelines.assets.paths import PROJECT, Paths
from pipelines.definitions import defs

PROCESS_TAG = "whosaid/process"
THIS_PROCESS = f"{gethostname()}:{os.getpid()}"


def main() -> int:
    """Refresh the warehouse; return 1 where a step failed."""
    os.environ.setdefault("DAGSTER_HOME", str(PROJECT))
    os.chdir(PROJECT)  # dagster.yaml names its folders relative to it
    with dg.DagsterInstance.get() as instance:
        close_dead_runs(instance)
        result = defs.resolve_job_def("refresh").execute_in_process(
            instance=instance,
            raise_on_error=False,
            run_config={"loggers": {"plain": {}}},
            tags={PROCESS_TAG: THIS_PROCESS},
        )
    if not result.success:
        for event in result.all_events:
            if event.is_step_failure:
                print(f"\n{event.step_key}: {_message(event)}", file=sys.stderr)
        print("The refresh failed; the published file is as it was.", file=sys.stderr)
        return 1
    print(_summary(Paths()))
    return 0


def close_dead_runs(instance: dg.DagsterInstance) -> None:
    """Mark as failed the runs of this machine whose process was killed: else they look busy for ever."""
    unfinished = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTED]
    for run in instance.get_runs(dg.RunsFilter(statuses=unfinished)):
        machine, _, process = run.tags.get(PROCESS_TAG, "").rpartition(":")
        if machine == gethostname() and not is_alive(int(process)):
            instance.report_run_failed(run, f"process {process} was killed; the next refresh goes on")


def is_alive(process: int) -> bool:
    """Tell whether a process of this machine still runs."""
    try:
        os.kill(process, 0)  # signal 0 only asks
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, so there is one
        return True
    return True


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
