-- The US lead on MMLU, with the rival figure.
SELECT period AS year, value AS gap,
       name(CASE source WHEN 'compiled-2025' THEN 'rival' ELSE 'preferred' END) AS reading, id AS fact
FROM facts
WHERE id IN ('benchmark-gap.cn-us.2023', 'benchmark-gap.cn-us.2024', 'benchmark-gap.cn-us.per-compilation.2023')
ORDER BY source, period
