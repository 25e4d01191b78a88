-- First and last year of each forecast of a Chinese market in yuan; a forecast without a base has one row.
WITH spans(name_key, fact, side, position) AS (
  VALUES ('sp-iimedia', 'llm-market.cn.2024', 'left', 1), ('sp-iimedia', 'llm-market.cn.2026', 'right', 1),
         ('sp-second', 'llm-market.cn.2025', 'left', 2), ('sp-second', 'llm-market.cn.2030', 'right', 2),
         ('sp-embodied', 'embodied-market.cn.2030', 'right', 3),
         ('sp-industry', 'ai-industry-size.cn.2024', 'left', 4), ('sp-industry', 'ai-industry-size.cn.2029', 'right', 4),
         ('sp-core', 'ai-core-size.cn.2025', 'left', 5), ('sp-core', 'ai-core-size.cn.2026', 'right', 5),
         ('sp-related', 'ai-related-size.cn.2025', 'left', 6), ('sp-related', 'ai-related-size.cn.2026', 'right', 6)
)
SELECT name(name_key) AS forecast, facts.value, facts.period AS year, facts.kind, spans.side, facts.id AS fact
FROM spans JOIN facts ON facts.id = spans.fact
ORDER BY position, side
