{{#macro cents_to_money column decimals=2}}CAST({{column}} / 100 AS DECIMAL(12, {{decimals}})){{/macro}}
