-- The best score of each country on three tests, over both lists of the Arena.
WITH tests(test, position) AS (VALUES ('best-mmlu-pro', 1), ('best-aai', 2), ('best-arc', 3)),
scores AS (
  SELECT country, max(mmlu_pro) AS mmlu_pro, max(aai) AS aai, max(arc_agi) AS arc_agi
  FROM arena WHERE country IN ('cn', 'us') GROUP BY country
), points AS (
  SELECT test, position, country, CASE test WHEN 'best-mmlu-pro' THEN mmlu_pro WHEN 'best-aai' THEN aai ELSE arc_agi END AS score
  FROM tests CROSS JOIN scores
)
SELECT name(test) AS measure, name(country) AS country, score AS value, CASE country WHEN 'cn' THEN 'left' ELSE 'right' END AS side
FROM points ORDER BY position, country
