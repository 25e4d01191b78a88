-- China’s computing power for AI as two sources give it, with the part at the edge.
SELECT name(CASE id WHEN 'compute.cn.2025-06' THEN 'reading-conference' WHEN 'compute.cn.2025' THEN 'reading-compiled-total' ELSE 'reading-compiled-edge' END) AS reading,
       value AS eflops, name(CASE source WHEN 'cnnic-2025' THEN 'preferred' ELSE 'rival' END) AS role, id AS fact
FROM facts
WHERE metric IN ('compute', 'edge-compute')
ORDER BY value DESC
