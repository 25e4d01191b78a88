-- Regional shares of AI financing as printed, and the same amounts over the printed national total.
WITH shares AS (
  SELECT entity, value, id FROM facts
  WHERE metric = 'financing-amount-share' AND period = '2025-01/2025-04' AND entity IN ('beijing', 'guangdong', 'shanghai')
), amounts AS (
  SELECT entity, value FROM facts
  WHERE metric = 'financing-amount' AND period = '2025-01/2025-04' AND entity IN ('beijing', 'guangdong', 'shanghai')
), points AS (
  SELECT entity, 'share-printed' AS basis, value AS share, 'right' AS side, id AS fact, value AS rank FROM shares
  UNION ALL
  SELECT amounts.entity, 'share-of-total', round(100.0 * amounts.value / total.value, 1), 'left', NULL, shares.value
  FROM amounts JOIN shares ON shares.entity = amounts.entity JOIN facts AS total ON total.id = 'financing-amount.cn.2025-01-to-2025-04'
)
SELECT name(entity) AS region, name(basis) AS basis, share, side, fact FROM points ORDER BY rank DESC, side
