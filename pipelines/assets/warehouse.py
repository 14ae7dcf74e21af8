"""Assets: the SQL models of `sql/`, built aside in one transaction, checked, and published as one file."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from pipelines.assets.comparison import COMPARISONS
from pipelines.assets.paths import Paths
from pipelines.assets.reports import OWNERS, preview_rows
from pipelines.cleaning import clean_step
from pipelines.comparison.signatures import sign_step
from pipelines.extraction import extract_step, read_refresh
from pipelines.language import find_model_version
from pipelines.schemas import TABLES
from pipelines.shards import CLEANING, EXTRACTION, LINKING, SIGNING, STAGING, require_finished
from pipelines.sql_models import LOADED, Check, SqlModel, find_checks, load_models
from pipelines.warehouse import BuildReport, CheckReport, ModelReport, build_warehouse

PUBLISHED = "news"
GROUPS = {"staging": "warehouse", "marts": "marts"}  # folder of `sql/` → group in the UI
STEPS = (STAGING, CLEANING, EXTRACTION, LINKING, SIGNING, *COMPARISONS)
Event = dg.MaterializeResult[None] | dg.AssetCheckResult


def _describe_model(model: SqlModel) -> dg.AssetSpec:
    return dg.AssetSpec(
        model.name,
        deps=list(model.depends_on),
        description=f"{model.description}\n\n```sql\n{model.sql}\n```",
        group_name=GROUPS[model.folder],
        code_version=model.code_version,
        owners=OWNERS,
        kinds={"duckdb", "sql", model.materialized},
    )


def _describe_published(models: dict[str, SqlModel]) -> dg.AssetSpec:
    return dg.AssetSpec(
        PUBLISHED,
        deps=[*LOADED, *models],
        description="Published file, `news.duckdb`: an immutable version behind a link, swapped atomically.",
        group_name="publishing",
        owners=OWNERS,
        kinds={"duckdb"},
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=timedelta(days=2)),
    )


def _asset_of(check: Check) -> str:
    """Return the asset that shows a check: its model, or the published file for a table loaded as it is."""
    return PUBLISHED if check.table in LOADED else check.table


def _specs() -> tuple[list[dg.AssetSpec], list[dg.AssetCheckSpec]]:
    """Return an asset for each SQL model and for the published file, and every check on them."""
    models = load_models()
    return [*map(_describe_model, models.values()), _describe_published(models)], [
        dg.AssetCheckSpec(check.name, asset=_asset_of(check), description=check.description, blocking=True)
        for check in find_checks(models)
    ]


ASSETS, CHECKS = _specs()


@dg.multi_asset(specs=ASSETS, check_specs=CHECKS, can_subset=True)
def warehouse(context: dg.AssetExecutionContext, paths: Paths) -> Iterator[Event]:
    """Build the models, check them, and publish them if every check holds."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    is_whole = PUBLISHED in selected
    lake = paths.lake
    with lake.lock(context.log.info):
        require_finished(lake, [clean_step(), extract_step(), sign_step()])
        for step in (LINKING, *COMPARISONS):
            commits = lake.commits(step)
            if not commits or not all(lake.is_current(commit) for commit in commits):
                raise RuntimeError(
                    f'step "{step}" has not read what the lake holds now: run the job "refresh"'
                )
        tables = [name for name, table in TABLES.items() if table.made_by == "lake"]
        files = {table: [lake.folder / file for file in lake.find_files(table, *STEPS)] for table in tables}
        meta = _describe_refresh(context, paths) if is_whole else {}
        report = build_warehouse(files, paths.warehouse, meta, None if is_whole else selected)
        lake.collect_garbage()
    context.log.info(f"{len(report.models)} models, {len(report.checks)} checks in {report.seconds:.1f} s")
    for outcome in report.checks:
        key = dg.AssetCheckKey(dg.AssetKey(_asset_of(outcome.check)), outcome.check.name)
        if key in context.selected_asset_check_keys:
            yield _report_check(outcome)
    if report.published is None:
        failed = "; ".join(f"{c.check.name} ({c.failing_count} rows)" for c in report.failed_checks)
        raise dg.Failure(f"not published, because checks failed: {failed}", allow_retries=False)
    for model in report.models:
        if model.model.name in selected:
            yield _report_model(model)
    if is_whole:
        yield _report_published(report, meta)


def _describe_refresh(context: dg.AssetExecutionContext, paths: Paths) -> dict[str, str | int]:
    """Return the row of `_meta`: what this refresh read, and with which code."""
    lake = paths.lake
    articles = lake.count(lake.find_files("articles", CLEANING))
    counts = read_refresh(lake, context.run.run_id)
    return {
        "run_id": context.run.run_id,
        "code_version": extract_step().version,
        "model_version": find_model_version(),
        "articles": articles,
        "extracted": counts.extracted,
        "reused": articles - counts.extracted,
        "removed": counts.removed,
        "rejected": lake.count(lake.find_files("rejected_articles", CLEANING)),
    }


def _report_check(outcome: CheckReport) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=not outcome.failing_count,
        asset_key=_asset_of(outcome.check),
        check_name=outcome.check.name,
        metadata={
            "failing_rows": outcome.failing_count,
            "first_rows": dg.MetadataValue.md(preview_rows(outcome.first_rows)),
        },
    )


def _report_model(report: ModelReport) -> dg.MaterializeResult[None]:
    described = {column.name: column.description for column in report.model.columns}
    columns = [dg.TableColumn(name, type_, described.get(name)) for name, type_ in report.columns.items()]
    lineage = {
        column: [dg.TableColumnDep(dg.AssetKey(table), origin) for table, origin in origins]
        for column, origins in report.lineage.items()
    }
    figures = {} if report.row_count is None else {"dagster/row_count": report.row_count}
    return dg.MaterializeResult(
        asset_key=report.model.name,
        metadata={
            **figures,
            "dagster/column_schema": dg.TableSchema(columns),
            "dagster/column_lineage": dg.TableColumnLineage(lineage),
            "dagster/relation_identifier": f"news.main.{report.model.name}",
            "preview": dg.MetadataValue.md(preview_rows(report.first_rows)),
            "seconds": report.seconds,
        },
    )


def _report_published(report: BuildReport, meta: dict[str, str | int]) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        asset_key=PUBLISHED,
        metadata={**meta, "dagster/uri": str(report.published), "seconds": report.seconds},
    )
