from datetime import date

import pytest

from pipelines.readers.records import Given
from pipelines.readers.sidecar import Sidecar, read_sidecar


def write(folder, *lines, encoding="utf-8"):
    folder.mkdir(exist_ok=True)
    (folder / "publishers.csv").write_text("\n".join(lines) + "\n", encoding=encoding)


def test_a_row_says_what_its_file_does_not(tmp_path):
    write(
        tmp_path,
        "path,publisher,url,published_on,title,byline",
        'talks.txt,The Daily Post,https://post.example/1,2021-12-09,"Talks, again",Ann Lee',
    )
    given = read_sidecar(tmp_path).given_for("talks.txt")
    assert (given.publisher, given.published_on) == ("The Daily Post", date(2021, 12, 9))
    assert (given.title, given.byline, given.url) == ("Talks, again", "Ann Lee", "https://post.example/1")
    assert given.basis_of("title") == "sidecar"


def test_a_blank_cell_says_nothing(tmp_path):
    write(tmp_path, "path,publisher,url,published_on", "talks.txt,, ,")
    assert read_sidecar(tmp_path).given_for("talks.txt") == Given()


def test_no_sidecar_says_nothing(tmp_path):
    assert read_sidecar(tmp_path) == Sidecar()
    assert Sidecar().given_for("talks.txt") == Given()


def test_the_row_of_a_file_counts_before_patterns_and_a_later_pattern_before_an_earlier(tmp_path):
    write(
        tmp_path,
        "path,publisher,byline",
        "2021/a.txt,Own,",
        "*,Any,Staff",
        "2021/*.txt,Year,",
    )
    sidecar = read_sidecar(tmp_path)
    assert sidecar.given_for("2021/a.txt").publisher == "Own"
    assert sidecar.given_for("2021/a.txt").byline == "Staff"
    assert sidecar.given_for("2021/deep/b.txt").publisher == "Year"
    assert sidecar.given_for("2022/b.txt").publisher == "Any"


def test_a_batch_can_have_a_sidecar_with_paths_of_its_own(tmp_path):
    write(tmp_path, "path,publisher", "*,Any")
    write(tmp_path / "a+b", "path,publisher", "x.txt,Batch", "y*.txt,Pattern")
    sidecar = read_sidecar(tmp_path)
    assert sidecar.given_for("a+b/x.txt").publisher == "Batch"
    assert sidecar.given_for("a+b/y1.txt").publisher == "Pattern"
    assert sidecar.given_for("y1.txt").publisher == "Any"


def test_fields_can_be_named(tmp_path):
    write(tmp_path, "path,text_field,title_field", "*.jsonl,raw_story,", "feed.jsonl,,head")
    assert read_sidecar(tmp_path).fields_for("feed.jsonl") == {"text": "raw_story", "title": "head"}


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    write(tmp_path, "path,publisher", "a.txt,Post", encoding="utf-8-sig")
    assert read_sidecar(tmp_path).given_for("a.txt").publisher == "Post"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["path,publsher", "a.txt,Post"], "publsher"),
        (["publisher", "Post"], "columns must be `path`"),
        (["path,published_on", "a.txt,12/9/2021"], "line 2: published_on is '12/9/2021'; write it as"),
        (["path,published_on", "a.txt,2021-02-30"], "2021-02-30"),
        (["path,publisher", "a.txt,Post,Times"], "line 2: not as many cells"),
        (["path,publisher", "a.txt"], "line 2: not as many cells"),
        (["path,publisher", ",Post"], "line 2: no path"),
        (["path,publisher", "a.txt,Post", "a.txt,Times"], "second row for 'a.txt'"),
        (["path,publisher", 'a.txt,"Post'], "unexpected end of data"),
    ],
)
def test_a_mistake_stops_the_run_and_says_where(tmp_path, lines, message):
    write(tmp_path, *lines)
    with pytest.raises(ValueError, match=r"publishers\.csv") as error:
        read_sidecar(tmp_path)
    assert message in str(error.value)


def test_a_sidecar_in_another_encoding_says_what_to_do(tmp_path):
    write(tmp_path, "path,publisher", "a.txt,Café", encoding="cp1252")
    with pytest.raises(ValueError, match="save it as CSV UTF-8"):
        read_sidecar(tmp_path)
