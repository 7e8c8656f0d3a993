-- The facts' flag and the history of callers find the same incidents.
SELECT facts.incident_number, facts.is_repeat_incident, repeats.previous_incident_number
FROM {{ref "fact_incidents"}} AS facts
LEFT JOIN {{ref "repeat_incidents"}} AS repeats ON facts.incident_number = repeats.incident_number
WHERE facts.is_repeat_incident <> CASE WHEN repeats.incident_number IS NULL THEN 0 ELSE 1 END
