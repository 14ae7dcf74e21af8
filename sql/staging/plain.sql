-- How does a text read to someone who looks for words: lower case, straight quotation marks, no line breaks?
-- Every character stays in its place, so that an offset into the plain text is one into the text.
create or replace macro plain(printed) as
    lower(translate(printed, '‘’“”„«»' || chr(160) || chr(10) || chr(13), '''''"""""   '))
