WITH versions AS (
  SELECT
    ticket_id,
    failed_transaction_count,
    CAST(REPLACE(REPLACE(UPPER(TRIM(estimated_financial_loss)), 'GBP ', ''), ',', '') AS DECIMAL(14, 2))
      AS estimated_financial_loss,
    {{clean_text "affected_region"}} AS raw_region,
    ROW_NUMBER() OVER (
      PARTITION BY ticket_id
      ORDER BY failed_transaction_count DESC, affected_region DESC
    ) AS version
  FROM {{source "helpdesk" "business_impact"}}
)

SELECT
  versions.ticket_id,
  versions.failed_transaction_count,
  versions.estimated_financial_loss,
  -- Some rows do not say where; the analysis must still add up.
  COALESCE(regions.region_code, 'NONE') AS region_code,
  COALESCE(regions.region_name, 'No region') AS region_name
FROM versions
LEFT JOIN {{ref "regions"}} AS regions ON versions.raw_region = regions.region_name
WHERE versions.version = 1
