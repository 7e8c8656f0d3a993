-- No text in staging has spaces at its ends or doubled within.
SELECT ticket_id, subject AS text_found
FROM {{ref "stg_tickets"}}
WHERE CHAR_LENGTH(subject) <> CHAR_LENGTH(TRIM(REPLACE(subject, '  ', ' ')))
  OR CHAR_LENGTH(customer_id) <> CHAR_LENGTH(TRIM(customer_id))
UNION ALL
SELECT ticket_id, engineer_name
FROM {{ref "stg_ticket_ownership"}}
WHERE CHAR_LENGTH(engineer_name) <> CHAR_LENGTH(TRIM(REPLACE(engineer_name, '  ', ' ')))
