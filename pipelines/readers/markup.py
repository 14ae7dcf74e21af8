"""Find the article in a web page, and what its markup says of title, publisher, author and date.

    <nav>Home</nav><article><h1>Bridge closes</h1><p>She said …</p></article>    "Bridge closes\\nShe said …"

Navigation, tables and readers' comments are left out. What the markup does not say is None: no date is
searched in the text, and a host name is no publisher.
"""

import logging
import re
from datetime import date
from urllib.parse import urlsplit

import trafilatura
from trafilatura.settings import Document as Page

from pipelines.readers.documents import Document, Refusal

# Trafilatura takes time in proportion to the tags, and in some pages to their square: 50,000 are 2 to 12
# seconds, and ten times what a long news page has.
MAX_TAGS = 50_000

# lxml compares each attribute of a tag with all before it: 100,000 take a minute, 2,000 no time. Counted are
# quoted values and the gaps beside them; possessive, so that nothing is counted in two ways.
TOO_MANY_ATTRIBUTES = re.compile(
    r"""<[a-z](?:[^<>"'\s/]*+(?:"[^"]*+"|'[^']*+'|[\s/]++)){4000}""", re.IGNORECASE
)

DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1800-01-01",
    "max_date": "2100-01-01",  # by default the day of the run, and a page must read the same on every day
}

for library in ("trafilatura", "htmldate"):
    logging.getLogger(library).setLevel(logging.CRITICAL)  # a page without article is a row, no log line


def read_markup(html: str, encoding: str) -> Document | Refusal:
    """Return the article in a page, or in a piece of one such as `<p>…</p>`."""
    if html.count("<") > MAX_TAGS:
        return Refusal("unreadable_markup", f"more than {MAX_TAGS:,} tags")
    if TOO_MANY_ATTRIBUTES.search(html):
        return Refusal("unreadable_markup", "a tag with thousands of attributes")
    if "<html" not in html[:10_000].lower():
        html = f"<html><body>{html}</body></html>"  # a bare paragraph would count as none
    try:
        page = trafilatura.bare_extraction(
            html,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params=DATES,
        )
    except Exception as error:  # whatever its authors did not foresee; one page must not cost the others
        return Refusal("unreadable_markup", f"{type(error).__name__}: {error}")
    if not isinstance(page, Page) or not (page.text or "").strip():
        return Refusal("unreadable_markup", "no article text, or tags nested too deeply")
    return Document(
        text=page.text or "",
        encoding=encoding,
        title=page.title or None,
        publisher=_find_publisher(page.sitename, page.url),
        byline=page.author.replace("; ", ", ") if page.author else None,
        published_on=date.fromisoformat(page.date) if page.date else None,
        url=page.url or None,
    )


def _find_publisher(site_name: str | None, url: str | None) -> str | None:
    """Return the site's name, unless it is only the host of its address."""
    host = urlsplit(url or "").hostname or ""
    return site_name if site_name and site_name.lower() not in host else None
