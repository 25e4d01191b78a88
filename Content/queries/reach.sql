-- Share and number of people who use generative AI in China; the earlier values follow from the printed increases.
SELECT name('reach-before') AS time, share.value - change.value AS share, users.value - increase.value AS users
FROM facts share, facts change, facts users, facts increase
WHERE share.id = 'genai-penetration.cn.2025-06' AND change.id = 'genai-penetration-change.cn.2024-12-to-2025-06'
  AND users.id = 'genai-users.cn.2025-06' AND increase.id = 'genai-users-increase.cn.2024-12-to-2025-06'
UNION ALL
SELECT name('reach-after'), share.value, users.value FROM facts share, facts users
WHERE share.id = 'genai-penetration.cn.2025-06' AND users.id = 'genai-users.cn.2025-06'
