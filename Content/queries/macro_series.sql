-- Growth and prices by year.
SELECT year, growth AS value, 1 AS panel FROM macro
UNION ALL SELECT year, cpi, 2 FROM macro
ORDER BY panel, year
