"""The contract: every table that passes between Python, Parquet and SQL, with every column described.

Offsets (`_start`, `_end`) are character offsets (Unicode code points, end exclusive) into `articles.text`.
A `_text` column equals the slice it names. Ids are 16 bytes here and UUIDs inside DuckDB.
What a column means stands here and nowhere else; marts describe only the columns that they add.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import pyarrow as pa

ID = pa.binary(16)
OFFSET = pa.int32()
VECTOR = pa.binary(384)  # 384 signed bytes, the direction of a meaning: see `language/embedding.py`
DIGESTS = pa.list_(pa.int64())
SPANS = pa.list_(pa.struct([pa.field("start", OFFSET, False), pa.field("end", OFFSET, False)]))

PASSAGE_TYPES = (
    "title", "date_header", "dateline", "byline", "body", "subheading", "caption", "video_caption",
    "related_link", "correction_note", "footer", "other",
)  # fmt: skip
ENTITY_TYPES = ("person", "organization", "place", "event", "product", "group", "unnamed")
ATTRIBUTION_TYPES = ("direct", "mixed", "indirect")
FIGURE_TYPES = ("count", "money", "percent", "duration", "distance", "rate", "ordinal", "other")
REUSE_TYPES = ("duplicate", "near_duplicate", "partial")
CHANGE_ROLES = ("from", "to", "by", "from_to")
DIRECTIONS = ("up", "down")
BOUNDS = ("about", "nearly", "exact", "at_least", "at_most")
REASONS = {
    "empty": "no character but white space",
    "binary": "not text: control characters, or a known binary format",
    "undecodable": "no encoding reads the bytes with confidence",
    "too_long": "longer than an article can be",
    "not_english": "another language, with confidence",
    "unreadable_markup": "HTML in which no article text is found",
    "malformed_record": "a record that its format does not allow, such as half a JSON line",
    "no_text": "a record without a text field",
    "duplicate_address": "an earlier record has the same address",
    "unreadable_file": "the file cannot be opened or ends in its middle",
    "unsupported_type": "no reader for this kind of file",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Arrow type, what it means, and whether it may be null."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `made_by` says where its rows come from: Parquet in the lake, or a SQL model."""

    name: str
    description: str  # what one row is
    made_by: Literal["lake", "sql"]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema, the descriptions in the fields' metadata."""
        return pa.schema(
            [pa.field(c.name, c.type, c.nullable, {"description": c.description}) for c in self.columns],
            metadata={"description": self.description},
        )


def column(name: str, type_: pa.DataType, description: str, nullable: bool = False) -> Column:
    """Describe a column; most may not be null."""
    return Column(name, type_, description, nullable)


def _named(prefix: str, who: str) -> Iterator[Column]:
    """Name and type of someone, as one article knows them; `entity_names` turns them into an entity."""
    yield column(f"{prefix}_name", pa.string(), f"Name, within the article, of {who}.", True)
    yield column(f"{prefix}_type", pa.string(), f"Entity type of {who}.", True)


ARTICLE_ID = column("article_id", ID, "Article: 128 bits of sha256 over the record's landing address.")
BATCH = column("batch", pa.string(), "First-level folder of the landing folder; `default` for loose files.")
PATH = column("path", pa.string(), "File, relative to the landing folder.")
RECORD = column(
    "record", pa.string(), "Key of the record inside its file; null where the file is one record.", True
)
SHA256 = column("content_sha256", pa.binary(32), "sha256 of the record's raw bytes.")
SHA256_IF_READ = replace(SHA256, nullable=True)  # a file that cannot be opened has none

GIVEN = (
    column("title", pa.string(), "Title.", True),
    column("publisher", pa.string(), "Outlet that carries the article.", True),
    column("url", pa.string(), "Web address of the article.", True),
    column("byline", pa.string(), "Who wrote it, as printed.", True),
    column("published_on", pa.date32(), "Date of publication.", True),
)
"""What a file or a sidecar may say of an article beside its text."""

