"""Read articles: find the names, attributions and figures in each, with who speaks and who relays.

"Putin replied that …, Ushakov said" gives two attributions, the inner one with speaker Putin relayed by
Ushakov; a figure in Putin's words is his.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from spacy.language import Language

from pipelines.ids import make_id
from pipelines.lake import Lake, write_atomically
from pipelines.language import find_model_version, load_language, read_article, read_learned
from pipelines.language.other import load_other, other_version, read_names
from pipelines.lists import read_list
from pipelines.shards import CLEANING, EXTRACTION, Counts, Step, Tables, group_rows, make_tables
from pipelines.text.attributions import Attribution, draft_attributions, finish_attributions
from pipelines.text.cues import Lexicon, build_cue_lexicon
from pipelines.text.figure_lexicon import FigureLexicon, build_figure_lexicon
from pipelines.text.figures import Figure, find_figures
from pipelines.text.holders import find_holders
from pipelines.text.merging import merge_drafts
from pipelines.text.names import Name, NameLexicon, build_name_lexicon, find_names, name_entities, set_names
from pipelines.text.passages import Passage
from pipelines.text.quotations import find_quotations
from pipelines.text.sentences import Sentence
from pipelines.text.speakers import Speakers, Who, find_speakers
from pipelines.versions import digest_step

ELLIPSIS = " … "  # between the slices of a discontinuous content
LAST_REFRESH = "last_refresh.json"

Row = dict[str, Any]
Span = tuple[int, int]


@cache
def extract_step() -> Step:
    """Return the step: articles with passages and sentences in; mentions, attributions and figures out."""
    writes = ("found_mentions", "found_attributions", "found_figures")
    return Step(
        name=EXTRACTION,
        reads={
            "articles": ["article_id", "path", "text"],
            "passages": ["article_id", "passage_number", "passage_start", "passage_end", "passage_type"],
            "sentences": ["article_id", "passage_number", "sentence_start", "sentence_end"],
        },
        writes=writes,
        version="-".join(
            filter(None, (digest_step(__name__, *writes), find_model_version(), other_version()))
        ),
        run=extract_facts,
        input_steps=(CLEANING,),
    )


def note_refresh(lake: Lake, run_id: str, counts: Counts) -> None:
    """Remember what a run extracted, for the row that it will publish in `_meta`."""
    write_atomically(lake.folder / LAST_REFRESH, json.dumps({"run_id": run_id, **asdict(counts)}))


def read_refresh(lake: Lake, run_id: str) -> Counts:
    """Return what run `run_id` extracted: nothing, where it only built the SQL models."""
    path = lake.folder / LAST_REFRESH
    noted = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return Counts(**noted) if noted.pop("run_id", None) == run_id else Counts()


def extract_facts(tables: Tables) -> Tables:
    """Return what the articles name, attribute and count; a fault of ours stops with the article's path."""
    passages, sentences = group_rows(tables["passages"]), group_rows(tables["sentences"])
    rows: dict[str, list[Row]] = {table: [] for table in extract_step().writes}
    for article in tables["articles"].to_pylist():
        article_id = article["article_id"]
        try:
            found = extract_article(
                article_id,
                article["text"],
                [_read_passage(row) for row in passages.get(article_id, [])],
                [_read_sentence(row) for row in sentences.get(article_id, [])],
            )
        except Exception as error:
            where = f"{article['path']} (article {article_id.hex()})"
            raise RuntimeError(f"extraction fails on {where}: {error!r}") from error
        for table, more in found.items():
            rows[table] += more
    return make_tables(rows)


def extract_article(
    article_id: bytes, text: str, passages: Sequence[Passage], sentences: Sequence[Sentence]
) -> dict[str, list[Row]]:
    """Return the rows of one article: `found_mentions`, `found_attributions`, `found_figures`."""
    lexicons = _lexicons()
    doc = read_article(_language(), text, passages, sentences)
    other = load_other()
    names = read_names(other, text, passages) if other else find_names(doc, lexicons.names)
    set_names(doc, names)
    entity_names = name_entities(doc, names, lexicons.names)
    quotations = find_quotations(text, [(passage.start, passage.end) for passage in passages])
    drafts = draft_attributions(doc, quotations, lexicons.cues)
    drafts = merge_drafts(text, drafts, read_learned(doc), lexicons.cues)
    attributions = finish_attributions(text, drafts, quotations)
    speakers = find_speakers(doc, names, entity_names, attributions, lexicons.names)
    figures = find_figures(text, sentences, lexicons.figures)

    article = _Article(article_id, text)
    ids = [article.make_id("attribution", a.content, a.cue, a.source) for a in attributions]
    return {
        "found_mentions": [
            article.describe_mention(name, entity) for name, entity in zip(names, entity_names, strict=True)
        ],
        "found_attributions": [
            article.describe_attribution(i, attributions, ids, speakers) for i in range(len(attributions))
        ],
        "found_figures": [
            article.describe_figure(figure, holder, ids, speakers)
            for figure, holder in zip(figures, find_holders(text, figures, attributions), strict=True)
        ],
    }


