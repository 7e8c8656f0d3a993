WITH known AS (
  SELECT
    fact.*,
    -- The outcome is known once the limit has run out, whether the ticket is resolved by then or not. Taking resolved tickets only
    -- would leave out the slow ones among the late tickets, and taking those of the last days only the quick ones.
    CASE
      WHEN fact.due_at >= {{as_of}} THEN NULL
      WHEN fact.is_open = 1 THEN 1
      ELSE fact.sla_breached
    END AS is_breach
  FROM {{ref "fact_tickets"}} AS fact
)

SELECT
  known.ticket_id,
  known.priority,
  systems.system_name,
  known.category,
  known.channel,
  teams.team_name,
  known.created_hour,
  known.created_weekday,
  dates.year_month_name AS created_month,
  known.is_breach,
  known.is_open,
  known.is_overdue,
  known.status,
  known.created_at,
  known.due_at,
  CASE WHEN known.is_open = 1 THEN {{hours_between (as_of) "known.due_at"}} END AS hours_left
FROM known
INNER JOIN {{ref "dim_systems"}} AS systems ON known.system_code = systems.system_code
INNER JOIN {{ref "dim_teams"}} AS teams ON known.team_code = teams.team_code
INNER JOIN {{ref "dim_dates"}} AS dates ON known.created_date = dates.date_day
