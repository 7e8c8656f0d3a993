-- Collations take 'open' for 'Open'; hashes do not. So this finds words in another case than the source's own.
SELECT ticket_id, status, priority, category, channel
FROM {{ref "stg_tickets"}}
WHERE SHA2(status, 256) NOT IN (SHA2('Open', 256), SHA2('Pending', 256), SHA2('Resolved', 256), SHA2('Closed', 256))
  OR SHA2(priority, 256) NOT IN (SHA2('Low', 256), SHA2('Medium', 256), SHA2('High', 256), SHA2('Critical', 256))
  OR SHA2(category, 256)
    NOT IN (SHA2('Hardware', 256), SHA2('Software', 256), SHA2('Network', 256), SHA2('Access', 256))
  OR SHA2(channel, 256) NOT IN (SHA2('Email', 256), SHA2('Phone', 256), SHA2('Portal', 256))
