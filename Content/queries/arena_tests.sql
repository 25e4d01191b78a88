-- Both lists by test score and votes; the two label columns name a few models.
SELECT elo, mmlu_pro, name(country) AS country,
       CASE model WHEN 'chatgpt-4o-latest-2025-03-26' THEN 'ChatGPT-4o' WHEN 'gemini-2-5-pro' THEN name WHEN 'glm-4-5' THEN name
                  WHEN 'gpt-oss-120b' THEN name WHEN 'mistral-medium-3-1' THEN name ELSE '' END AS label,
       CASE model WHEN 'gpt-5' THEN name WHEN 'claude-opus-4-1-thinking-16k' THEN 'Claude Opus 4.1' ELSE '' END AS label_right
FROM arena
WHERE mmlu_pro >= 74
