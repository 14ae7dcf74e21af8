"""The five raw articles as a lake would hold them, with the rows that `seed_rows.yaml` gives by hand."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from pipelines.ids import make_id
from pipelines.schemas import TABLES

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
ROWS = Path(__file__).with_name("seed_rows.yaml")
Row = dict[str, Any]


def write_seed_lake(folder: Path) -> dict[str, list[Path]]:
    """Write the tables of the lake as Parquet, one file each; return table → files."""
    files = {}
    for name, rows in make_tables(yaml.safe_load(ROWS.read_text("utf-8"))).items():
        table = TABLES[name]
        full = [{c.name: row.get(c.name) for c in table.columns} for row in rows]
        pq.write_table(pa.Table.from_pylist(full, schema=table.schema), folder / f"{name}.parquet")
        files[name] = [folder / f"{name}.parquet"]
    return files


def make_tables(given: Row) -> dict[str, list[Row]]:
    """Return table → rows of all that the lake holds."""
    kinds = given["entities"]
    entities = [
        {"entity_id": make_id(kind, name), "canonical_name": name, "name": name, "entity_type": kind}
        for name, kind in kinds.items()
    ]
    tables: dict[str, list[Row]] = {"entities": entities, "entity_names": entities}
    for article in given["articles"]:
        raw = (ARTICLES / article["path"]).read_bytes()
        text = raw.decode()
        id_ = {"article_id": make_id(article["path"])}
        base = id_ | {
            "batch": "default",
            "path": article["path"],
            "content_sha256": sha256(raw).digest(),
            "media_type": "text/plain",
            "raw": raw,
            "encoding": "utf-8",
            "text": text,
        }
        own = {key: value for key, value in article.items() if not isinstance(value, list)}
        rows = {
            "records": [base],
            "articles": [base | own],
            "passages": [id_ | row for row in _split(text)],
            "sentences": [id_ | row for row in _find_sentences(text)],
            "found_mentions": [id_ | row for row in _find_mentions(text, given["names"], kinds)],
            "found_attributions": [
                id_ | _place_attribution(text, row, kinds) for row in article["attributions"]
            ],
        }
        by_id = {row["id"]: row for row in article["attributions"]}
        rows["found_figures"] = [id_ | _place_figure(text, row, by_id, kinds) for row in article["figures"]]
        for name, found in rows.items():
            tables.setdefault(name, []).extend(found)
    return tables | _compare(given, tables["found_figures"])


def _compare(given: Row, figures: list[Row]) -> dict[str, list[Row]]:
    """Return the tables that span articles."""
    paths = {make_id(article["path"]): article["path"] for article in given["articles"]}
    figure_ids = {(paths[row["article_id"]][:3], row["figure_text"]): row["figure_id"] for row in figures}
    return {
        "stories": [
            {
                "story_id": make_id(paths[0]),
                "article_id": make_id(path),
                "similarity": 0.7,
                "topic_id": make_id(0),
            }
            for paths in given["stories"]
            for path in paths
        ],
        "statement_groups": [
            {
                "statement_group_id": make_id(ids[0]),
                "attribution_id": make_id(id_),
                "similarity": 0.8,
                "story_id": make_id(0),
            }
            for ids in given["statements"]
            for id_ in ids
        ],
        "statement_differences": [
            {
                "statement_group_id": next(make_id(ids[0]) for ids in given["statements"] if one in ids),
                "attribution_id": make_id(one),
                "other_attribution_id": make_id(other),
                "similarity": 0.8,
                "difference": difference,
                "contradiction": contradiction[0] if contradiction else None,
                "story_id": make_id(0),
            }
            for one, other, difference, *contradiction in given["differences"]
        ],
        "figure_groups": [
            {
                "figure_group_id": make_id(thing),
                "figure_id": figure_ids[f"{number:03}", text],
                "measured_as": thing,
                "topic_id": make_id(0),
            }
            for thing, members in given["measured"].items()
            for number, text in members
        ],
        "text_reuse": [
            {
                "article_id": make_id(one),
                "other_article_id": make_id(other),
                "shared_share": share,
                "reuse_type": kind,
            }
            for one, other, share, kind in given["reuse"]
        ],
        "units": [
            {"unit": unit, "dimension": dimension, "factor": factor}
            for unit, (dimension, factor) in given["units"].items()
        ],
    }


def _split(text: str) -> Iterator[Row]:
    """Yield a passage for each line, its line breaks included."""
    for number, line in enumerate(re.finditer(r"[^\n]*\n+|[^\n]+\Z", text)):
        yield {
            "passage_number": number,
            "passage_start": line.start(),
            "passage_end": line.end(),
            "passage_type": "body" if line[0].strip() else "other",
        }


def _find_sentences(text: str) -> list[Row]:
    """Return what a full stop or a line's end closes: enough for a test."""
    spans = [
        (passage["passage_number"], passage["passage_start"] + found.start(), found[0])
        for passage in _split(text)
        for found in re.finditer(
            r"\S.*?(?:[.?!][”“]?(?=\s)|$)", text[passage["passage_start"] : passage["passage_end"]], re.M
        )
    ]
    return [
        {
            "sentence_number": number,
            "passage_number": passage_number,
            "sentence_start": start,
            "sentence_end": start + len(sentence),
        }
        for number, (passage_number, start, sentence) in enumerate(spans)
    ]


