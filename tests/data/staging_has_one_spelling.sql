-- Collations take 'open' for 'Open'; hashes do not. So this finds words in another case than the source's own.
WITH words AS (
  SELECT 'status' AS word_of, status AS word FROM {{ref "stg_tickets"}}
  UNION ALL SELECT 'priority', priority FROM {{ref "stg_tickets"}}
  UNION ALL SELECT 'category', category FROM {{ref "stg_tickets"}}
  UNION ALL SELECT 'channel', channel FROM {{ref "stg_tickets"}}
  UNION ALL SELECT 'fix_type', fix_type FROM {{ref "stg_ticket_ownership"}} WHERE fix_type IS NOT NULL
)

SELECT word_of, word
FROM words
WHERE SHA2(word, 256) NOT IN (
  SHA2('Open', 256), SHA2('Pending', 256), SHA2('Resolved', 256), SHA2('Closed', 256),
  SHA2('Low', 256), SHA2('Medium', 256), SHA2('High', 256), SHA2('Critical', 256),
  SHA2('Hardware', 256), SHA2('Software', 256), SHA2('Network', 256), SHA2('Access', 256),
  SHA2('Email', 256), SHA2('Phone', 256), SHA2('Portal', 256),
  SHA2('Permanent', 256), SHA2('Patch', 256), SHA2('Workaround', 256)
)
