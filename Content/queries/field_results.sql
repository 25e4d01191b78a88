-- Results that reports claim for single cases.
SELECT name(entity) AS who, name(metric) AS what,
       CASE unit WHEN 'percent' THEN value END AS percent,
       CASE unit WHEN 'CNY' THEN value END AS yuan,
       CASE WHEN unit NOT IN ('percent', 'CNY') THEN value END AS amount,
       name('named-' || (source = 'cnnic-2025')) AS origin, id AS fact
FROM facts
WHERE id IN ('yield-gain.conghua.2024', 'efficiency-gain-farm.unmanned-machines.2024', 'water-saving.minle.2024',
             'parts-inspected.tencent-inspection.2024-07', 'yearly-gain.baosteel.2025', 'yearly-gain.carmaker.2025',
             'climbs-cut.state-grid.2025', 'towers-inspected.state-grid.2025', 'processing-time-cut.keyi.2025', 'accuracy.keyi.2025',
             'accuracy.game-support.2025', 'diagnosis-accuracy.rare-diseases.2025', 'misdiagnosis-cut.rare-diseases.2025', 'scenarios.spd-bank.2025-06', 'teachers-served.sensetime.2025')
ORDER BY source, unit, value DESC
