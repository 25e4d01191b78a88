-- Where two values carry one name: the larger one over the smaller one.
WITH pairs (topic, lower, upper) AS (
  SELECT 'topic-compute', (SELECT value FROM facts WHERE id = 'compute.cn.2025'), (SELECT value FROM facts WHERE id = 'compute.cn.2025-06')
  UNION ALL SELECT 'topic-users', (SELECT value FROM facts WHERE id = 'genai-users.cn.2025-06'), (SELECT value FROM facts WHERE id = 'genai-accounts.cn.2025')
  UNION ALL SELECT 'topic-firms', (SELECT value FROM facts WHERE id = 'ai-firms.cn.2025'), (SELECT value FROM facts WHERE id = 'genai-firms.cn.2025')
  UNION ALL SELECT 'topic-core-size', (SELECT value FROM facts WHERE id = 'ai-core-size.cn.2025'), (SELECT value FROM facts WHERE id = 'ai-core-size.cn.target.2025')
  UNION ALL SELECT 'topic-long-run', (SELECT value FROM facts WHERE id = 'investment-total.llm-industry.2025-to-2030'), (SELECT value FROM facts WHERE id = 'investment-total.ai-industry.2024-to-2030')
  UNION ALL SELECT 'topic-capex', (SELECT sum(value) FROM facts WHERE id IN ('capex.bytedance.2024', 'capex.baidu-alibaba-tencent.2024')), (SELECT value FROM facts WHERE id = 'capex.cn-seven.2024')
  UNION ALL SELECT 'topic-filings', (SELECT value FROM facts WHERE id = 'filed-services.beijing.per-compilation.2025-08'), (SELECT value FROM facts WHERE id = 'filed-services.beijing.2025-08')
  UNION ALL SELECT 'topic-gap', (SELECT value FROM facts WHERE id = 'benchmark-gap.cn-us.2023'), (SELECT value FROM facts WHERE id = 'benchmark-gap.cn-us.per-compilation.2023')
)
SELECT name(topic) AS topic, lower, upper, upper * 1.0 / lower AS times FROM pairs ORDER BY times DESC
