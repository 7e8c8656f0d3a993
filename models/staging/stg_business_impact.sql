WITH versions AS (
  SELECT
    raw.*,
    ROW_NUMBER() OVER (PARTITION BY ticket_id ORDER BY failed_transaction_count DESC) AS version
  FROM {{source "helpdesk" "business_impact"}} AS raw
),

cleaned AS (
  SELECT
    ticket_id,
    failed_transaction_count,
    CAST(REPLACE(REPLACE(UPPER(TRIM(estimated_financial_loss)), 'GBP ', ''), ',', '') AS DECIMAL(14, 2))
      AS estimated_financial_loss,
    {{clean_text "affected_region"}} AS region_name
  FROM versions
  WHERE version = 1
)

SELECT
  cleaned.ticket_id,
  cleaned.failed_transaction_count,
  cleaned.estimated_financial_loss,
  -- Some rows do not say where; the analysis must still add up.
  COALESCE(regions.region_code, 'NONE') AS region_code,
  COALESCE(regions.region_name, 'No region') AS region_name
FROM cleaned
LEFT JOIN {{ref "regions"}} AS regions ON cleaned.region_name = regions.region_name
