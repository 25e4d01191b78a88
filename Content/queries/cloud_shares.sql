-- Shares of tokens on China’s public clouds, with what is left over.
SELECT name(entity) AS cloud, value AS share, id AS fact, value AS place
FROM facts WHERE metric = 'cloud-tokens-share'
UNION ALL
SELECT name('cloud-rest'), round(100 - sum(value), 1), NULL, -1 FROM facts WHERE metric = 'cloud-tokens-share'
ORDER BY place DESC
