-- Chinese measures by month.
SELECT replace(month, '-', '‑') AS month, name(policy) AS measure, CASE WHEN issuer IS NULL THEN '' ELSE name(issuer) END AS issuer, departments, name(class) AS kind
FROM policies
ORDER BY policies.month, policies.line
