-- Fields of the firms financed in the language and multimodal track.
SELECT name(entity) AS field, value AS firms, id AS fact FROM facts WHERE metric = 'field-frequency'
ORDER BY CASE entity WHEN 'field-other' THEN 1 ELSE 0 END, value DESC, entity
