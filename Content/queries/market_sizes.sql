-- Sizes of China’s market by what is counted, with the sum of all bids.
SELECT name(CASE metric WHEN 'llm-market' THEN 'scope-whole' WHEN 'bid-amount' THEN 'scope-purchase' ELSE 'scope-part' END) AS scope,
       CASE metric WHEN 'bid-amount' THEN name('state-owned-bids') ELSE name(metric) END AS measured,
       name(CASE metric WHEN 'llm-market' THEN 'by-iimedia' WHEN 'multimodal-market' THEN 'by-zhiyan' WHEN 'api-market' THEN 'by-grandview'
                        WHEN 'bid-amount' THEN 'by-tenders' ELSE 'by-idc' END) AS estimator,
       name('period-' || lower(period)) AS period,
       CASE unit WHEN 'CNY' THEN value END AS cny,
       CASE unit WHEN 'USD' THEN value END AS usd,
       id AS fact,
       CASE metric WHEN 'llm-market' THEN 1 WHEN 'multimodal-market' THEN 2 WHEN 'api-market' THEN 3 WHEN 'soe-solutions-market' THEN 4
                   WHEN 'maas-market' THEN 5 WHEN 'solutions-market' THEN 6 ELSE 7 END AS position
FROM facts
WHERE id IN ('llm-market.cn.2024', 'multimodal-market.cn.2024', 'api-market.cn.2024', 'maas-market.cn.2025-h1',
             'solutions-market.cn.2025-h1', 'soe-solutions-market.cn.2024', 'bid-amount.state-owned.2024')
UNION ALL
SELECT name('scope-purchase'), name('all-buyers-bids'), name('by-tenders'), name('period-2024'), sum(amount), NULL, NULL, 8
FROM bids
ORDER BY position
