-- AI capital spending of Chinese groups in yuan, spent and planned.
SELECT name('capex-' || entity || '-' || period) AS item, value AS yuan, kind, name('capex-' || kind) AS status, id AS fact
FROM facts
WHERE id IN ('capex.bytedance.2024', 'capex.bytedance.2025', 'capex.baidu-alibaba-tencent.2024')
UNION ALL
SELECT name('capex-compute-bytedance-2025'), value, kind, name('capex-' || kind), id FROM facts WHERE id = 'capex-compute.bytedance.2025'
ORDER BY kind, yuan DESC
