-- Named models by all parameters and by those used for each token.
SELECT name(entity) AS model, value AS parameters, name(CASE metric WHEN 'model-parameters' THEN 'all-parameters' ELSE 'used-per-token' END) AS counted,
       name(CASE WHEN region = 'us' THEN 'us' ELSE 'cn' END) AS country, id AS fact
FROM facts
WHERE metric IN ('model-parameters', 'active-parameters') AND entity <> 'chinese-models'
ORDER BY max(CASE metric WHEN 'model-parameters' THEN value END) OVER (PARTITION BY entity) DESC, metric DESC
