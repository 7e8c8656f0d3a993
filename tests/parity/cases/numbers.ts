import type { Cases } from "../case.js";

/** Numbers, truth values, NULL, JSON. */
export const NUMBER_CASES: Cases = {
  "division of integers": "SELECT a, b, a / NULLIF(b, 0) AS x, a / 3 AS y FROM numbers",
  "division of decimals": "SELECT x / NULLIF(y, 0) AS a, y / 7 AS b, f / 3 AS c FROM numbers WHERE id <> 8",
  "division rounded":
    "SELECT id, ROUND(a / 8, 2) AS a, ROUND(x / 2, 3) AS b, ROUND(100 * a / NULLIF(b, 0), 1) AS c FROM numbers",
  "div and mod":
    "SELECT a, b, a DIV NULLIF(b, 0) AS x, MOD(a, NULLIF(b, 0)) AS y, a % 3 AS z, big DIV 1000 AS v, a MOD 4 AS u FROM numbers",
  "div of decimals": "SELECT x DIV 1 AS a, y DIV 0.5 AS b, MOD(y, 0.3) AS c FROM numbers",
  "round decimals":
    "SELECT ROUND(x) AS a, ROUND(x, 1) AS b, ROUND(x, 2) AS c, ROUND(x, -1) AS d, ROUND(y, 1) AS e, ROUND(y) AS f FROM numbers",
  "round doubles":
    "SELECT ROUND(f) AS a, ROUND(f, 1) AS b, ROUND(2.5E0) AS c, ROUND(-1.5E0) AS d FROM numbers",
  "round integers": "SELECT ROUND(a, -1) AS a, ROUND(a) AS b FROM numbers",
  truncate:
    "SELECT TRUNCATE(x, 1) AS a, TRUNCATE(x, 0) AS b, TRUNCATE(a, -1) AS c, TRUNCATE(y, 1) AS d FROM numbers",
  "ceil and floor":
    "SELECT CEIL(x) AS a, FLOOR(x) AS b, CEILING(y) AS c, FLOOR(f) AS d, FLOOR(a / 2) AS e FROM numbers",
  "abs sign": "SELECT ABS(a) AS a, ABS(x) AS b, SIGN(x) AS c, -a AS d, -(-a) AS e FROM numbers",
  powers:
    "SELECT POW(a, 2) AS a, POWER(2, b) AS b, SQRT(y) AS c, EXP(b) AS d, LN(y) AS e, LOG(10, y) AS f, LOG10(y) AS g, LOG2(y) AS h FROM numbers WHERE a < 1000 OR a IS NULL",
  "bit operators":
    "SELECT a & 3 AS a, b | 8 AS b, a ^ b AS c, b << 2 AS d, a >> 1 AS e, BIT_COUNT(b) AS f FROM numbers WHERE a >= 0 AND b >= 0",
  "big integers": "SELECT big + 1 AS a, big * 2 AS b, a * 100000 AS c, a * 86400 AS d FROM numbers",
  "bin and hex": "SELECT BIN(b) AS a, HEX(b) AS b FROM numbers WHERE b >= 0",
  "greatest and least with null":
    "SELECT GREATEST(a, b) AS a, LEAST(a, b, 5) AS b, GREATEST(x, y) AS c, LEAST(a, NULL) AS d FROM numbers",
  "greatest of dates":
    "SELECT GREATEST(d, DATE '2024-06-01') AS a, LEAST(dt, TIMESTAMP '2024-06-01 00:00:00') AS b FROM days",
  "multiply quotients": "SELECT (100 * a / 7) + (x / 3) AS a, 100 * (a + b) / 9 AS b FROM numbers",
  precedence:
    "SELECT 1 + 2 * 3 - 4 AS a, (1 + 2) * 3 AS b, 10 - 3 - 2 AS c, 2 * 3 % 4 AS d, 7 - (3 - 2) AS e, -2 * -3 AS f, 1 + 1 = 2 AS g, NOT 1 = 2 AS h, 5 & 6 = 4 AS i, 1 | 2 + 4 AS j, 2 + 3 & 6 AS k",
  "precedence of and, or, xor":
    "SELECT a > 0 OR b > 0 AND x > 0 AS p, a > 0 XOR b > 0 AS q, NOT a > 0 AND b > 0 AS r, a > 0 OR b > 0 XOR x > 0 AS s FROM numbers",
  "sum of conditions":
    "SELECT priority, SUM(closed_at IS NULL) AS a, SUM(priority > 2 AND reopened) AS b, SUM(amount > 100) AS c, COUNT(reopened = 1 OR NULL) AS d FROM tickets GROUP BY priority",
  "average of conditions":
    "SELECT priority, AVG(closed_at <= opened_at + INTERVAL 5 DAY) AS a, ROUND(100 * AVG(reopened), 1) AS b, AVG(status IN ('closed', 'resolved')) AS c FROM tickets GROUP BY priority",
  "arithmetic with conditions":
    "SELECT ticket_id, (priority > 2) + (reopened = 1) * 2 AS a, 10 - (status = 'open') AS b, -(priority = 1) AS c FROM tickets",
  "conditions as columns":
    "SELECT ticket_id, priority > 2 AS a, closed_at IS NULL AS b, category LIKE 'n%' AS c, priority IN (1, 2) AS d, priority BETWEEN 2 AND 3 AS e, NOT reopened AS f, reopened AS g, category = 'network' AS h, EXISTS (SELECT 1 FROM agents a WHERE a.agent_id = tickets.agent_id) AS i FROM tickets",
  "numbers as conditions":
    "SELECT COUNT(*) AS n FROM tickets WHERE reopened AND priority - 1 AND NOT (priority = 4)",
  "is true and is false":
    "SELECT priority, a.agent_id IS NULL AS x, reopened IS TRUE AS a, reopened IS FALSE AS b, (amount > 0) IS TRUE AS c, (amount > 0) IS NOT TRUE AS d, (amount > 0) IS UNKNOWN AS e FROM tickets LEFT JOIN agents a USING (agent_id)",
  "true and false":
    "SELECT TRUE AS a, FALSE AS b, TRUE + TRUE AS c, ticket_id FROM tickets WHERE (reopened = TRUE) = (priority > 2)",
  xor: "SELECT ticket_id, priority > 2 XOR reopened AS a, NULL XOR 1 AS b FROM tickets",
  "null logic":
    "SELECT amount > 0 AND NULL AS a, amount > 0 OR NULL AS b, NOT (amount > 0) AS c, NULL IS NULL AS d, ISNULL(amount) AS e FROM tickets",
  "null-safe equality":
    "SELECT agent_id <=> parent_id AS a, agent_id <=> NULL AS b, NOT (category <=> NULL) AS c FROM tickets",
  "if and case":
    "SELECT IF(amount > 100, 'big', 'small') AS a, CASE WHEN amount IS NULL THEN 'none' WHEN amount < 0 THEN 'credit' ELSE 'debit' END AS b, CASE priority WHEN 1 THEN 10 WHEN 2 THEN 5 END AS c, IF(reopened, 1, 0) AS d, IF(closed_at IS NULL, NULL, priority) AS e FROM tickets",
  "coalesce and nullif":
    "SELECT COALESCE(amount, score, 0) AS a, IFNULL(agent_id, -1) AS b, NULLIF(priority, 2) AS c, COALESCE(closed_at, due_on) AS d, IFNULL(NULLIF(status, 'open'), 'was open') AS e FROM tickets",
  "cast numbers":
    "SELECT CAST(x AS SIGNED) AS a, CAST(y AS DECIMAL(8,1)) AS b, CAST(a AS DECIMAL(12,3)) AS c, CAST(x AS DOUBLE) AS d, CAST(f AS DECIMAL(12,1)) AS e, CAST(x AS DECIMAL) AS g FROM numbers WHERE id <> 8 AND id <> 5",
  "cast a double": "SELECT CAST(2.675E0 AS DECIMAL(10,2)) AS a, CAST(f AS DECIMAL(20,3)) AS b FROM numbers",
  "aggregate of nothing":
    "SELECT COUNT(*) AS a, SUM(amount) AS b, MAX(amount) AS c, AVG(score) AS d, COUNT(DISTINCT category) AS e FROM tickets WHERE ticket_id < 0",
  "average scale":
    "SELECT category IS NULL AS k, AVG(amount) AS a, AVG(priority) AS b, AVG(score) AS c, SUM(amount) AS d, SUM(score) AS e FROM tickets GROUP BY k",
  "rounded average":
    "SELECT agent_id, ROUND(AVG(amount), 2) AS a, ROUND(AVG(priority), 1) AS b, ROUND(AVG(priority)) AS c FROM tickets GROUP BY agent_id",
  "sum distinct":
    "SELECT SUM(DISTINCT priority) AS a, AVG(DISTINCT priority) AS b, COUNT(DISTINCT priority, reopened) AS c FROM tickets",
  deviations:
    "SELECT priority, STDDEV_POP(amount) AS a, STDDEV_SAMP(amount) AS b, VAR_POP(score) AS c, VAR_SAMP(score) AS d FROM tickets GROUP BY priority",
  "deviation of one row":
    "SELECT VAR_SAMP(amount) AS a, STDDEV_POP(amount) AS b FROM tickets WHERE ticket_id = 1",
  "json extract":
    "SELECT ticket_id, JSON_UNQUOTE(JSON_EXTRACT(doc, '$.impact')) AS a, JSON_UNQUOTE(JSON_EXTRACT(doc, '$.site.city')) AS b, CAST(JSON_UNQUOTE(JSON_EXTRACT(doc, '$.users')) AS SIGNED) AS c, JSON_UNQUOTE(JSON_EXTRACT(doc, '$.tags[0]')) AS d, JSON_EXTRACT(doc, '$.nothing') IS NULL AS e FROM tickets",
  "json length":
    "SELECT ticket_id, JSON_LENGTH(doc) AS a, JSON_LENGTH(doc, '$.tags') AS b, JSON_LENGTH(doc, '$.users') AS c, JSON_LENGTH(doc, '$.nothing') AS d FROM tickets",
  "json contains":
    "SELECT ticket_id, JSON_CONTAINS(doc, '\"b\"', '$.tags') AS a, JSON_CONTAINS(doc, '3', '$.site.floor') AS b, JSON_CONTAINS_PATH(doc, 'one', '$.site.city') AS c, JSON_CONTAINS_PATH(doc, 'one', '$.nope') AS d FROM tickets",
  "json grouped":
    "SELECT JSON_UNQUOTE(JSON_EXTRACT(doc, '$.site.city')) AS city, COUNT(*) AS n, AVG(CAST(JSON_UNQUOTE(JSON_EXTRACT(doc, '$.users')) AS DECIMAL(10,2))) AS users FROM tickets WHERE JSON_EXTRACT(doc, '$.site') IS NOT NULL GROUP BY city",
  "json valid": "SELECT JSON_VALID('{\"a\":1}') AS a, JSON_VALID('{a}') AS b, JSON_VALID(NULL) AS c",
};
