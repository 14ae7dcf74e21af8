-- How much is an amount in another unit: hours in minutes, miles in kilometres, percent in shares?
-- `in_unit(2, 'hour', 'minute')` is 120; null where the two measure different things, or a unit is not known.
create or replace macro in_unit(amount, given_unit, wanted_unit) as
    case
        when given_unit = wanted_unit then amount
        else amount * (
            select given.factor / wanted.factor
            from units as given
            inner join units as wanted using (dimension)
            where
                given.unit = given_unit
                and wanted.unit = wanted_unit
        )
    end
