-- Three shares of China in AI patents, each on a base of its own, with the rest of the world.
SELECT name(CASE metric WHEN 'ai-patent-share' THEN 'patent-held' WHEN 'genai-patent-share' THEN 'patent-new-genai' ELSE 'patent-applied' END) AS base,
       value AS share, 'cn' AS part, id AS fact,
       CASE metric WHEN 'genai-patent-share' THEN 1 WHEN 'ai-patent-share' THEN 2 ELSE 3 END AS position
FROM facts
WHERE id IN ('ai-patent-share.cn.2025-04', 'genai-patent-share.cn.2025-04', 'ai-patent-application-share.cn.2025-04')
UNION ALL
SELECT name(CASE metric WHEN 'ai-patent-share' THEN 'patent-held' WHEN 'genai-patent-share' THEN 'patent-new-genai' ELSE 'patent-applied' END),
       round(100 - value, 2), 'rest', NULL,
       CASE metric WHEN 'genai-patent-share' THEN 1 WHEN 'ai-patent-share' THEN 2 ELSE 3 END
FROM facts
WHERE id IN ('ai-patent-share.cn.2025-04', 'genai-patent-share.cn.2025-04', 'ai-patent-application-share.cn.2025-04')
ORDER BY position, part
