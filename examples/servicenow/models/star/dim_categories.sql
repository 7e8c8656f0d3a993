WITH members AS (
  SELECT
    {{or_unknown "category"}} AS category_name,
    {{or_unknown "subcategory"}} AS subcategory_name
  FROM {{ref "stg_incidents"}}
)

SELECT DISTINCT
  {{category_path "category_name" "subcategory_name"}} AS category_path,
  category_name AS category,
  subcategory_name AS subcategory
FROM members
