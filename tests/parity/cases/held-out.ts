import type { Cases } from "../case.js";

/** Queries as they are written for a helpdesk, made after the translator was thought finished. */
export const HELD_OUT_CASES: Cases = {
  "mttr by iso week": `SELECT YEARWEEK(closed_at, 3) AS iso_week, COUNT(*) AS resolved, ROUND(AVG(TIMESTAMPDIFF(MINUTE, opened_at, closed_at)) / 60, 2) AS mttr_hours
    FROM tickets WHERE closed_at IS NOT NULL GROUP BY YEARWEEK(closed_at, 3) ORDER BY iso_week`,
  "backlog per day": `WITH RECURSIVE spine AS (SELECT DATE('2024-01-01') AS day UNION ALL SELECT DATE_ADD(day, INTERVAL 1 DAY) FROM spine WHERE day < '2024-04-30')
    SELECT s.day, COUNT(t.ticket_id) AS open_tickets, SUM(t.priority = 1) AS urgent
    FROM spine s LEFT JOIN tickets t ON DATE(t.opened_at) <= s.day AND (t.closed_at IS NULL OR DATE(t.closed_at) > s.day) GROUP BY s.day ORDER BY s.day`,
  "sla compliance by month": `SELECT DATE_FORMAT(opened_at, '%Y-%m') AS month, priority, COUNT(*) AS tickets,
      SUM(CASE WHEN TIMESTAMPDIFF(HOUR, opened_at, closed_at) <= CASE priority WHEN 1 THEN 4 WHEN 2 THEN 24 WHEN 3 THEN 72 ELSE 240 END THEN 1 ELSE 0 END) AS met,
      ROUND(100.0 * SUM(CASE WHEN TIMESTAMPDIFF(HOUR, opened_at, closed_at) <= CASE priority WHEN 1 THEN 4 WHEN 2 THEN 24 WHEN 3 THEN 72 ELSE 240 END THEN 1 ELSE 0 END) / COUNT(*), 1) AS pct
    FROM tickets WHERE closed_at IS NOT NULL GROUP BY month, priority HAVING COUNT(*) >= 2 ORDER BY month, priority`,
  "repeat incidents within seven days": `SELECT category, ticket_id, opened_at, previous_id, DATEDIFF(opened_at, previous_at) AS days_since FROM (
      SELECT category, ticket_id, opened_at, LAG(ticket_id) OVER (PARTITION BY category ORDER BY opened_at, ticket_id) AS previous_id, LAG(opened_at) OVER (PARTITION BY category ORDER BY opened_at, ticket_id) AS previous_at
      FROM tickets WHERE category IS NOT NULL AND category IN ('Network', 'Hardware')) x WHERE previous_at IS NOT NULL AND opened_at < previous_at + INTERVAL 7 DAY`,
  "median and p90 of resolution": `WITH r AS (SELECT priority, TIMESTAMPDIFF(MINUTE, opened_at, closed_at) AS minutes, ROW_NUMBER() OVER (PARTITION BY priority ORDER BY TIMESTAMPDIFF(MINUTE, opened_at, closed_at)) AS rn, COUNT(*) OVER (PARTITION BY priority) AS cnt FROM tickets WHERE closed_at IS NOT NULL)
    SELECT priority, AVG(CASE WHEN rn IN (FLOOR((cnt + 1) / 2), FLOOR((cnt + 2) / 2)) THEN minutes END) AS median_minutes, MIN(CASE WHEN rn >= CEIL(0.9 * cnt) THEN minutes END) AS p90_minutes FROM r GROUP BY priority`,
  "status pivot": `SELECT COALESCE(a.team, 'none') AS team, SUM(t.status = 'new') AS new_count, SUM(t.status = 'open') AS open_count, SUM(t.status = 'resolved') AS resolved_count, SUM(t.status = 'closed') AS closed_count, COUNT(*) AS total
    FROM tickets t LEFT JOIN agents a ON a.agent_id = t.agent_id WHERE a.team IS NULL OR a.agent_id IN (6, 7) GROUP BY COALESCE(a.team, 'none') ORDER BY total DESC, team`,
  "impact from json": `SELECT COALESCE(JSON_UNQUOTE(JSON_EXTRACT(doc, '$.site.city')), 'unknown') AS city, SUM(COALESCE(CAST(JSON_UNQUOTE(JSON_EXTRACT(doc, '$.users')) AS SIGNED), 0)) AS users, SUM(JSON_CONTAINS(doc, '"a"', '$.tags')) AS tagged
    FROM tickets WHERE doc IS NOT NULL GROUP BY city`,
  "first response": `SELECT t.ticket_id, MIN(e.at) AS first_touch, TIMESTAMPDIFF(MINUTE, t.opened_at, MIN(e.at)) AS minutes FROM tickets t JOIN events e ON e.ticket_id = t.ticket_id AND e.kind <> 'created' GROUP BY t.ticket_id, t.opened_at`,
  "bounces between teams": `WITH moves AS (SELECT ticket_id, team, LAG(team) OVER (PARTITION BY ticket_id ORDER BY at) AS came_from FROM events WHERE team IS NOT NULL)
    SELECT ticket_id, SUM(came_from IS NOT NULL AND came_from <> team) AS bounces FROM moves GROUP BY ticket_id HAVING bounces > 0 ORDER BY bounces DESC, ticket_id LIMIT 20`,
  "ownership intervals": `SELECT ticket_id, team, at AS valid_from, COALESCE(LEAD(at) OVER (PARTITION BY ticket_id ORDER BY at), TIMESTAMP '2025-12-31 00:00:00') AS valid_to, ROUND(TIMESTAMPDIFF(SECOND, at, COALESCE(LEAD(at) OVER (PARTITION BY ticket_id ORDER BY at), TIMESTAMP '2025-12-31 00:00:00')) / 3600, 2) AS hours FROM events`,
  "running open count": `WITH changes AS (SELECT DATE(opened_at) AS d, 1 AS delta FROM tickets UNION ALL SELECT DATE(closed_at), -1 FROM tickets WHERE closed_at IS NOT NULL)
    SELECT d, SUM(delta) AS net, SUM(SUM(delta)) OVER (ORDER BY d) AS open_now FROM changes GROUP BY d ORDER BY d`,
  "week over week": `WITH w AS (SELECT YEARWEEK(opened_at, 1) AS yw, COUNT(*) AS n FROM tickets GROUP BY yw)
    SELECT yw, n, LAG(n) OVER (ORDER BY yw) AS last_week, n - LAG(n) OVER (ORDER BY yw) AS diff, ROUND(100 * (n - LAG(n) OVER (ORDER BY yw)) / NULLIF(LAG(n) OVER (ORDER BY yw), 0), 1) AS pct FROM w ORDER BY yw`,
  "agent workload ranks": `SELECT a.name, COUNT(t.ticket_id) AS n, RANK() OVER (ORDER BY COUNT(t.ticket_id) DESC) AS rk, ROUND(COUNT(t.ticket_id) / NULLIF(SUM(COUNT(t.ticket_id)) OVER (), 0) , 4) AS share
    FROM agents a LEFT JOIN tickets t ON t.agent_id = a.agent_id AND t.status IN ('open', 'new') GROUP BY a.agent_id, a.name`,
  "ageing buckets": `SELECT CASE WHEN DATEDIFF('2024-12-31', opened_at) < 30 THEN '0-29' WHEN DATEDIFF('2024-12-31', opened_at) < 90 THEN '30-89' WHEN DATEDIFF('2024-12-31', opened_at) < 180 THEN '90-179' ELSE '180+' END AS bucket, COUNT(*) AS n, MIN(opened_at) AS oldest
    FROM tickets WHERE closed_at IS NULL AND opened_at < '2025-01-01' GROUP BY bucket ORDER BY MIN(DATEDIFF('2024-12-31', opened_at))`,
  "business hours flag": `SELECT ticket_id, IF(WEEKDAY(opened_at) < 5 AND HOUR(opened_at) BETWEEN 8 AND 17, 'business', 'off') AS shift, DAYNAME(opened_at) AS weekday FROM tickets WHERE ticket_id <= 60`,
  "hourly heat map": `SELECT DAYOFWEEK(opened_at) AS dow, HOUR(opened_at) AS h, COUNT(*) AS n, ROUND(AVG(priority), 2) AS p FROM tickets GROUP BY dow, h ORDER BY dow, h`,
  "first and last of month": `SELECT DISTINCT CAST(DATE_FORMAT(opened_at, '%Y-%m-01') AS DATE) AS month_start, LAST_DAY(opened_at) AS month_end, DAY(LAST_DAY(opened_at)) AS days FROM tickets`,
  "keyword flags": `SELECT ticket_id, subject LIKE '%vpn%' AS vpn, subject REGEXP 'print|druck' AS printer, subject LIKE '%übergross%' AS mail, CHAR_LENGTH(subject) AS len FROM tickets`,
  "ticket number from subject": `SELECT ticket_id, CAST(SUBSTRING_INDEX(subject, '#', -1) AS UNSIGNED) AS num, TRIM(SUBSTRING_INDEX(subject, '#', 1)) AS title FROM tickets`,
  "normalised category": `SELECT COALESCE(NULLIF(TRIM(UPPER(category)), ''), 'UNKNOWN') AS cat, COUNT(*) AS n FROM tickets WHERE category NOT LIKE 'softw%' OR category IS NULL GROUP BY cat HAVING cat <> 'CAFE' ORDER BY n DESC, cat`,
  "moving average": `WITH d AS (SELECT DATE(opened_at) AS day, COUNT(*) AS n FROM tickets GROUP BY DATE(opened_at)) SELECT day, n, AVG(n) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS ma7, MAX(n) OVER (ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS peak FROM d`,
  "cost by quarter": `SELECT CONCAT(YEAR(opened_at), '-Q', QUARTER(opened_at)) AS q, SUM(COALESCE(amount, 0)) AS cost, SUM(IF(amount < 0, -amount, 0)) AS credits, ROUND(SUM(amount) / COUNT(*), 2) AS per_ticket FROM tickets GROUP BY q ORDER BY q`,
  "reopen rate": `SELECT priority, SUM(reopened) AS reopened, COUNT(*) AS n, ROUND(AVG(reopened) * 100, 2) AS rate FROM tickets GROUP BY priority`,
  "parents and children": `SELECT p.ticket_id, COUNT(c.ticket_id) AS children, GROUP_CONCAT(c.ticket_id ORDER BY c.ticket_id SEPARATOR ',') AS ids FROM tickets p JOIN tickets c ON c.parent_id = p.ticket_id GROUP BY p.ticket_id HAVING COUNT(c.ticket_id) > 1`,
  "latest event per ticket": `SELECT e.ticket_id, e.kind, e.at FROM events e JOIN (SELECT ticket_id, MAX(at) AS last_at FROM events GROUP BY ticket_id) m ON m.ticket_id = e.ticket_id AND m.last_at = e.at`,
  "tickets without events": `SELECT COUNT(*) AS n FROM tickets t WHERE NOT EXISTS (SELECT * FROM events e WHERE e.ticket_id = t.ticket_id)`,
  "due and overdue": `SELECT ticket_id, due_on, DATE(closed_at) AS closed, GREATEST(DATEDIFF(COALESCE(closed_at, TIMESTAMP '2025-03-01 00:00:00'), due_on), 0) AS late_days, closed_at > due_on + INTERVAL 1 DAY AS breached FROM tickets`,
  "sla due at": `SELECT ticket_id, opened_at + INTERVAL (CASE priority WHEN 1 THEN 4 WHEN 2 THEN 8 ELSE 48 END) HOUR AS due_at, TIMESTAMPDIFF(MINUTE, closed_at, opened_at + INTERVAL (CASE priority WHEN 1 THEN 4 WHEN 2 THEN 8 ELSE 48 END) HOUR) AS slack FROM tickets`,
  "islands of open days": `WITH d AS (SELECT DISTINCT DATE(opened_at) AS day FROM tickets WHERE priority = 2), n AS (SELECT day, DATE_SUB(day, INTERVAL ROW_NUMBER() OVER (ORDER BY day) DAY) AS grp FROM d)
    SELECT MIN(day) AS from_day, MAX(day) AS to_day, COUNT(*) AS days FROM n GROUP BY grp HAVING COUNT(*) > 1`,
  "pareto of categories": `WITH c AS (SELECT LOWER(category) AS cat, COUNT(*) AS n FROM tickets WHERE category IN ('network', 'hardware') GROUP BY LOWER(category)) SELECT cat, n, SUM(n) OVER (ORDER BY n DESC, cat) AS cum, ROUND(100 * SUM(n) OVER (ORDER BY n DESC, cat) / NULLIF(SUM(n) OVER (), 0), 1) AS cum_pct FROM c`,
  "customer health score": `SELECT agent_id, LEAST(100, GREATEST(0, 100 - 5 * COUNT(*) - 10 * SUM(priority = 1) + ROUND(COALESCE(AVG(score), 0) / 10))) AS health FROM tickets WHERE agent_id IS NOT NULL GROUP BY agent_id`,
  nps: `SELECT ROUND(100 * (SUM(score >= 100) - SUM(score < 40)) / NULLIF(SUM(score IS NOT NULL), 0), 2) AS nps FROM tickets`,
  unpivot: `SELECT ticket_id, 'opened' AS what, opened_at AS at FROM tickets UNION ALL SELECT ticket_id, 'closed', closed_at FROM tickets WHERE closed_at IS NOT NULL UNION ALL SELECT ticket_id, 'due', CAST(due_on AS DATETIME) FROM tickets`,
  "surrogate key": `SELECT SHA2(CONCAT_WS('|', ticket_id, COALESCE(category, ''), status), 256) AS id, ticket_id FROM tickets WHERE ticket_id < 50`,
  "data checks": `SELECT 'negative duration' AS check_name, COUNT(*) AS failures FROM tickets WHERE closed_at < opened_at UNION ALL SELECT 'orphan agent', COUNT(*) FROM tickets t LEFT JOIN agents a USING (agent_id) WHERE t.agent_id IS NOT NULL AND a.name IS NULL UNION ALL SELECT 'duplicate', COUNT(*) FROM (SELECT ticket_id FROM tickets GROUP BY ticket_id HAVING COUNT(*) > 1) x`,
  "totals with rollup": `SELECT COALESCE(status, 'total') AS status, n FROM (SELECT status, COUNT(*) AS n FROM tickets GROUP BY status WITH ROLLUP) r ORDER BY n, status`,
  "calendar attributes": `WITH RECURSIVE c AS (SELECT CAST('2024-02-25' AS DATE) AS d UNION ALL SELECT d + INTERVAL 1 DAY FROM c WHERE d < '2024-03-05') SELECT d, CAST(DATE_FORMAT(d, '%Y%m%d') AS SIGNED) AS date_key, YEAR(d) AS y, QUARTER(d) AS q, MONTHNAME(d) AS m, WEEK(d, 3) AS iso_week, DAYOFYEAR(d) AS doy, IF(DAYOFWEEK(d) IN (1, 7), 1, 0) AS weekend, d = LAST_DAY(d) AS month_end FROM c`,
  "hierarchy path": `WITH RECURSIVE h AS (SELECT agent_id, lead_id, CAST(name AS CHAR(500)) AS path, 1 AS lvl FROM agents WHERE lead_id IS NULL UNION ALL SELECT a.agent_id, a.lead_id, CONCAT(h.path, ' > ', a.name), h.lvl + 1 FROM agents a JOIN h ON a.lead_id = h.agent_id) SELECT agent_id, lvl, path FROM h ORDER BY path, agent_id`,
  "share within group": `SELECT ticket_id, priority, amount, ROUND(amount / NULLIF(SUM(amount) OVER (PARTITION BY priority), 0), 6) AS share, amount - AVG(amount) OVER (PARTITION BY priority) AS diff FROM tickets WHERE amount IS NOT NULL`,
  "text summary": `SELECT CONCAT('#', ticket_id, ' [P', priority, '] ', LEFT(subject, 10), IF(CHAR_LENGTH(subject) > 10, '…', ''), ' (', COALESCE(DATE_FORMAT(closed_at, '%e %b %Y %H:%i'), 'open'), ')') AS summary FROM tickets ORDER BY ticket_id`,
};
