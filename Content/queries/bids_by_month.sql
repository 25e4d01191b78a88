-- Value of winning bids by month of 2024.
SELECT CAST(substr(month, 6) AS INTEGER) AS month, amount
FROM bids
ORDER BY month
