-- The index by field, for a drawing in proportion to points.
SELECT name(field) AS label, sum(points) AS value, name(dimension) AS "group",
       CASE dimension WHEN 'dim-ecosystem' THEN '1' WHEN 'dim-research' THEN '2' WHEN 'dim-industry' THEN '3' WHEN 'dim-income' THEN '4' ELSE '5' END AS tone
FROM competitiveness
GROUP BY dimension, field
ORDER BY min(line)
