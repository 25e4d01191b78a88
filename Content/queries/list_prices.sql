-- List prices in the currency of the offer; nothing is converted.
SELECT name(CASE WHEN metric LIKE 'price-%' THEN 'basis-tokens' ELSE 'basis-contract' END) AS basis,
       name(entity) AS offer, name(metric) AS item,
       CASE unit WHEN 'USD' THEN value END AS usd, CASE unit WHEN 'CNY' THEN value END AS cny, id AS fact
FROM facts
WHERE metric IN ('price-input', 'price-output', 'subscription', 'enterprise-contract')
ORDER BY metric LIKE 'price-%' DESC, entity, metric
