-- Forecasts of advertising in AI search in the United States.
SELECT period AS year, value AS dollars, id AS fact
FROM facts WHERE metric = 'ai-search-ads' ORDER BY period
