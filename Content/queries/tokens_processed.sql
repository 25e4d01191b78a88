-- Reported traffic in tokens; the rows count different things.
SELECT name(entity) AS whose, name(metric) AS measure,
       name('period-' || lower(period)) AS period,
       value AS tokens, id AS fact
FROM facts
WHERE id IN ('monthly-tokens.google.2024-04', 'monthly-tokens.google.2025', 'daily-tokens.doubao.2025-05',
             'daily-tokens.enterprise-calls.2025-h1', 'cloud-tokens.cn.2025-h1')
ORDER BY metric, facts.period
