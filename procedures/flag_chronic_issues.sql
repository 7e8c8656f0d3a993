-- Systems that breach their SLA again and again. A breach counts in the month in which its ticket was created, so that it stands beside
-- the tickets that came in then; an open ticket is no breach until it is resolved.
CREATE PROCEDURE flag_chronic_issues(IN threshold INT)
BEGIN
  START TRANSACTION;

  DELETE FROM {{ref "chronic_issues"}};

  INSERT INTO {{ref "chronic_issues"}} (
    month_start_date,
    system_code,
    system_name,
    owner_team_code,
    tickets,
    breaches,
    breach_share,
    share_of_month,
    rank_in_month,
    months_in_a_row,
    threshold
  )
  WITH dated AS (
    SELECT
      system_code,
      DATE_SUB(created_date, INTERVAL DAY(created_date) - 1 DAY) AS month_start_date,
      sla_breached
    FROM {{ref "fact_tickets"}}
  ),

  monthly AS (
    SELECT
      system_code,
      month_start_date,
      COUNT(*) AS tickets,
      SUM(sla_breached) AS breaches
    FROM dated
    GROUP BY system_code, month_start_date
  ),

  ranked AS (
    SELECT
      monthly.*,
      RANK() OVER (PARTITION BY month_start_date ORDER BY breaches DESC) AS rank_in_month,
      SUM(breaches) OVER (PARTITION BY month_start_date) AS breaches_of_month
    FROM monthly
  ),

  -- Months one after the other have the same number less their position among the system's chronic months.
  chronic AS (
    SELECT
      ranked.*,
      YEAR(month_start_date) * 12 + MONTH(month_start_date)
        - CAST(ROW_NUMBER() OVER (PARTITION BY system_code ORDER BY month_start_date) AS SIGNED) AS spell
    FROM ranked
    WHERE breaches > threshold
  )

  SELECT
    chronic.month_start_date,
    chronic.system_code,
    systems.system_name,
    systems.owner_team_code,
    chronic.tickets,
    chronic.breaches,
    ROUND(chronic.breaches / NULLIF(chronic.tickets, 0), 4),
    ROUND(chronic.breaches / NULLIF(chronic.breaches_of_month, 0), 4),
    chronic.rank_in_month,
    ROW_NUMBER() OVER (PARTITION BY chronic.system_code, chronic.spell ORDER BY chronic.month_start_date),
    threshold
  FROM chronic
  INNER JOIN {{ref "dim_systems"}} AS systems ON chronic.system_code = systems.system_code;

  COMMIT;
END
