-- What are publisher, wire, date and byline of each article, and how do we know?
-- A basis is `sidecar`, `markup`, `text` or `file`; wire and dateline are always from the text.
-- One row per article. Reads articles.
/*
question: 18
example: |
  select path, publisher, publisher_basis, wire, published_on, published_basis, byline, dateline
  from article_origins
  order by path
narrowed: publisher = 'The Day'
columns:
  - name: path
  - name: record
  - name: title
  - name: title_basis
  - name: publisher
  - name: publisher_basis
  - name: wire
  - name: byline
  - name: dateline
  - name: published_on
  - name: published_basis
  - name: url
  - name: batch
  - {name: article_id, tests: [unique]}
*/
select
    path,
    record,
    title,
    title_basis,
    publisher,
    publisher_basis,
    wire,
    byline,
    dateline,
    published_on,
    published_basis,
    url,
    batch,
    article_id
from articles
