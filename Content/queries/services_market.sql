-- What calls and solutions earned in the first half of 2025.
SELECT name(metric) AS market, value AS size, id AS fact
FROM facts WHERE id IN ('maas-market.cn.2025-h1', 'solutions-market.cn.2025-h1') ORDER BY value DESC
