-- Chips that governments or the EU say they will provide.
SELECT name(entity) AS plan, value AS chips, id AS fact,
       CASE region WHEN 'eu' THEN name('eu') ELSE name('other-countries') END AS region
FROM facts
WHERE metric = 'public-compute'
ORDER BY value DESC
