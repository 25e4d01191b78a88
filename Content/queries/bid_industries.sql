-- Winning bids by industry, share of projects against share of value.
SELECT name(entity) AS industry, name(CASE metric WHEN 'bid-share-count' THEN 'bd-count' ELSE 'bd-amount' END) AS basis, value AS share, id AS fact
FROM facts WHERE metric IN ('bid-share-count', 'bid-share-amount')
ORDER BY CASE entity WHEN 'government' THEN 1 WHEN 'education-research' THEN 2 WHEN 'energy' THEN 3 WHEN 'telecom' THEN 4 WHEN 'finance' THEN 5 ELSE 6 END, basis
