-- The index of competitiveness: dimensions, fields and indicators with their points.
SELECT name(dimension) AS dimension, name(field) AS field, name(indicator) AS indicator, points
FROM competitiveness
ORDER BY line
