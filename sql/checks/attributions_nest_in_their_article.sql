-- An attribution and its parent stand in the same article, and the child's content begins and ends in the parent's.
/*
table: attributions
*/
select
    children.attribution_id,
    children.article_id,
    children.content,
    parents.attribution_id as parent_attribution_id,
    parents.article_id as parent_article_id,
    parents.content as parent_content
from attributions as children
inner join attributions as parents on children.parent_attribution_id = parents.attribution_id
where
    children.article_id <> parents.article_id
    or children.attribution_id = parents.attribution_id
    or children.content[1].start < parents.content[1].start
    or children.content[-1]."end" > parents.content[-1]."end"