ATTRIBUTION = (
    column("attribution_id", ID, "Attribution: from the article's id and the places of its parts."),
    ARTICLE_ID,
    column(
        "parent_attribution_id", ID, "Attribution whose content holds this one; null for an outer one.", True
    ),
    column(
        "attribution_type",
        pa.string(),
        "`direct`: all of it in quotation marks; `mixed`: partly; `indirect`: none.",
    ),
    column(
        "content",
        SPANS,
        "What is attributed; it can be discontinuous. No quotation mark or comma at its ends.",
    ),
    column("content_text", pa.string(), "The slices of `content`, joined by ' … '."),
    column("quoted", SPANS, "Words of the content inside quotation marks, marks excluded."),
    column("cue_start", OFFSET, "First character of the cue.", True),
    column("cue_end", OFFSET, "End of the cue.", True),
    column("cue_text", pa.string(), "Cue, the words that attribute, as printed.", True),
    column("cue_lemma", pa.string(), "Dictionary form of the cue's head: 'say', 'according to'.", True),
    column(
        "act",
        pa.string(),
        "What the cue does: `statement`, `denial`, `refusal`, `demand`, `warning`, `promise`, `belief`, `question`, `agreement`.",
    ),
    column("is_negated", pa.bool_(), "Whether the cue stands under a negation ('did not say')."),
    column("source_start", OFFSET, "First character of the source.", True),
    column("source_end", OFFSET, "End of the source.", True),
    column("source_text", pa.string(), "Source, the mention named by the attribution, as printed.", True),
)
FIGURE = (
    column("figure_id", ID, "Figure: from the article's id and its place."),
    ARTICLE_ID,
    column("figure_start", OFFSET, "First character of the figure."),
    column("figure_end", OFFSET, "End of the figure."),
    column("figure_text", pa.string(), "Number with its unit word, as printed."),
    column("value_low", pa.float64(), "Lower end, in `unit`; null for 'up to …'.", True),
    column(
        "value_high",
        pa.float64(),
        "Upper end, in `unit`; equal to the lower one where exact; null for 'at least …'.",
        True,
    ),
    column("approximator", pa.string(), "Hedge as printed, lower case: 'about', 'up to', 'nearly'.", True),
    column(
        "bound", pa.string(), "What the approximator says: " + ", ".join(f"`{b}`" for b in BOUNDS) + ".", True
    ),
    column("unit", pa.string(), "Singular English noun, ISO 4217 code for money, or `percent`.", True),
    column("figure_type", pa.string(), "One of " + ", ".join(f"`{t}`" for t in FIGURE_TYPES) + "."),
    column("measured_start", OFFSET, "First character of what is counted or measured.", True),
    column("measured_end", OFFSET, "End of what is counted or measured.", True),
    column("measured_text", pa.string(), "What is counted or measured, as printed.", True),
    column(
        "measured_as",
        pa.string(),
        "The same as a comparable phrase, lower case, heads singular: 'russian troop near ukraine'.",
        True,
    ),
    column(
        "change_role",
        pa.string(),
        "Of a figure that is part of a change: what it changed `from`, `to`, `by`; `from_to`: the figure holds both ends.",
        True,
    ),
    column("direction", pa.string(), "Of a change: " + " or ".join(f"`{d}`" for d in DIRECTIONS) + ".", True),
    column(
        "attribution_id",
        ID,
        "Innermost attribution whose content holds the figure; null in the article's own voice.",
        True,
    ),
)
CONFIDENCE = column("confidence", pa.float64(), "Probability that the row is right, 0 to 1.")
SPEAKER_ID = column("speaker_id", ID, "Entity whose words these are; null where nobody is named.", True)
RELAYED_BY_ID = column("relayed_by_id", ID, "Entity that passes the speaker's words on.", True)
NAME = column("name", pa.string(), "Name as one article gives it in full.")
ENTITY_TYPE = column("entity_type", pa.string(), "One of " + ", ".join(f"`{t}`" for t in ENTITY_TYPES) + ".")
ENTITY_ID = column("entity_id", ID, "Entity: from its type and canonical name.")
MENTION = (
    column("mention_id", ID, "Mention: from the article's id and its place."),
    ARTICLE_ID,
    column("mention_start", OFFSET, "First character of the mention."),
    column("mention_end", OFFSET, "End of the mention."),
    column("mention_text", pa.string(), "Mention as printed."),
    ENTITY_TYPE,
)

