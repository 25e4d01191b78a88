-- When the financed firms were founded, in four groups.
SELECT name(CASE metric WHEN 'founded-medicine' THEN 'fd-medicine' WHEN 'founded-entertainment' THEN 'fd-entertainment'
                        WHEN 'founded-machine-vision' THEN 'tr-machine-vision' ELSE 'tr-generative-vision' END) AS field,
       name(entity) AS founded, value AS share, CASE entity WHEN 'founded-by-2022' THEN 1 WHEN 'founded-in-2023' THEN 2 ELSE 3 END AS position, id AS fact
FROM facts WHERE metric LIKE 'founded-%'
ORDER BY CASE metric WHEN 'founded-generative-vision' THEN 1 WHEN 'founded-entertainment' THEN 2 WHEN 'founded-machine-vision' THEN 3 ELSE 4 END, position
