-- Filed services by province in both readings of the register.
SELECT name(entity) AS province, value AS services,
       name(CASE source WHEN 'cnnic-2025' THEN 'reading-cnnic' ELSE 'reading-compilation' END) AS reading,
       id AS fact
FROM facts
WHERE metric = 'filed-services' AND period = '2025-08' AND entity <> 'cn'
ORDER BY max(value) OVER (PARTITION BY entity) DESC, entity, source
