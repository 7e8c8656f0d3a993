import type { Cases } from "../case.js";

/** Text: building, cutting, searching, matching, comparing under the collation. */
export const TEXT_CASES: Cases = {
  "concat with null": "SELECT id, CONCAT(w, '-', code) AS a, CONCAT('x', NULL) AS b FROM words",
  "concat of numbers and dates":
    "SELECT CONCAT(ticket_id, ':', priority, ':', amount, ':', due_on, ' ', opened_at) AS x FROM tickets",
  "concat of floor and round":
    "SELECT CONCAT(FLOOR(amount / 100), 'h ', CAST(ROUND(amount, 1) AS DECIMAL(10,1)), ' ', CEIL(amount), ' ', ROUND(amount / 7, 2)) AS x FROM tickets",
  "concat of double":
    "SELECT CONCAT(score, '|', CAST(score AS DECIMAL(10,2)), '|', FLOOR(score)) AS x FROM tickets",
  "concat of a condition": "SELECT CONCAT(priority > 2, '/', priority = 1) AS x FROM tickets",
  concat_ws: "SELECT CONCAT_WS('-', w, NULL, code, id) AS a, CONCAT_WS(NULL, 'a', 'b') AS b FROM words",
  "upper and lower": "SELECT UPPER(w) AS a, LOWER(w) AS b, UCASE(code) AS c, LCASE(code) AS d FROM words",
  lengths:
    "SELECT LENGTH(w) AS a, CHAR_LENGTH(w) AS b, CHARACTER_LENGTH(w) AS c, OCTET_LENGTH(w) AS d, LENGTH(id) AS e FROM words",
  "left and right":
    "SELECT LEFT(w, 3) AS a, RIGHT(w, 3) AS b, LEFT(w, 0) AS c, RIGHT(w, -1) AS d, LEFT(w, id - 10) AS e FROM words",
  substring:
    "SELECT SUBSTRING(w, 2) AS a, SUBSTRING(w, 2, 3) AS b, SUBSTRING(w, -3) AS c, SUBSTRING(w, -3, 2) AS d, SUBSTRING(w, 0) AS e, SUBSTRING(w, 3, 0) AS f, SUBSTR(w, -50) AS g, MID(w, 2, 2) AS h, SUBSTRING(w, 50) AS i FROM words",
  "substring from for": "SELECT SUBSTRING(w FROM 2) AS a, SUBSTRING(w FROM 2 FOR 2) AS b FROM words",
  substring_index:
    "SELECT SUBSTRING_INDEX(code, '.', 1) AS a, SUBSTRING_INDEX(code, '.', 2) AS b, SUBSTRING_INDEX(code, '.', -1) AS c, SUBSTRING_INDEX(code, '.', -2) AS d, SUBSTRING_INDEX(code, '.', 0) AS e, SUBSTRING_INDEX(code, '.', 9) AS f, SUBSTRING_INDEX(code, '.', -9) AS g FROM words",
  "email domain":
    "SELECT LOWER(SUBSTRING_INDEX(code, '@', -1)) AS domain, COUNT(*) AS n FROM words WHERE code LIKE '%@%' GROUP BY domain",
  padding:
    "SELECT LPAD(id, 5, '0') AS a, RPAD(w, 8, '.') AS b, LPAD(w, 3, '*') AS c, RPAD(w, 0, 'x') AS d FROM words",
  trimming:
    "SELECT TRIM(w) AS a, LTRIM(w) AS b, RTRIM(w) AS c, TRIM(LEADING '0' FROM code) AS d, TRIM(TRAILING 'c' FROM code) AS e, TRIM(BOTH ' ' FROM code) AS f, TRIM('0' FROM code) AS g FROM words",
  "locate and instr":
    "SELECT LOCATE('.', code) AS a, INSTR(code, '@') AS b, POSITION('-' IN code) AS c, LOCATE('.', code, 4) AS d, LOCATE('', w) AS e, INSTR(w, '50%') AS f, LOCATE(',', code, 0) AS g, LOCATE(',', code, 40) AS h FROM words",
  replace: "SELECT REPLACE(w, 'p', 'PP') AS a, REPLACE(w, 'A', '') AS b, REPLACE(w, '', 'x') AS c FROM words",
  "reverse repeat space":
    "SELECT REVERSE(w) AS a, REPEAT(code, 2) AS b, REPEAT(code, 0) AS c, CONCAT('[', SPACE(3), ']') AS d FROM words",
  "ascii and hex": "SELECT ASCII(w) AS a, HEX(code) AS b, HEX(id) AS c FROM words",
  strcmp: "SELECT p.id AS a, q.id AS b, STRCMP(p.w, q.w) AS x FROM words p CROSS JOIN words q",
  "elt and field":
    "SELECT ELT(priority, 'low', 'mid', 'high') AS a, FIELD(status, 'OPEN', 'new', 'closed') AS b, FIELD(category, 'cafe') AS c FROM tickets",
  "order by field":
    "SELECT ticket_id, status FROM tickets WHERE ticket_id < 40 ORDER BY FIELD(status, 'open', 'new', 'resolved', 'closed'), ticket_id",
  find_in_set: "SELECT id, FIND_IN_SET('Y', code) AS a, FIND_IN_SET(code, 'x,A-1,007') AS b FROM words",
  format: "SELECT FORMAT(amount, 2) AS a, FORMAT(amount, 0) AS b, FORMAT(amount / 3, 3) AS c FROM tickets",
  sha2: "SELECT id, SHA2(w, 256) AS a, SHA2(CONCAT_WS('|', id, code), 256) AS b FROM words",
  "like ignores case and accents":
    "SELECT id FROM words WHERE w LIKE 'ap%' OR w LIKE '%ÄPP%' OR w LIKE 'привет'",
  "like escapes":
    "SELECT id, w LIKE '50\\%%' AS a, w LIKE 'snake\\_case' AS b, w LIKE '%!_%' ESCAPE '!' AS c, w LIKE '%\\\\\\\\%' AS d FROM words",
  "like single character": "SELECT id FROM words WHERE code LIKE 'a_1'",
  "not like": "SELECT id FROM words WHERE w NOT LIKE '%e%'",
  "like of numbers and dates":
    "SELECT ticket_id FROM tickets WHERE opened_at LIKE '2024-03%' OR ticket_id LIKE '1_1'",
  regexp:
    "SELECT id, w REGEXP '^A' AS a, w REGEXP 'p{2}' AS b, code NOT REGEXP '^[0-9]+$' AS c, w RLIKE 'le$|zebra' AS d, code REGEXP '\\\\.' AS e, code REGEXP '\\\\d{3}' AS f FROM words",
  regexp_replace:
    "SELECT REGEXP_REPLACE(code, '[^0-9]', '') AS a, REGEXP_REPLACE(w, 'P', '_') AS b FROM words WHERE w IS NOT NULL",
  regexp_substr:
    "SELECT NULLIF(REGEXP_SUBSTR(code, '[0-9]+'), '') AS a, NULLIF(REGEXP_SUBSTR(w, 'P+L'), '') AS b FROM words",
  regexp_instr: "SELECT REGEXP_INSTR(code, '[0-9]') AS a FROM words WHERE code IS NOT NULL",
  "equality ignores case": "SELECT id FROM words WHERE w = 'apple'",
  "equality of sharp s": "SELECT id FROM words WHERE w = 'STRASSE' OR w = 'oeuvre'",
  "trailing blanks count":
    "SELECT p.id AS a, q.id AS b FROM words p JOIN words q ON p.w = q.w AND p.id < q.id",
  "in ignores case": "SELECT id FROM words WHERE w IN ('ZEBRA', 'Äpple') OR code NOT IN ('A-1', 'z10', '')",
  "in subquery ignores case":
    "SELECT ticket_id FROM tickets WHERE category IN (SELECT 'CAFÉ' UNION SELECT 'hardware')",
  "between on text": "SELECT id FROM words WHERE w BETWEEN 'B' AND 'P'",
  "case on text": "SELECT id, CASE w WHEN 'APPLE' THEN 1 WHEN 'straße' THEN 2 ELSE 0 END AS x FROM words",
  "nullif on text": "SELECT id, NULLIF(LOWER(w), 'APPLE') AS x FROM words WHERE id <> 5",
  "null-safe equality on text": "SELECT p.id AS a, q.id AS b FROM words p JOIN words q ON p.w <=> q.w",
  "group by text":
    "SELECT LOWER(MIN(category)) AS c, COUNT(*) AS n FROM tickets WHERE category NOT LIKE 'Softw%' AND category NOT LIKE 'caf%' GROUP BY category",
  "group by accents": "SELECT COUNT(*) AS n FROM tickets GROUP BY category",
  "count distinct text":
    "SELECT COUNT(DISTINCT category) AS a, COUNT(DISTINCT status, category) AS b, COUNT(DISTINCT priority) AS c FROM tickets",
  "count distinct text by group":
    "SELECT priority, COUNT(DISTINCT category) AS a, COUNT(DISTINCT agent_id) AS b FROM tickets GROUP BY priority",
  "distinct text": "SELECT COUNT(*) AS n FROM (SELECT DISTINCT w FROM words) q",
  "union on text":
    "SELECT COUNT(*) AS n FROM (SELECT w FROM words UNION SELECT UPPER(w) FROM words WHERE id <> 5) q",
  "except and intersect on text":
    "SELECT COUNT(*) AS n FROM (SELECT w FROM words EXCEPT SELECT 'ZEBRA') q UNION ALL SELECT COUNT(*) FROM (SELECT w FROM words INTERSECT SELECT 'ÄPPLE') r",
  "join on text": "SELECT a.agent_id, b.agent_id AS other FROM agents a JOIN agents b ON a.team = b.team",
  "join using text":
    "SELECT COUNT(*) AS n FROM (SELECT DISTINCT category FROM tickets) a JOIN (SELECT 'NETWORK' AS category UNION SELECT 'cafe') b USING (category)",
  "min and max of text":
    "SELECT LOWER(MIN(w)) AS a, LOWER(MAX(w)) AS b, MAX(code) AS c FROM words WHERE id NOT IN (7, 19, 20)",
  "max of text over": "SELECT id, MAX(code) OVER (ORDER BY id) AS x FROM words WHERE id IN (5, 6, 9, 16, 17)",
  "greatest of text":
    "SELECT GREATEST('apple', 'Banana', 'CHERRY') AS a, LEAST('b', 'A', 'c') AS b, GREATEST(LOWER(w), 'm') AS c FROM words WHERE id <> 5",
  "order by text": "SELECT id FROM words WHERE id NOT IN (1, 2, 5, 14, 19) ORDER BY w, id",
  "order by punctuation": "SELECT code FROM words WHERE id NOT IN (1, 18) ORDER BY code DESC, id",
  "rank by text":
    "SELECT id, DENSE_RANK() OVER (ORDER BY w) AS r, ROW_NUMBER() OVER (PARTITION BY w ORDER BY id) AS n FROM words",
  group_concat:
    "SELECT priority, GROUP_CONCAT(ticket_id ORDER BY ticket_id DESC SEPARATOR ', ') AS x FROM tickets GROUP BY priority",
  "group_concat default separator":
    "SELECT GROUP_CONCAT(id ORDER BY code, id) AS a, GROUP_CONCAT(w ORDER BY id) AS b, GROUP_CONCAT(w, '=', code ORDER BY id SEPARATOR ';') AS c FROM words",
  "group_concat distinct":
    "SELECT agent_id, GROUP_CONCAT(DISTINCT priority ORDER BY priority) AS a, GROUP_CONCAT(DISTINCT status ORDER BY status DESC SEPARATOR '/') AS b FROM tickets GROUP BY agent_id",
  "group_concat distinct under the collation":
    "SELECT LOWER(GROUP_CONCAT(DISTINCT category ORDER BY category)) AS a FROM tickets WHERE category LIKE 'NETWORK' OR category = 'hardware'",
  "group_concat distinct of numbers and dates":
    "SELECT GROUP_CONCAT(DISTINCT n ORDER BY n) AS a, GROUP_CONCAT(DISTINCT n * 10 ORDER BY n * 10 DESC) AS b, GROUP_CONCAT(DISTINCT d ORDER BY d SEPARATOR ' ') AS c FROM days",
  "group_concat of nothing":
    "SELECT GROUP_CONCAT(w) AS a, GROUP_CONCAT(DISTINCT w) AS b FROM words WHERE id = 8",
  "cast to char":
    "SELECT CAST(ticket_id AS CHAR) AS a, CAST(opened_at AS CHAR(10)) AS b, CAST(amount AS CHAR) AS c, CONVERT(priority, CHAR) AS d, CONVERT(subject USING utf8mb4) AS e FROM tickets",
  "cast text to numbers":
    "SELECT id, CAST(code AS SIGNED) AS a, CAST(code AS DECIMAL(10,2)) AS b, CAST(code AS DOUBLE) AS c FROM words",
  "cast clean numbers":
    "SELECT CAST('42' AS UNSIGNED) AS a, CAST('-7.5' AS DECIMAL(5,1)) AS b, CONVERT('12', SIGNED) AS c, CONVERT('3.14159', DECIMAL(10,2)) AS d",
  "strings with escapes":
    "SELECT 'it''s' AS a, 'it\\'s' AS b, 'tab\\tend' AS c, 'back\\\\slash' AS d, 'line\\nbreak' AS e, '100\\%' AS f",
  "text in a choice":
    "SELECT IF(priority > 2, priority, 'low') AS a, COALESCE(closed_at, 'open') AS b, IFNULL(amount, '-') AS c, CASE WHEN reopened = 1 THEN score ELSE 'never' END AS d FROM tickets",
};
