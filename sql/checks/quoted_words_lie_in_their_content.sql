-- Quoted words lie in the content of their attribution; an indirect attribution has none, the others have some.
/*
table: attributions
*/
select
    attribution_id,
    article_id,
    attribution_type,
    content,
    quoted
from attributions
where
    (attribution_type = 'indirect') <> (len(quoted) = 0)
    or list_bool_or(
        list_transform(
            quoted,
            lambda stretch:
                stretch.start < content[1].start
                or stretch."end" > content[-1]."end"
                or stretch."end" <= stretch.start
        )
    )
