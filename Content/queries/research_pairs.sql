-- China and the United States on three measures of research.
SELECT name(CASE metric WHEN 'paper-citations' THEN 'pair-citations' WHEN 'download-share' THEN 'pair-downloads' ELSE 'pair-notable' END) AS measure,
       name(entity) AS country, value, id AS fact,
       CASE metric WHEN 'paper-citations' THEN 1 WHEN 'download-share' THEN 2 ELSE 3 END AS position
FROM facts
WHERE id IN ('paper-citations.cn.2025', 'paper-citations.us.2025', 'download-share.cn.2025', 'download-share.us.2025',
             'notable-models.cn.2024', 'notable-models.us.2024')
ORDER BY position, entity
