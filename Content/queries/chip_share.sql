-- Domestic share of AI chips in China: reported, and the policy target.
SELECT period AS year, value, kind, name(kind) AS status, id AS fact
FROM facts WHERE metric = 'domestic-chip-share'
ORDER BY kind, period
