-- The same pairs, a row for each country, and whether its label stands to the left or to the right.
SELECT measure, unit, name('us') AS country, us AS value, CASE WHEN us < cn THEN 'left' ELSE 'right' END AS side
FROM country_pairs
UNION ALL
SELECT measure, unit, name('cn'), cn, CASE WHEN cn < us THEN 'left' ELSE 'right' END
FROM country_pairs
