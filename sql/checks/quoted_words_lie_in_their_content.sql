-- Quoted words lie in one piece of the content of their attribution; an indirect one has none, the others have some.
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
                stretch."end" <= stretch.start
                or not list_bool_or(
                    list_transform(
                        content, lambda piece: stretch.start >= piece.start and stretch."end" <= piece."end"
                    )
                )
        )
    )
