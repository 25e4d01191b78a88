-- Shares of deals and of money by area, and what is left over.
SELECT name(entity) AS area, name(CASE metric WHEN 'financing-events-share' THEN 'by-count' ELSE 'by-amount' END) AS basis,
       value AS share, id AS fact, CASE entity WHEN 'robotics' THEN 1 WHEN 'traditional-industry' THEN 2 ELSE 3 END AS position
FROM facts
WHERE metric IN ('financing-events-share', 'financing-amount-share') AND period = '2025-01/2025-04'
  AND entity IN ('robotics', 'traditional-industry', 'hardware-technology')
UNION ALL
SELECT name('remainder'), name(CASE metric WHEN 'financing-events-share' THEN 'by-count' ELSE 'by-amount' END),
       round(100 - sum(value), 1), NULL, 4
FROM facts
WHERE metric IN ('financing-events-share', 'financing-amount-share') AND period = '2025-01/2025-04'
  AND entity IN ('robotics', 'traditional-industry', 'hardware-technology')
GROUP BY metric
ORDER BY position, basis
