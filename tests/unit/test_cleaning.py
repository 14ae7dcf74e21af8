"""Of what is known of an article the surest counts."""

from datetime import date
from typing import Any

import pytest

from pipelines.cleaning import clean_record
from pipelines.lake import make_table

TEXT = "The mayor, Ann Lee, said on Monday that the city would hire forty nurses for its schools.\n"


def clean(path: str, **known: Any) -> dict[str, Any]:
    """Return the article of one text file."""
    columns = make_table("records", []).schema.names
    record = dict.fromkeys(columns) | {
        "article_id": bytes(16), "batch": "default", "path": path, "content_sha256": bytes(32),
        "media_type": "text/plain", "raw": TEXT.encode(),
    }  # fmt: skip
    return clean_record(record | known)["articles"][0]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("post_2016-03-10_polls.txt", date(2016, 3, 10)),
        ("2016/03/10/polls.txt", date(2016, 3, 10)),
        ("polls_2016_03_10.txt", date(2016, 3, 10)),
        ("polls.txt", None),
        ("2016-02-31_polls.txt", None),  # no such day
        ("12016-03-101.txt", None),
        ("20160310.txt", None),  # may be any number
    ],
)
def test_a_file_that_is_one_article_may_have_its_date_in_its_path(path, day):
    article = clean(path)
    assert article["published_on"] == day
    assert article["published_basis"] == (day and "file")


def test_a_date_that_is_given_counts_before_that_of_the_path():
    given = clean("2016-03-10.txt", published_on=date(2016, 3, 12), given_basis="published_on=sidecar")
    assert (given["published_on"], given["published_basis"]) == (date(2016, 3, 12), "sidecar")


def test_the_date_of_a_file_of_many_articles_is_not_theirs():
    assert clean("2016-03-10.jsonl", record="7")["published_on"] is None
