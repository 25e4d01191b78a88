-- What generative AI is used for, users and minors apart.
SELECT name(CASE metric WHEN 'purpose-share' THEN 'base-users' ELSE 'base-minors' END) AS base,
       name(entity) AS purpose, value AS share, id AS fact
FROM facts
WHERE metric IN ('purpose-share', 'minor-purpose')
ORDER BY metric DESC, value DESC