TABLES = {
    table.name: table
    for table in (
        Table("landing_files", "File seen in the landing folder.", "lake", (
            BATCH, PATH,
            column("byte_count", pa.int64(), "Size in bytes."),
            column("modified_ns", pa.int64(), "Time of last change, nanoseconds since 1970; 0 where too recent to be trusted."),
            column("file_sha256", pa.binary(32), "sha256 of the whole file; null where it cannot be read.", True),
            column("read_as", pa.string(), "Digest of all else that its records rest on: what the sidecar says of it."),
        )),
        Table("records", "Record found in the landing folder, readable or not.", "lake", (
            ARTICLE_ID, BATCH, PATH, RECORD, SHA256_IF_READ,
            column("media_type", pa.string(), "Kind of the raw bytes: text/plain, text/html, application/json; +html where its text is markup.", True),
            column("text_field", pa.string(), "Field of an application/json record that holds the text.", True),
            column("raw", pa.binary(), "Raw bytes; null for a record that is refused before it is read.", True),
            *GIVEN,
            column("given_basis", pa.string(), "Where each is from: 'title=file,publisher=sidecar'.", True),
            column("reason", pa.string(), "Why the record is refused, if it is.", True),
            column("detail", pa.string(), "What exactly is wrong.", True),
        )),
        Table("articles", "Article accepted.", "lake", (
            ARTICLE_ID, BATCH, PATH, RECORD, SHA256,
            column("media_type", pa.string(), "Kind of the raw bytes."),
            column("encoding", pa.string(), "Encoding of the raw bytes."),
            column("text", pa.string(), "Text, to the character: the decoded file, or the article text found in markup."),
            *GIVEN,
            column("title_basis", pa.string(), "Where the title is from: `sidecar`, `markup`, `text`, `file`.", True),
            column("publisher_basis", pa.string(), "Where the publisher is from: `sidecar`, `markup`, `text`, `file`.", True),
            column("wire", pa.string(), "Agency or outlet that the text credits: AP, Reuters, CNN.", True),
            column("dateline", pa.string(), "Place and agency before the first sentence, as printed.", True),
            column("published_basis", pa.string(), "Where the date is from: `sidecar`, `markup`, `text`, `file`.", True),
            column("language", pa.string(), "ISO 639-1 code; null where the text is too short to tell.", True),
        )),
        Table("rejected_articles", "Record refused, never silently dropped.", "lake", (
            ARTICLE_ID, BATCH, PATH, RECORD, SHA256_IF_READ,
            column("reason", pa.string(), "One of " + ", ".join(f"`{r}`" for r in REASONS) + "."),
            column("detail", pa.string(), "What exactly is wrong.", True),
        )),
        Table("passages", "Stretch of an article, in order; together they cover all its text.", "lake", (
            ARTICLE_ID,
            column("passage_number", OFFSET, "Place in the article, from 0."),
            column("passage_start", OFFSET, "First character of the passage."),
            column("passage_end", OFFSET, "End of the passage."),
            column("passage_type", pa.string(), "One of " + ", ".join(f"`{t}`" for t in PASSAGE_TYPES) + "."),
        )),
        Table("sentences", "Sentence of a title, subheading or body passage.", "lake", (
            ARTICLE_ID,
            column("sentence_number", OFFSET, "Place in the article, from 0."),
            column("passage_number", OFFSET, "Passage that holds the sentence."),
            column("sentence_start", OFFSET, "First character of the sentence."),
            column("sentence_end", OFFSET, "End of the sentence."),
        )),
        Table("found_mentions", "Named mention, with its entity as the article names it.", "lake", (*MENTION, NAME)),
        Table("found_attributions", "Attribution, its speakers as the article names them.", "lake", (
            *ATTRIBUTION,
            *_named("speaker", "the one whose words these are"),
            *_named("relayed_by", "the one who passes them on"),
            *_named("addressee", "the one who is told"),
            CONFIDENCE,
        )),
        Table("found_figures", "Figure, its speakers as the article names them.", "lake", (
            *FIGURE,
            *_named("speaker", "the one who states it; null in the article's own voice"),
            *_named("relayed_by", "the one who passes it on"),
            CONFIDENCE,
        )),
        Table("entity_names", "Name that an article gives, with the entity it stands for.", "lake", (NAME, ENTITY_TYPE, ENTITY_ID)),
        Table("entities", "Thing that is named, or an unnamed source of a kind, across all articles.", "lake", (
            ENTITY_ID,
            column("canonical_name", pa.string(), "Its one agreed name: 'Joe Biden', 'White House officials (unnamed)'."),
            ENTITY_TYPE,
        )),
        Table("article_signatures", "What an article is compared with others by.", "lake", (
            ARTICLE_ID,
            column("published_on", pa.date32(), "Date of publication.", True),
            column("word_count", OFFSET, "Words of its title, subheadings and body."),
            column("bands", DIGESTS, "Digests of the bands of its MinHash, over runs of five words."),
            column("sentence_digests", DIGESTS, "Digests of its sentences, short and quoted ones left out."),
            column("names", pa.list_(pa.string()), "Names in it, each once, as the article gives them in full, in the order of first mention."),
            column("opening_name_count", OFFSET, "How many of `names` stand in its title and opening: the first so many."),
            column("days", pa.list_(pa.string()), "Days that its title and opening name, each once: 'Thursday', '12-30' for 30 December."),
            column("vector", VECTOR, "Meaning of its title and opening."),
        )),
        Table("article_pairs", "Pair of articles that may tell of the same events.", "lake", (
            column("article_id", ID, "Article with the smaller id."),
            column("other_article_id", ID, "Article with the larger id."),
            column("similarity", pa.float64(), "How alike they are in what their openings mean and whom they name, 0 to 1."),
            column("days_apart", OFFSET, "Days between their dates; null where one has none.", True),
            column("names_same_day", pa.bool_(), "Whether their openings name a day in common, such as Thursday; null where one names none.", True),
        )),
        Table("text_reuse", "Pair of articles that share running text.", "lake", (
            column("article_id", ID, "Article with the smaller id."),
            column("other_article_id", ID, "Article with the larger id."),
            column("shared_share", pa.float64(), "Share of the shorter article's runs of five words that stand in the other, 0 to 1."),
            column("reuse_type", pa.string(), "`duplicate`: the same words; `near_duplicate`: 0.7 or more of the runs of both; `partial`: a copied passage."),
        )),
        Table("stories", "Article in a story: the articles on the same event. An article alone is a story too.", "lake", (
            column("story_id", ID, "Story: from its earliest article."),
            ARTICLE_ID,
            column("similarity", pa.float64(), "How likely the article tells of one event with the others of its story, on average, 0 to 1; 1 if it is alone."),
            column("topic_id", ID, "Topic: stories that go on from one another over weeks."),
        )),
        Table("statement_groups", "Attribution in a group of renderings of one statement.", "lake", (
            column("statement_group_id", ID, "Group: from its first attribution and what that says. An attribution that says several things is in several."),
            column("attribution_id", ID, "Attribution."),
            column("similarity", pa.float64(), "How alike in meaning it is to the other wordings of its group on average, 0 to 1; 1 where all have one."),
            column("story_id", ID, "Story of the group."),
        )),
        Table("statement_differences", "Pair of renderings of one statement in different words.", "lake", (
            column("statement_group_id", ID, "Group."),
            column("attribution_id", ID, "One rendering."),
            column("other_attribution_id", ID, "The other rendering."),
            column("similarity", pa.float64(), "How alike the two are in meaning, 0 to 1."),
            column("difference", pa.string(), "Words in which they differ, in order: 'our [descendants → ancestors] … [colossal → big] mistake'."),
            column("contradiction", pa.string(), "Why they cannot both be right, if they cannot: 'descendants / ancestors'.", True),
            column("story_id", ID, "Story of the group."),
        )),
        Table("figure_groups", "Figure in a group that measures the same thing.", "lake", (
            column("figure_group_id", ID, "Group: from its first figure."),
            column("figure_id", ID, "Figure."),
            column("measured_as", pa.string(), "What the group measures, as most of its figures have it."),
            column("topic_id", ID, "Topic in whose articles the figures stand."),
        )),
        Table("units", "Unit of measure with what it is worth.", "lake", (
            column("unit", pa.string(), "Singular English noun, ISO 4217 code for money, or `percent`."),
            column("dimension", pa.string(), "What it measures: `time`, `length`, `mass`; a thing that is counted measures itself."),
            column("factor", pa.float64(), "What one of it is worth in the base unit of its dimension."),
        )),
        Table("mentions", "Named mention.", "sql", (*MENTION[:2], ENTITY_ID, *MENTION[2:])),
        Table("attributions", "Attribution relation, nested ones included.", "sql", (
            *ATTRIBUTION,
            SPEAKER_ID,
            RELAYED_BY_ID,
            column("addressee_id", ID, "Entity that is told.", True),
            CONFIDENCE,
        )),
        Table("figures", "Figure stated.", "sql", (*FIGURE, SPEAKER_ID, RELAYED_BY_ID, CONFIDENCE)),
        Table("_meta", "Published version; the file holds its own row.", "sql", (
            column("published_at", pa.timestamp("us", "UTC"), "When this file was published."),
            column("run_id", pa.string(), "Dagster run that built it."),
            column("code_version", pa.string(), "Digest of the code and word lists that read the articles."),
            column("model_version", pa.string(), "Version of the language model."),
            column("articles", pa.int64(), "Articles in the warehouse."),
            column("extracted", pa.int64(), "Articles of this refresh that were new or changed."),
            column("reused", pa.int64(), "Articles whose rows were taken over."),
            column("removed", pa.int64(), "Articles that are gone from the landing folder."),
            column("rejected", pa.int64(), "Records refused."),
        )),
    )
}  # fmt: skip
