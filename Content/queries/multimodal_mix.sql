-- Uses of the multimodal market.
SELECT name(entity) AS use, value AS share, CASE entity WHEN 'teaching-3d-other' THEN 1 ELSE 0 END AS mixed, id AS fact FROM facts WHERE metric = 'multimodal-share' ORDER BY value DESC, entity
