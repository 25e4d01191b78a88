-- What marked the arrival of AI, in the eyes of the Chinese public.
SELECT name(entity) AS event, value AS share, id AS fact
FROM facts WHERE metric = 'arrival-event' ORDER BY value DESC
