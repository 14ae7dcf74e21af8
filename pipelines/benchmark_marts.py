"""`python -m pipelines.benchmark_marts`: how long the marts take to answer over millions of attributions.

A warehouse of made-up rows is written for each size, skewed as news is: a few speakers and publishers have
most of the words, stories have 1 to 30 articles, an article 25 attributions and 8 figures. No text is read:
every sentence has 112 characters, so that offsets are known. Then each mart is asked its example, narrowed
where it has a condition for that, on two threads.
"""

# ruff: noqa: E501 - made-up rows, read as tables

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from pipelines.ask import make_query
from pipelines.schemas import TABLES
from pipelines.sql_models import SqlModel, list_marts, load_models
from pipelines.warehouse import STORAGE_VERSION, create_model, create_table

SIZES = (1_000_000, 3_000_000, 10_000_000)
ROWS_ASKED = 20
THREADS = 2
MEMORY = "10GB"

MACROS = (
    "make_id(kind, n) as md5(kind || n)::uuid",
    "chance(a, b) as (hash(a, b) % 1000003) / 1000003.0",
    "zipf(many, a, b) as floor(pow(many, chance(a, b)))::bigint - 1",  # 0 is the commonest
    """word(n) as
        substr('bcdfghklmnprstvw', 1 + (hash(n, 1) % 16)::int, 1) || substr('aeiou', 1 + (hash(n, 2) % 5)::int, 1)
        || substr('lnrstdmk', 1 + (hash(n, 3) % 8)::int, 1) || case when n % 2 = 0 then
            substr('aeiou', 1 + (hash(n, 4) % 5)::int, 1) || substr('ltnrsk', 1 + (hash(n, 5) % 6)::int, 1)
        else '' end""",
    "capitalised(printed) as upper(printed[1]) || printed[2:]",
    """name_of(n) as case n
        when 0 then 'Vladimir Putin' when 1 then 'Joe Biden' when 2 then 'Yuri Ushakov' when 3 then 'Russia'
        else capitalised(word(n % 2999)) || ' ' || capitalised(word(n % 2003)) || 'son ' || n // 1000 end""",
    """thing_of(n) as case floor(3000 * pow(chance(n, 24), 2)) when 0 then 'russian troop'
        else word(floor(3000 * pow(chance(n, 24), 2))::bigint) end""",
)
HELPERS = {
    "numbered": """
        select row_number() over (order by story, place) - 1 as i, story, story // 5 as topic, size,
            date '2020-01-01' + (hash(story, 1) % 1826)::int + (hash(place) % 2)::int as published_on
        from (select story, floor(pow(30, pow(chance(story, 2), 2)))::bigint as size from range({articles}) as r(story)),
            unnest(range(size)) as q(place)
        qualify i < {articles}
    """,
    "phrases": """
        select s, capitalised(rpad(case s when 17 then 'He said it would be a colossal mistake '
            when 19 then 'Putin asked for the call and ' else '' end || string_agg(word(zipf(3000, s, k)), ' ' order by k),
            111, ' and more of it')) || '.' as plain,
            plain[:20] || '“' || plain[21:49] || '”' || plain[52:] as sentence
        from range(4000) as r(s), range(18) as q(k) group by s
    """,
    "paragraphs": """
        select list(paragraph order by p) as paragraphs from (
            select p, string_agg(sentence, ' ' order by k) as paragraph
            from range(20000) as r(p), range(10) as q(k) inner join phrases on s = hash(p, k) % 4000 group by p)
    """,
}
ROWS = {
    "articles": """
        select make_id('a', i) as article_id, 'b' || i // 100000 as batch, i // 1000 || '/' || i || '.txt' as path,
            ''::blob as content_sha256, 'text/plain' as media_type, 'utf-8' as encoding,
            paragraphs[1 + (hash(i, 1) % 20000)::int] || ' ' || paragraphs[1 + (hash(i, 2) % 20000)::int] || ' '
            || paragraphs[1 + (hash(i, 3) % 20000)::int] || ' ' || paragraphs[1 + (hash(i, 4) % 20000)::int] as text,
            text[:60] as title, published_on, 'text' as published_basis, 'sidecar' as publisher_basis, 'en' as language,
            case zipf(200, i, 3) when 20 then 'The Day' else 'Publisher ' || zipf(200, i, 3) end as publisher
        from numbered, paragraphs
    """,
    "sentences": """
        select article_id, s as sentence_number, 0 as passage_number, s * 113 as sentence_start, s * 113 + 112 as sentence_end
        from (select article_id, unnest(range(40)) as s from articles)
    """,
    "entities": """
        select make_id('e', i) as entity_id, name_of(i) as canonical_name,
            case when i < 5 or i % 4 > 1 then 'person' when i % 4 = 0 then 'unnamed' else 'organization' end as entity_type
        from range({entities}) as r(i)
    """,
    "attributions": """
        select make_id('t', j) as attribution_id, article_id, case when k % 8 = 7 then make_id('t', j - 1) end as parent_attribution_id,
            case k % 5 when 0 then 'direct' when 1 then 'mixed' else 'indirect' end as attribution_type,
            [{{'start': s, 'end': s + 89}}] as content, sentence[:89] as content_text,
            case k % 5 when 0 then content when 1 then [{{'start': s + 20, 'end': s + 50}}] else [] end as quoted,
            s + 90 as cue_start, s + 94 as cue_end, sentence[91:94] as cue_text, cue_text as cue_lemma,
            case when chance(j, 1) < 0.8 then 'statement' when chance(j, 1) < 0.98 then 'belief'
                when chance(j, 1) < 0.99 then 'denial' else 'refusal' end as act, chance(j, 2) < 0.02 as is_negated,
            s + 95 as source_start, s + 99 as source_end, sentence[96:99] as source_text,
            case when chance(j, 3) > 0.1 then make_id('e', case when k < 4 then zipf({entities}, story, k)
                else zipf({entities}, j, 4) end) end as speaker_id,
            case when chance(j, 5) < 0.08 then make_id('e', zipf({entities}, j, 6)) end as relayed_by_id,
            case when chance(j, 7) < 0.035 then make_id('e', zipf({entities}, j, 8)) end as addressee_id,
            chance(j, 9)::double as confidence
        from (
            select i, story, place, article_id, sentence, (place * 5 + 7) // 8 as k, i * 25 + k as j, (place * 113)::int as s
            from (select i, story, article_id, unnest(range(40)) as place, unnest(string_split(text, '. ')) as sentence
                from numbered inner join articles on article_id = make_id('a', i))
            where k * 8 // 5 = place)
    """,
    "mentions": """
        select make_id('m', j) as mention_id, make_id('a', j // 50) as article_id, make_id('e', zipf({entities}, j, 11)) as entity_id,
            (j % 50 * 90)::int as mention_start, (j % 50 * 90 + 10)::int as mention_end,
            name_of(zipf({entities}, j, 11)) as mention_text, 'person' as entity_type
        from range({articles} * 50) as r(j)
    """,
    "figures": """
        select make_id('f', i * 8 + k) as figure_id, make_id('a', i) as article_id,
            (k * 500)::int as figure_start, (k * 500 + 8)::int as figure_end, value::varchar as figure_text,
            case hedge when 1 then null else value end as value_low, case hedge when 2 then null else value end as value_high,
            case hedge when 1 then 'up to' when 2 then 'at least' when 3 then 'about' end as approximator,
            case k when 3 then if(i % 10 = 0, 'minute', 'year') when 2 then 'USD' when 1 then 'percent' else thing end as unit,
            case k when 3 then 'duration' when 2 then 'money' when 1 then 'percent' else 'count' end as figure_type,
            (k * 500 + 9)::int as measured_start, (k * 500 + 20)::int as measured_end,
            if(k = 3, case hash(i, 25) % 50 when 0 then 'call' when 1 then 'journey' end, thing || 's') as measured_text,
            if(k = 3, measured_text, thing) as measured_as,
            case when chance(i, k + 40) < 0.4 then make_id('t', i * 25 + k * 3) end as attribution_id,
            case when attribution_id is not null then make_id('e', zipf({entities}, i, k + 50)) end as speaker_id,
            case when chance(i, k + 40) < 0.03 then make_id('e', zipf({entities}, i, k + 60)) end as relayed_by_id, 0.9 as confidence
        from (
            select i, k, (hash(i, k, 23) % 8)::int as hedge,
                thing_of(topic * 8 + k) as thing,
                case k when 3 then 1 + hash(i, 21) % 90
                else round(pow(10, 1 + chance(topic * 8 + k, 22) * 5) * (1 + hash(i, k) % 4 / 20)) end::double as value
            from numbered, range(8) as q(k))
    """,
    "stories": """
        select make_id('s', story) as story_id, make_id('a', i) as article_id, 0.7::double as similarity, make_id('p', topic) as topic_id
        from numbered
    """,
    "text_reuse": """
        select least(make_id('a', i), make_id('a', i + 1)) as article_id, greatest(make_id('a', i), make_id('a', i + 1)) as other_article_id,
            chance(i, 41)::double as shared_share,
            case when shared_share > 0.95 then 'duplicate' when shared_share > 0.7 then 'near_duplicate' else 'partial' end as reuse_type
        from (select i, story, lead(story) over (order by i) as next_story from numbered) where story = next_story and chance(i, 40) < 0.3
    """,
    "statement_groups": """
        select make_id('g', story * 4 + k) as statement_group_id, make_id('t', i * 25 + k) as attribution_id, chance(i, k)::double as similarity
        from numbered, range(4) as q(k) where size > 1
    """,
    "statement_differences": """
        select make_id('g', story * 4 + k) as statement_group_id,
            least(one, other) as attribution_id, greatest(one, other) as other_attribution_id, chance(i, j)::double as similarity,
            '[' || word(i % 999) || ' → ' || word(j % 999) || '] … [' || word(i % 997) || ' → ' || word(j % 997) || ']' as difference,
            case when chance(i, j) < 0.02 then word(i % 999) || ' / ' || word(j % 999) end as contradiction
        from (select ones.story, ones.i, others.i as j, k,
                make_id('t', ones.i * 25 + k) as one, make_id('t', others.i * 25 + k) as other
            from numbered as ones inner join numbered as others on ones.story = others.story and ones.i < others.i, range(4) as q(k))
    """,
    "figure_groups": """
        select make_id('h', topic * 8 + k) as figure_group_id, make_id('f', i * 8 + k) as figure_id,
            case k when 3 then 'call' else thing_of(topic * 8 + k) end as measured_as, make_id('p', topic) as topic_id
        from numbered, range(4) as q(k)
    """,
    "units": "from (values ('minute', 'time', 60.0), ('hour', 'time', 3600.0), ('percent', 'share', 0.01)) as t(unit, dimension, factor)",
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the seconds of each mart for each size."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.benchmark_marts", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of attributions")
    sizes = parser.parse_args(arguments).sizes
    marts = list_marts(load_models())
    seconds: dict[int, dict[str, float]] = {}
    for size in sizes:
        with TemporaryDirectory() as folder:
            seconds[size] = measure_marts(Path(folder) / "news.duckdb", size, marts)
    print(f"\n{'seconds, ' + str(THREADS) + ' threads':32}" + "".join(f"{size:>14,}" for size in sizes))
    for name in seconds[sizes[0]]:
        print(f"{name:32}" + "".join(f"{seconds[size][name]:>14.2f}" for size in sizes))
    return 0


def measure_marts(file: Path, size: int, marts: Sequence[SqlModel]) -> dict[str, float]:
    """Write a warehouse of `size` attributions and return how long its parts take."""
    with duckdb.connect() as connection:
        connection.execute(
            f"set threads = {THREADS}; set memory_limit = '{MEMORY}'; set preserve_insertion_order = false"
        )
        connection.execute(f"set temp_directory = '{file.parent / 'spill'}'")
        connection.execute(f"attach '{file}' as news (storage_version '{STORAGE_VERSION}')")
        connection.execute("use news")
        write_rows(connection, size)
        seconds = {}
        for model in load_models().values():
            if model.name not in TABLES:
                spent = _time(create_model, connection, model)
                if model.materialized == "table":
                    seconds[f"build {model.name}"] = spent
        connection.execute("checkpoint")
        print(f"{size:,} attributions: a file of {file.stat().st_size / 1e9:.1f} GB", flush=True)
        for mart in marts:
            query = make_query(mart, where=mart.narrowed, rows=ROWS_ASKED)
            spent = min(_time(_fetch, connection, query) for _ in range(3))
            seconds[f"{mart.number or ''} {mart.name}".strip()] = spent
    return seconds


def write_rows(connection: duckdb.DuckDBPyConnection, size: int) -> None:
    """Fill the tables of the contract with made-up rows."""
    counts = {"articles": size // 25, "entities": max(1000, size // 20)}
    for macro in MACROS:
        connection.execute(f"create temp macro {macro}")
    for name, rows in HELPERS.items():
        connection.execute(f"create temp table {name} as {rows.format(**counts)}")
    for name in TABLES:
        create_table(connection, name)
    for name, rows in ROWS.items():
        connection.execute(f"insert into {name} by name {rows.format(**counts)}")


def _fetch(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    connection.execute(query).fetchall()


def _time(work: Callable[..., object], *arguments: object) -> float:
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
