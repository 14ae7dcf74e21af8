-- How does a text read to someone who types on a keyboard: lower case, straight apostrophes, common spaces?
-- Every character stays in its place, so that an offset into the plain text is one into the text.
create or replace macro plain(printed) as
    lower(replace(replace(replace(printed, '’', ''''), '‘', ''''), chr(160), ' '))
