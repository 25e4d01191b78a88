-- What makers and reports say about chips and machines.
SELECT name(CASE region WHEN 'cn' THEN 'made-in-china' ELSE 'made-in-us' END) AS origin,
       name(entity) AS machine, name(metric) AS measure,
       CASE unit WHEN 'times' THEN value END AS times, CASE unit WHEN 'percent' THEN value END AS percent, id AS fact
FROM facts
WHERE id IN ('compute-gain.gb300.2025', 'compute-gain.tpu-ironwood.2025', 'efficiency-gain.asic-inference.2025',
             'efficiency-gain-max.asic-inference.2025', 'chip-performance-gain.ascend-910b.2025', 'chip-relative.ascend-910b.2025',
             'cluster-density.scalex.2025', 'inference-saving.stepfun-metax.2025', 'inference-saving.pangu.2025',
             'adaptation-interfaces.paddle-ascend.2025', 'adaptation-code.paddle-ascend.2025', 'training-speed-gain.qianfan.2025',
             'solver-gain.paddle.2025', 'cluster-gain.bytedance.2025')
ORDER BY region <> 'cn', entity, metric