@dataclass(frozen=True, slots=True)
class _Article:
    """Turns what was found in one article into rows."""

    article_id: bytes
    text: str

    def make_id(self, *parts: object) -> bytes:
        return make_id(self.article_id.hex(), *parts)

    def describe_mention(self, name: Name, entity_name: str) -> Row:
        return {
            "mention_id": self.make_id("mention", name.start, name.end),
            "article_id": self.article_id,
            **self._place("mention", (name.start, name.end)),
            "entity_type": name.entity_type,
            "name": entity_name,
        }

    def describe_attribution(
        self,
        place: int,
        attributions: Sequence[Attribution],
        ids: Sequence[bytes],
        speakers: Sequence[Speakers],
    ) -> Row:
        found, who = attributions[place], speakers[place]
        return {
            "attribution_id": ids[place],
            "article_id": self.article_id,
            "parent_attribution_id": None if found.parent is None else ids[found.parent],
            "attribution_type": found.attribution_type,
            "content": _spans(found.content),
            "content_text": ELLIPSIS.join(self.text[start:end] for start, end in found.content),
            "quoted": _spans(found.quoted),
            **self._place("cue", found.cue),
            "cue_lemma": found.cue_lemma,
            "act": found.act,
            "is_negated": found.is_negated,
            **self._place("source", found.source),
            **_name("speaker", who.speaker),
            **_name("relayed_by", who.relayed_by),
            **_name("addressee", who.addressee),
            "confidence": found.confidence,
        }

    def describe_figure(
        self, figure: Figure, holder: int | None, ids: Sequence[bytes], speakers: Sequence[Speakers]
    ) -> Row:
        who = Speakers(None, None, None) if holder is None else speakers[holder]
        return {
            "figure_id": self.make_id("figure", figure.start, figure.end),
            "article_id": self.article_id,
            **self._place("figure", (figure.start, figure.end)),
            "value_low": figure.value_low,
            "value_high": figure.value_high,
            "approximator": figure.approximator,
            "bound": figure.bound,
            "unit": figure.unit,
            "figure_type": figure.figure_type,
            **self._place("measured", figure.measured),
            "measured_as": figure.measured_as,
            "change_role": figure.change_role,
            "direction": figure.direction,
            "attribution_id": None if holder is None else ids[holder],
            **_name("speaker", who.speaker),
            **_name("relayed_by", who.relayed_by),
            "confidence": figure.confidence,
        }

    def _place(self, prefix: str, span: Span | None) -> Row:
        """Return start, end and text of a span."""
        start, end = span or (None, None)
        text = None if span is None else self.text[start:end]
        return {f"{prefix}_start": start, f"{prefix}_end": end, f"{prefix}_text": text}


def _spans(spans: Iterable[Span]) -> list[Row]:
    return [{"start": start, "end": end} for start, end in spans]


def _name(prefix: str, who: Who | None) -> Row:
    return {f"{prefix}_name": who and who.name, f"{prefix}_type": who and who.entity_type}


def _read_passage(row: Row) -> Passage:
    return Passage(row["passage_start"], row["passage_end"], row["passage_type"])


def _read_sentence(row: Row) -> Sentence:
    return Sentence(row["sentence_start"], row["sentence_end"], row["passage_number"])


@dataclass(frozen=True, slots=True)
class _Lexicons:
    """The word lists, compiled once a process."""

    names: NameLexicon
    cues: Lexicon
    figures: FigureLexicon


@cache
def _lexicons() -> _Lexicons:
    return _Lexicons(
        build_name_lexicon(read_list), build_cue_lexicon(read_list), build_figure_lexicon(read_list)
    )


@cache
def _language() -> Language:
    return load_language()
