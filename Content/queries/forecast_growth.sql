-- Yearly growth that each forecast implies, from its first and its last year.
WITH spans(name_key, base, goal, multiple, years, who) AS (
  VALUES ('fc-openai', NULL, 'openai-revenue-multiple.openai.2029', 1, 6, 'us'),
         ('fc-ads', 'ai-search-ads.us.2025', 'ai-search-ads.us.2029', 0, 4, 'us'),
         ('fc-phones', 'ai-phones.world.2024', 'ai-phones.world.2027', 0, 3, 'world'),
         ('fc-iimedia', 'llm-market.cn.2024', 'llm-market.cn.2026', 0, 2, 'cn'),
         ('fc-core', 'ai-core-size.cn.2025', 'ai-core-size.cn.2026', 0, 1, 'cn'),
         ('fc-second', 'llm-market.cn.2025', 'llm-market.cn.2030', 0, 5, 'cn'),
         ('fc-api', 'api-market.cn.2024', 'api-market.cn.2030', 0, 6, 'cn')
)
SELECT name(name_key) AS forecast, years, who,
       round(100 * (pow(CASE multiple WHEN 1 THEN goal.value ELSE goal.value / base.value END, 1.0 / years) - 1), 1) AS growth,
       goal.id AS fact
FROM spans JOIN facts AS goal ON goal.id = spans.goal LEFT JOIN facts AS base ON base.id = spans.base
UNION ALL
SELECT name('fc-iresearch'), 5, 'cn', value, id FROM facts WHERE id = 'ai-industry-cagr.cn.2024-to-2029'
ORDER BY growth DESC
