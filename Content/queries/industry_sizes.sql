-- iResearch’s path, year by year from its growth rates, beside forecasts and the target for the core industry.
WITH RECURSIVE path(year, size) AS (
  SELECT year, size FROM industry_path WHERE year = 2024
  UNION ALL
  SELECT next.year, path.size * (1 + next.growth / 100.0)
  FROM path JOIN industry_path AS next ON next.year = path.year + 1
)
SELECT CAST(year AS INTEGER) AS year, size, CASE year WHEN 2024 THEN 'observed' ELSE 'forecast' END AS kind, 1 AS path,
       name(CASE year WHEN 2024 THEN 'path-observed' ELSE 'path-forecast' END) AS series, NULL AS fact
FROM path
UNION ALL
SELECT CAST(period AS INTEGER), value, kind, 0, name(CASE kind WHEN 'target' THEN 'core-target' ELSE 'core-forecast' END), id
FROM facts
WHERE metric = 'ai-core-size'
ORDER BY year, path DESC, kind
