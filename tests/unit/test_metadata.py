"""What a text tells about itself is read, and nothing is guessed."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.lists import read_list
from pipelines.text.date_headers import read_date_header
from pipelines.text.metadata import find_metadata
from pipelines.text.passages import build_passage_lexicon, find_passages

ROOT = Path(__file__).parents[2]
CASES = [json.loads(line) for line in (ROOT / "tests/golden/metadata.jsonl").read_text("utf-8").splitlines()]
LEXICON = build_passage_lexicon(
    *map(read_list, ("boilerplate_phrases", "wires", "outlets", "dateline_places"))
)


def describe(text: str) -> dict[str, str | None]:
    metadata = asdict(find_metadata(text, find_passages(text, LEXICON), LEXICON))
    return metadata | {"published_on": metadata["published_on"] and metadata["published_on"].isoformat()}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_golden(case):
    assert describe(case["text"]) == case["expect"]


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("000_2626d2279e45f12a", {"published_on": "2021-12-09"}),
        (
            "001_40732f9c1aab366b",
            {
                "title": "Putin warns Biden that sanctions would be a “colossal mistake”",
                "wire": "CNN",
                "dateline": "(CNN)",
            },
        ),
        ("002_ab01ed823473c0a1", {}),
        (
            "003_39f595635d16badb",
            {
                "title": "Biden talks about sanctions, Putin warns of Ukraine breakup",
                "publisher": "The Day",
                "wire": "AP",
                "dateline": "WILMINGTON, Del.",
            },
        ),
        ("004_7c4e71be4a13ea11", {"dateline": "WASHINGTON", "published_on": "2021-12-31"}),
    ],
)
def test_seed_articles(file, expected):
    text = (ROOT / f"seeds/articles/{file}.txt").read_bytes().decode()
    assert {name: value for name, value in describe(text).items() if value is not None} == expected


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%B %d, %Y", "%a, %d %b %Y"])
)
def test_every_day_is_read_as_it_is_written(day, form):
    header = read_date_header(f"Published: {day.strftime(form)} 10:22 am GMT")
    assert header is not None and header.day == day and header.label == "Published: "


@pytest.mark.parametrize(
    "line", ["December", "on January 10", "2021", "December 31, 2021 was cold", "3:45 PM", ""]
)
def test_a_line_with_less_or_more_than_a_date_is_none(line):
    assert read_date_header(line) is None
