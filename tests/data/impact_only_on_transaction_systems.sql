-- Transactions fail only in systems that handle them, and a row of business impact has at least one.
SELECT fact.ticket_id, fact.system_code, fact.failed_transaction_count
FROM {{ref "fact_tickets"}} AS fact
INNER JOIN {{ref "dim_systems"}} AS systems ON fact.system_code = systems.system_code
WHERE fact.has_business_impact = 1
  AND (systems.handles_transactions = 0 OR fact.failed_transaction_count < 1)
