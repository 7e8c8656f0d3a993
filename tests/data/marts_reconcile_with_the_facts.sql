-- Sums of the marts that differ from those of the facts: each is counted once, whatever mart it is read from.
WITH facts AS (
  SELECT
    COUNT(*) AS tickets,
    SUM(is_open) AS open_tickets,
    SUM(is_overdue) AS overdue,
    SUM(sla_breached) AS breached,
    SUM(is_repeat_incident) AS repeats,
    SUM(CASE WHEN priority = 'Critical' THEN 1 ELSE 0 END) AS critical,
    SUM(estimated_financial_loss) AS loss
  FROM {{ref "fact_tickets"}}
),

last_day AS (
  SELECT MAX(flow_date) AS flow_date FROM {{ref "mart_ticket_flow"}}
),

figures AS (
  SELECT 'mart_tickets: tickets' AS figure, COUNT(*) AS found, MAX(facts.tickets) AS expected FROM {{ref "mart_tickets"}} CROSS JOIN facts
  UNION ALL
  SELECT 'mart_tickets: breached', SUM(marts.sla_breached), MAX(facts.breached) FROM {{ref "mart_tickets"}} AS marts CROSS JOIN facts
  UNION ALL
  SELECT 'mart_tickets: repeats', SUM(marts.is_repeat_incident), MAX(facts.repeats) FROM {{ref "mart_tickets"}} AS marts CROSS JOIN facts
  UNION ALL
  SELECT 'mart_tickets: loss', SUM(marts.estimated_financial_loss), MAX(facts.loss) FROM {{ref "mart_tickets"}} AS marts CROSS JOIN facts
  UNION ALL
  SELECT 'mart_ticket_flow: opened', SUM(flow.tickets), MAX(facts.tickets) FROM {{ref "mart_ticket_flow"}} AS flow CROSS JOIN facts WHERE flow.flow = 'Opened'
  UNION ALL
  SELECT 'mart_ticket_flow: closed', SUM(flow.tickets), MAX(facts.tickets - facts.open_tickets)
  FROM {{ref "mart_ticket_flow"}} AS flow
  CROSS JOIN facts
  WHERE flow.flow = 'Closed'
  UNION ALL
  SELECT 'mart_ticket_flow: backlog at the end', SUM(flow.tickets), MAX(facts.open_tickets)
  FROM {{ref "mart_ticket_flow"}} AS flow
  INNER JOIN last_day ON flow.flow_date = last_day.flow_date
  CROSS JOIN facts
  WHERE flow.flow = 'Backlog'
  UNION ALL
  SELECT 'mart_ticket_flow: overdue at the end', SUM(flow.tickets), MAX(facts.overdue)
  FROM {{ref "mart_ticket_flow"}} AS flow
  INNER JOIN last_day ON flow.flow_date = last_day.flow_date
  CROSS JOIN facts
  WHERE flow.flow = 'Overdue'
  UNION ALL
  SELECT 'mart_system_day: incidents', SUM(days.incidents), MAX(facts.tickets) FROM {{ref "mart_system_day"}} AS days CROSS JOIN facts
  UNION ALL
  SELECT 'mart_system_day: critical incidents', SUM(days.critical_incidents), MAX(facts.critical) FROM {{ref "mart_system_day"}} AS days CROSS JOIN facts
  UNION ALL
  SELECT 'mart_system_day: breached', SUM(days.sla_breached), MAX(facts.breached) FROM {{ref "mart_system_day"}} AS days CROSS JOIN facts
  UNION ALL
  SELECT 'mart_breach_alerts: open tickets', COUNT(*), MAX(facts.open_tickets) FROM {{ref "mart_breach_alerts"}} CROSS JOIN facts
)

SELECT figure, found, expected
FROM figures
WHERE found <> expected
