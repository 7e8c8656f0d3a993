import type { Cases } from "../case.js";

/** Shapes of queries: joins, sets, windows, groups, CTEs. */
export const QUERY_CASES: Cases = {
  "null order ascending": "SELECT ticket_id, amount FROM tickets ORDER BY amount, ticket_id",
  "null order descending": "SELECT ticket_id, amount FROM tickets ORDER BY amount DESC, ticket_id",
  "limit and offset": "SELECT ticket_id FROM tickets ORDER BY ticket_id LIMIT 10 OFFSET 20",
  "limit with comma": "SELECT ticket_id FROM tickets ORDER BY ticket_id DESC LIMIT 5, 10",
  "order by alias and ordinal":
    "SELECT ticket_id AS id, priority * 2 AS p FROM tickets WHERE ticket_id < 30 ORDER BY p DESC, 1",
  "order by expression of an alias":
    "SELECT ticket_id AS id, amount AS a FROM tickets WHERE ticket_id < 30 ORDER BY ABS(a), id",
  "group by alias":
    "SELECT YEAR(opened_at) AS y, QUARTER(opened_at) AS q, COUNT(*) AS n FROM tickets GROUP BY y, q ORDER BY y, q",
  "group by ordinal": "SELECT status, priority, COUNT(*) AS n FROM tickets GROUP BY 1, 2",
  "group by shadowing alias":
    "SELECT priority + 10 AS priority, COUNT(*) AS n FROM tickets t GROUP BY t.priority",
  "having alias":
    "SELECT agent_id, COUNT(*) AS n, AVG(amount) AS a FROM tickets GROUP BY agent_id HAVING n > 20 AND a > 100",
  "having aggregate":
    "SELECT agent_id FROM tickets GROUP BY agent_id HAVING COUNT(*) > 20 AND SUM(reopened) > 2",
  "having without group": "SELECT COUNT(*) AS n FROM tickets HAVING COUNT(*) > 5",
  "distinct rows": "SELECT DISTINCT priority, reopened FROM tickets",
  rollup:
    "SELECT priority, reopened, COUNT(*) AS n, SUM(amount) AS a FROM tickets GROUP BY priority, reopened WITH ROLLUP",
  "rollup ordered outside":
    "SELECT * FROM (SELECT priority, COUNT(*) AS n FROM tickets GROUP BY priority WITH ROLLUP) q ORDER BY priority IS NULL, priority",
  "inner join": "SELECT t.ticket_id, a.name FROM tickets t JOIN agents a ON a.agent_id = t.agent_id",
  "left join with null":
    "SELECT t.ticket_id, a.name, a.agent_id IS NULL AS orphan FROM tickets t LEFT JOIN agents a ON a.agent_id = t.agent_id AND a.hired_on < '2022-01-01'",
  "right join":
    "SELECT a.agent_id, COUNT(t.ticket_id) AS n FROM tickets t RIGHT JOIN agents a ON a.agent_id = t.agent_id AND t.priority = 1 GROUP BY a.agent_id",
  "cross and comma join":
    "SELECT COUNT(*) AS n FROM agents a, agents b CROSS JOIN days d WHERE a.agent_id < b.agent_id",
  "join using":
    "SELECT ticket_id, name, events.kind FROM tickets JOIN agents USING (agent_id) LEFT JOIN events USING (ticket_id) WHERE ticket_id < 20",
  "self join":
    "SELECT a.name, l.name AS lead_name FROM agents a LEFT JOIN agents l ON l.agent_id = a.lead_id",
  "nested join":
    "SELECT t.ticket_id, a.name, l.name AS lead_name FROM tickets t LEFT JOIN (agents a JOIN agents l ON l.agent_id = a.lead_id) ON a.agent_id = t.agent_id WHERE t.ticket_id < 50",
  "derived table":
    "SELECT q.p, q.n / NULLIF(q.m, 0) AS r FROM (SELECT priority AS p, COUNT(*) AS n, SUM(reopened) AS m FROM tickets GROUP BY priority) AS q",
  "scalar subquery":
    "SELECT t.ticket_id, (SELECT COUNT(*) FROM events e WHERE e.ticket_id = t.ticket_id) AS n, (SELECT MAX(opened_at) FROM tickets) AS m FROM tickets t",
  "correlated aggregates":
    "SELECT t.ticket_id, (SELECT SUM(x.amount) FROM tickets x WHERE x.parent_id = t.ticket_id) AS s, (SELECT AVG(x.amount) FROM tickets x WHERE x.parent_id = t.ticket_id) AS a, (SELECT MAX(x.category) FROM tickets x WHERE x.parent_id = t.ticket_id AND x.category LIKE 'h%') AS m, (SELECT COUNT(DISTINCT x.status) FROM tickets x WHERE x.parent_id = t.ticket_id) AS d, (SELECT ROUND(SUM(x.amount) / NULLIF(COUNT(x.amount), 0), 2) FROM tickets x WHERE x.parent_id = t.ticket_id AND x.opened_at > t.opened_at - INTERVAL t.priority MONTH) AS r FROM tickets t WHERE t.ticket_id <= 20",
  "aggregates in every clause":
    "SELECT agent_id, SUM(amount) AS s FROM tickets GROUP BY agent_id HAVING SUM(amount) > 100 AND AVG(amount) < 1000 AND MAX(status) = 'RESOLVED' ORDER BY AVG(amount) DESC, MAX(subject), SUM(amount)",
  "windows over windows of groups":
    "SELECT priority, SUM(amount) AS s, SUM(SUM(amount)) OVER (ORDER BY priority) AS running, MAX(MAX(status)) OVER (ORDER BY priority) AS top, RANK() OVER (ORDER BY AVG(amount)) AS r FROM tickets GROUP BY priority",
  "alias and column of one name":
    "SELECT -q.a AS a, q.b FROM (SELECT ticket_id AS a, priority AS b FROM tickets) q WHERE a < 50 ORDER BY a",
  "alias of one name in having":
    "SELECT MOD(ticket_id, 7) AS m, COUNT(*) AS priority FROM tickets GROUP BY m HAVING priority > 34",
  "exists and not exists":
    "SELECT ticket_id FROM tickets t WHERE EXISTS (SELECT 1 FROM events e WHERE e.ticket_id = t.ticket_id AND e.kind = 'moved') AND NOT EXISTS (SELECT 1 FROM events e WHERE e.ticket_id = t.ticket_id AND e.kind = 'commented')",
  "in and not in":
    "SELECT ticket_id FROM tickets WHERE agent_id IN (SELECT agent_id FROM agents WHERE team = 'field') AND ticket_id NOT IN (SELECT ticket_id FROM events)",
  "any and all":
    "SELECT ticket_id FROM tickets WHERE priority >= ALL (SELECT priority FROM tickets) AND agent_id = ANY (SELECT agent_id FROM agents WHERE lead_id = 1)",
  "rows compared":
    "SELECT ticket_id FROM tickets WHERE (priority, status) = (2, 'OPEN') OR (priority, status) IN ((1, 'New'), (3, 'closed'))",
  union: "SELECT priority AS k FROM tickets UNION SELECT agent_id FROM agents ORDER BY k",
  "union all with limits":
    "(SELECT ticket_id FROM tickets ORDER BY ticket_id LIMIT 3) UNION ALL (SELECT ticket_id FROM tickets ORDER BY ticket_id DESC LIMIT 2)",
  "union of types": "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2.5, NULL UNION ALL SELECT NULL, 'y'",
  "except and intersect":
    "SELECT agent_id FROM agents EXCEPT SELECT agent_id FROM tickets WHERE agent_id IS NOT NULL AND priority = 1 AND reopened = 1 UNION ALL SELECT 100 + n FROM (SELECT 1 AS n INTERSECT SELECT 1) q",
  with: "WITH a AS (SELECT priority, COUNT(*) AS n FROM tickets GROUP BY priority), b AS (SELECT MAX(n) AS m FROM a) SELECT a.priority, a.n, a.n = b.m AS top FROM a CROSS JOIN b",
  "with column names":
    "WITH a(p, n) AS (SELECT priority, COUNT(*) FROM tickets GROUP BY priority) SELECT p, n FROM a",
  "with in a subquery": "SELECT * FROM (WITH a AS (SELECT 1 AS x) SELECT x + 1 AS y FROM a) q",
  "with shadows a table": "WITH agents AS (SELECT 99 AS agent_id) SELECT agent_id FROM agents",
  "recursive numbers":
    "WITH RECURSIVE s AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM s WHERE n < 1500) SELECT COUNT(*) AS c, SUM(n) AS s FROM s",
  "recursive hierarchy":
    "WITH RECURSIVE tree AS (SELECT agent_id, lead_id, 0 AS depth FROM agents WHERE lead_id IS NULL UNION ALL SELECT a.agent_id, a.lead_id, t.depth + 1 FROM agents a JOIN tree t ON a.lead_id = t.agent_id) SELECT agent_id, depth FROM tree",
  "row_number latest":
    "SELECT ticket_id, kind FROM (SELECT e.*, ROW_NUMBER() OVER (PARTITION BY ticket_id ORDER BY at DESC, kind) AS rn FROM events e) q WHERE rn = 1",
  ranks:
    "SELECT ticket_id, RANK() OVER (ORDER BY priority) AS a, DENSE_RANK() OVER (ORDER BY priority DESC) AS b, NTILE(4) OVER (ORDER BY ticket_id) AS c, PERCENT_RANK() OVER (ORDER BY priority) AS d, CUME_DIST() OVER (ORDER BY priority) AS e FROM tickets",
  "lag and lead":
    "SELECT ticket_id, LAG(at) OVER w AS a, LEAD(at) OVER w AS b, LAG(kind, 2) OVER w AS c, TIMESTAMPDIFF(SECOND, LAG(at) OVER w, at) AS d FROM events WINDOW w AS (PARTITION BY ticket_id ORDER BY at)",
  "first and last value":
    "SELECT ticket_id, FIRST_VALUE(kind) OVER (PARTITION BY ticket_id ORDER BY at) AS a, LAST_VALUE(kind) OVER (PARTITION BY ticket_id ORDER BY at ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS b, NTH_VALUE(kind, 2) OVER (PARTITION BY ticket_id ORDER BY at) AS c FROM events",
  "running totals":
    "SELECT ticket_id, SUM(amount) OVER (ORDER BY ticket_id) AS a, COUNT(*) OVER (PARTITION BY priority ORDER BY ticket_id) AS b, AVG(amount) OVER (ORDER BY ticket_id ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS c, MAX(amount) OVER (PARTITION BY priority) AS d FROM tickets",
  "running total with peers": "SELECT ticket_id, SUM(priority) OVER (ORDER BY priority) AS a FROM tickets",
  "window over aggregate":
    "SELECT priority, COUNT(*) AS n, SUM(COUNT(*)) OVER (ORDER BY priority) AS running, ROUND(100 * COUNT(*) / SUM(COUNT(*)) OVER (), 2) AS share FROM tickets GROUP BY priority".replace(
      "/ SUM(COUNT(*)) OVER ()",
      "/ NULLIF(SUM(COUNT(*)) OVER (), 0)",
    ),
  pivot:
    "SELECT agent_id, SUM(CASE WHEN status = 'open' THEN 1 ELSE 0 END) AS open, SUM(IF(status = 'closed', 1, 0)) AS closed, COUNT(CASE WHEN priority = 1 THEN ticket_id END) AS urgent, MAX(CASE WHEN priority = 2 THEN amount END) AS top FROM tickets GROUP BY agent_id",
  "median by row numbers":
    "SELECT priority, AVG(amount) AS median FROM (SELECT priority, amount, ROW_NUMBER() OVER (PARTITION BY priority ORDER BY amount) AS rn, COUNT(*) OVER (PARTITION BY priority) AS n FROM tickets WHERE amount IS NOT NULL) q WHERE rn IN (FLOOR((n + 1) / 2), CEIL((n + 1) / 2)) GROUP BY priority",
  "percentile by row numbers":
    "SELECT priority, MIN(amount) AS p90 FROM (SELECT priority, amount, CUME_DIST() OVER (PARTITION BY priority ORDER BY amount) AS c FROM tickets WHERE amount IS NOT NULL) q WHERE c >= 0.9 GROUP BY priority",
  "reserved words as names":
    "SELECT q.`rank`, q.`order`, q.`group`, q.`user`, q.`end` FROM (SELECT 1 AS `rank`, 2 AS `order`, 3 AS `group`, 4 AS `user`, 5 AS `end`) q",
  "names with blanks and case":
    "SELECT `Two Words` AS x, UPPER(`mixed`) AS Y FROM (SELECT 1 AS `Two Words`, 'a' AS Mixed) q",
  "columns without alias": "SELECT COUNT(*), MAX(priority)+1, 'text', 5 FROM tickets",
  comments: "SELECT 1 AS a -- a comment with */ in it\n, /* another; ' */ 2 AS b",
  dual: "SELECT 1 + 1 AS x FROM DUAL WHERE 1 = 1",
  "no table": "SELECT 1 AS one, NULL AS nothing, 'x' AS text, 1.50 AS number",
  "deep nesting":
    "SELECT ((((((((((priority + 1) * 2) - 3) + 4) * 5) - 6) + 7) * 8) - 9) + 10) AS x FROM tickets",
};
