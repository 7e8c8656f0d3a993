SELECT
  region_code,
  region_name,
  region_type,
  nation
FROM {{ref "regions"}}
