-- Every pair of numbers that the sources give for both countries on the same measure, with the US value over the Chinese one.
WITH pairs (pair, unit, us, cn) AS (
  SELECT 'pair-training-gpus', 'count',
         (SELECT value FROM facts WHERE id = 'training-gpus.grok-3.2025'),
         (SELECT value FROM facts WHERE id = 'training-gpus.deepseek-v3.2024')
  UNION ALL
  SELECT 'pair-private-investment', 'USD',
         (SELECT value FROM facts WHERE id = 'private-investment.us.2024'),
         (SELECT value FROM facts WHERE id = 'private-investment.cn.2024')
  UNION ALL
  SELECT 'pair-notable-models', 'models',
         (SELECT value FROM facts WHERE id = 'notable-models.us.2024'),
         (SELECT value FROM facts WHERE id = 'notable-models.cn.2024')
  UNION ALL
  SELECT 'pair-arena-all', 'models',
         (SELECT models FROM arena_counts WHERE list = 'top-us'), (SELECT models FROM arena_counts WHERE list = 'top-cn')
  UNION ALL
  SELECT 'pair-arena-best', 'points',
         (SELECT max(elo) FROM arena WHERE country = 'us'), (SELECT max(elo) FROM arena WHERE country = 'cn')
  UNION ALL
  SELECT 'pair-firms-using', 'percent',
         (SELECT value FROM facts WHERE id = 'genai-firms.us.2025'), (SELECT value FROM facts WHERE id = 'genai-firms.cn.2025')
  UNION ALL
  SELECT 'pair-downloads', 'percent',
         (SELECT value FROM facts WHERE id = 'download-share.us.2025'),
         (SELECT value FROM facts WHERE id = 'download-share.cn.2025')
  UNION ALL
  SELECT 'pair-citations', 'percent',
         (SELECT value FROM facts WHERE id = 'paper-citations.us.2025'),
         (SELECT value FROM facts WHERE id = 'paper-citations.cn.2025')
  UNION ALL
  SELECT 'pair-arena-open', 'models',
         (SELECT models FROM arena_counts WHERE list = 'open-us'), (SELECT models FROM arena_counts WHERE list = 'open-cn')
)
SELECT name(pair) AS measure, unit, us, cn, us * 1.0 / cn AS ratio, max(us, cn) * 1.0 / min(us, cn) AS times,
       name(CASE WHEN us > cn THEN 'us' ELSE 'cn' END) AS ahead
FROM pairs
ORDER BY ratio DESC
