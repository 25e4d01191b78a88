-- How many numbers of the ledger come from each document, by kind.
SELECT name(source) AS document, name(kind) AS kind, count(*) AS numbers,
       CASE kind WHEN 'observed' THEN 1 WHEN 'forecast' THEN 2 ELSE 3 END AS position,
       sum(count(*)) OVER (PARTITION BY source) AS total
FROM facts
GROUP BY source, kind
ORDER BY total DESC, position
