-- The three layers of the value chain and the named parts of the first.
SELECT name(entity) AS layer, value AS size, CASE WHEN entity LIKE 'chain-%' THEN 1 ELSE 0 END AS part, id AS fact
FROM facts WHERE metric = 'llm-chain'
ORDER BY CASE entity WHEN 'compute-layer' THEN 1 WHEN 'chain-chips' THEN 2 WHEN 'chain-servers' THEN 3 WHEN 'model-layer' THEN 4 ELSE 5 END
