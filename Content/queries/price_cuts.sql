-- Announced price cuts of Chinese vendors in the order of time.
SELECT name('cut-' || CAST(value AS INTEGER)) AS offer, value AS cut, id AS fact
FROM facts
WHERE metric IN ('price-cut', 'price-below-peers')
ORDER BY period, value DESC
