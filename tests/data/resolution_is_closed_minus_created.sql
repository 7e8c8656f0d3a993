-- What the source says about the resolution is what its own times say, to its two decimals.
SELECT fact.ticket_id, metrics.resolution_hours AS hours_in_source, fact.resolution_hours
FROM {{ref "fact_tickets"}} AS fact
INNER JOIN {{ref "stg_sla_metrics"}} AS metrics ON fact.ticket_id = metrics.ticket_id
WHERE ABS(metrics.resolution_hours - fact.resolution_hours) > 0.0051
  OR (metrics.resolution_hours IS NULL AND fact.closed_at IS NOT NULL)
  OR (metrics.resolution_hours IS NOT NULL AND fact.closed_at IS NULL)