def _find_mentions(text: str, names: dict[str, str], kinds: dict[str, str]) -> Iterator[Row]:
    """Yield every place at which a name is printed."""
    for printed, name in names.items():
        for found in re.finditer(rf"\b{printed}\b", text):
            yield {
                "mention_id": make_id(text, found.start()),
                **_place("mention", found.start(), printed),
                "entity_type": kinds[name],
                "name": name,
            }


def _place_attribution(text: str, row: Row, kinds: dict[str, str]) -> Row:
    """Return an attribution with the offsets of its parts."""
    content, cue, source = row["content"], row["cue"], row["source"]
    start = text.index(content)
    quoted = [row["quoted"]] if "quoted" in row else []
    return {
        "attribution_id": make_id(row["id"]),
        "parent_attribution_id": make_id(row["parent"]) if "parent" in row else None,
        "attribution_type": row.get("type", "mixed" if quoted else "indirect"),
        "content": [_span(start, content)],
        "content_text": content,
        "quoted": [_span(text.index(part, start), part) for part in quoted],
        **_place("cue", _find_nearest(text, cue, start), cue),
        "cue_lemma": cue,
        "act": row.get("act", "statement"),
        "is_negated": False,
        **_place("source", _find_nearest(text, source, start), source),
        **_name(row, kinds, "speaker"),
        **_name(row, kinds, "relayed_by"),
        **_name(row, kinds, "addressee"),
        "confidence": 0.9,
    }


def _place_figure(text: str, row: Row, attributions: dict[str, Row], kinds: dict[str, str]) -> Row:
    """Return a figure with its offsets and the speakers of its attribution."""
    attribution = attributions.get(row.get("attribution", ""), {})
    near = row.get("near") or attribution.get("content", row["text"])
    start = text.index(row["text"], text.index(near))
    return {
        "figure_id": make_id(text, start),
        **_place("figure", start, row["text"]),
        "value_low": row["value"][0],
        "value_high": row["value"][1],
        "approximator": row.get("approximator"),
        "bound": row.get("bound"),
        "unit": row["unit"],
        "figure_type": row.get("type", "count"),
        **(
            _place("measured", text.index(row["measured"], start), row["measured"])
            if "measured" in row
            else {}
        ),
        "attribution_id": make_id(attribution["id"]) if attribution else None,
        **_name(attribution, kinds, "speaker"),
        **_name(attribution, kinds, "relayed_by"),
        "confidence": 0.9,
    }


def _find_nearest(text: str, part: str, place: int) -> int:
    """Return where `part` stands nearest to `place`."""
    return min(
        (found.start() for found in re.finditer(re.escape(part), text)), key=lambda at: abs(at - place)
    )


def _span(start: int, part: str) -> Row:
    return {"start": start, "end": start + len(part)}


def _place(prefix: str, start: int, part: str) -> Row:
    return {f"{prefix}_start": start, f"{prefix}_end": start + len(part), f"{prefix}_text": part}


def _name(row: Row, kinds: dict[str, str], role: str) -> Row:
    return {f"{role}_name": row[role], f"{role}_type": kinds[row[role]]} if role in row else {}
