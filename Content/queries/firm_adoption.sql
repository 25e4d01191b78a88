-- The shares of firms said to use AI in China, and the wider claim for generative AI.
SELECT CASE metric WHEN 'genai-firms' THEN name('claim-genai') WHEN 'ai-firms' THEN CASE entity WHEN 'cn' THEN name('claim-ai') ELSE name(entity) END END AS base,
       name(CASE metric WHEN 'genai-firms' THEN 'claim-kind-genai' ELSE 'claim-kind-ai' END) AS kind,
       value AS share, id AS fact
FROM facts WHERE (metric = 'ai-firms') OR (metric = 'genai-firms' AND entity = 'cn')
ORDER BY metric DESC, entity = 'cn' DESC, value DESC
