-- Sentences with their words and their article.
-- One row per sentence of a title, subheading or body passage. Reads articles, sentences.
/*
columns:
  - name: article_id
  - name: publisher
  - name: title
  - name: path
  - name: sentence_number
  - name: sentence_start
  - name: sentence_end
  - {name: sentence_text, description: The sentence as printed.}
*/
select
    sentences.article_id,
    articles.publisher,
    articles.title,
    articles.path,
    sentences.sentence_number,
    sentences.sentence_start,
    sentences.sentence_end,
    substr(
        articles.text,
        sentences.sentence_start + 1,
        sentences.sentence_end - sentences.sentence_start
    ) as sentence_text
from sentences
inner join articles using (article_id)
