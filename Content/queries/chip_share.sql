-- Domestic share of AI chips, claimed and planned.
SELECT CASE kind WHEN 'target' THEN '2025' ELSE period END AS year, value AS share,
       name(CASE kind WHEN 'target' THEN 'chips-target' ELSE 'chips-claimed' END) AS series, kind, id AS fact
FROM facts
WHERE metric = 'domestic-chip-share'
ORDER BY kind, period
