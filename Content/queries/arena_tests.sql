-- Both lists by test score and votes; a few models are named.
SELECT name AS model, elo, mmlu_pro, name(country) AS country,
       CASE WHEN model IN ('gemini-2-5-pro', 'glm-4-5', 'gpt-oss-120b', 'mistral-medium-3-1', 'gpt-5') THEN name
            WHEN model = 'chatgpt-4o-latest-2025-03-26' THEN 'ChatGPT-4o'
            WHEN model = 'claude-opus-4-1-thinking-16k' THEN 'Claude Opus 4.1' END AS label
FROM arena
WHERE mmlu_pro >= 74
