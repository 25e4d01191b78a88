-- Uses of the multimodal market.
SELECT name(entity) AS use, value AS share, id AS fact FROM facts WHERE metric = 'multimodal-share' ORDER BY value DESC, entity
