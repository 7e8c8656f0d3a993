import { REFUSED_WORDS, type Refusal } from "../not-portable.js";

const clock = REFUSED_WORDS.CURRENT_TIMESTAMP!;

const json: Refusal = {
  message: "JSON is written differently by each engine (spaces, order of keys)",
  hint: "Build JSON where it is read; models hold columns.",
};

const time: Refusal = {
  message: "TIME values are not portable",
  hint: "Keep durations in seconds: TIMESTAMPDIFF(SECOND, a, b).",
};

const digest: Refusal = { message: "MySQL 9.6 and later no longer have it", hint: "Write SHA2(x, 256)." };

const random: Refusal = {
  message: "a random value differs at every run",
  hint: "Order or sample by SHA2(key, 256).",
};

const mysqlOnly = (hint: string): Refusal => ({ message: "MariaDB does not know it", hint });
const mariaOnly = (hint: string): Refusal => ({ message: "MySQL does not know it", hint });
const deviation = (name: string): Refusal => ({
  message: "engines disagree whether it is of the population or of a sample",
  hint: `Write ${name}_POP or ${name}_SAMP.`,
});
const session: Refusal = {
  message: "it depends on the session",
  hint: 'Use {{target.name}}, {{this}} or {{var "name"}}.',
};

/** Functions that exist somewhere and are refused: why, and what to write. */
export const REFUSED_FUNCTIONS: Readonly<Record<string, Refusal>> = {
  ADDTIME: time,
  AES_DECRYPT: { message: "it depends on the server's settings", hint: "Decrypt before loading." },
  AES_ENCRYPT: { message: "it depends on the server's settings", hint: "Encrypt where the data is written." },
  ANY_VALUE: mysqlOnly("Write MIN(x) or MAX(x)."),
  BIT_AND: { message: "an empty group gives 2^64 - 1", hint: "Write MIN of a 0/1 column per flag." },
  BIT_OR: { message: "an empty group gives 0, not NULL", hint: "Write MAX of a 0/1 column per flag." },
  BIT_XOR: {
    message: "an empty group gives 0, not NULL",
    hint: "Write MOD(SUM(x), 2) of a 0/1 column per flag.",
  },
  CHAR: { message: "CHAR(n) gives binary text", hint: "Write the character itself in a string." },
  CONV: { message: "it works on unsigned 64-bit text", hint: "Convert before loading." },
  CONVERT_TZ: {
    message: "it needs time zone tables that servers often lack",
    hint: "Keep UTC and shift with INTERVAL, or join a calendar that holds the offset.",
  },
  CRC32: { message: "DuckDB does not have it", hint: "Write SHA2(x, 256)." },
  CURDATE: clock,
  CURRENT_DATE: clock,
  CURRENT_TIME: clock,
  CURRENT_TIMESTAMP: clock,
  CURTIME: clock,
  DATABASE: session,
  DATE_TRUNC: mariaOnly("Write DATE(x), or DATE_FORMAT(x, '%Y-%m-01') in a CAST to DATE."),
  EXPORT_SET: { message: "it is MySQL's alone", hint: "Write CASE." },
  EXTRACTVALUE: { message: "XML functions are not portable", hint: "Read XML before loading." },
  FOUND_ROWS: session,
  FROM_BASE64: { message: "it gives binary text", hint: "Decode before loading." },
  GET_FORMAT: { message: "it depends on the locale", hint: "Write the format as a string." },
  GROUPING: mysqlOnly("Give the total rows a mark: IF(x IS NULL, 'total', x) in an outer SELECT."),
  INSERT: { message: "it is MySQL's alone", hint: "Write CONCAT(LEFT(x, n), new, SUBSTRING(x, m))." },
  INTERVAL: { message: "INTERVAL(n, a, b) is MySQL's alone", hint: "Write CASE." },
  JSON_ARRAY: json,
  JSON_ARRAYAGG: json,
  JSON_ARRAY_APPEND: json,
  JSON_ARRAY_INSERT: json,
  JSON_INSERT: json,
  JSON_KEYS: json,
  JSON_MERGE: json,
  JSON_MERGE_PATCH: json,
  JSON_MERGE_PRESERVE: json,
  JSON_OBJECT: json,
  JSON_OBJECTAGG: json,
  JSON_OVERLAPS: mysqlOnly("Write JSON_CONTAINS for each value."),
  JSON_PRETTY: json,
  JSON_QUOTE: json,
  JSON_REMOVE: json,
  JSON_REPLACE: json,
  JSON_SEARCH: { message: "it gives paths in each engine's spelling", hint: "Write JSON_CONTAINS." },
  JSON_SET: json,
  JSON_TABLE: {
    message: "JSON_TABLE cannot be translated for DuckDB",
    hint: "Unfold JSON with a recursive CTE and JSON_EXTRACT, or in the seeder.",
  },
  JSON_TYPE: { message: "the names of types differ", hint: "Test what you need: JSON_VALID, JSON_LENGTH." },
  JSON_VALUE: {
    message: "its result type differs between the engines",
    hint: "Write JSON_UNQUOTE(JSON_EXTRACT(doc, '$.path')).",
  },
  LAST_INSERT_ID: session,
  LOAD_FILE: { message: "a model reads tables only", hint: "Load the file as a seed." },
  LOCALTIME: clock,
  LOCALTIMESTAMP: clock,
  MAKETIME: time,
  MD5: digest,
  MEDIAN: mariaOnly("Use the macro {{median}}, or ROW_NUMBER() and COUNT(*) OVER."),
  NOW: clock,
  OCT: { message: "it works on unsigned 64-bit text", hint: "Convert before loading." },
  PASSWORD: digest,
  PERCENTILE_CONT: mariaOnly("Use the macro {{percentile}}, or ROW_NUMBER() and COUNT(*) OVER."),
  PERCENTILE_DISC: mariaOnly("Use the macro {{percentile}}, or ROW_NUMBER() and COUNT(*) OVER."),
  PERIOD_ADD: { message: "it reads two-digit years its own way", hint: "Add months to a date." },
  QUOTE: { message: "it writes MySQL's literals", hint: "Quote where the text is used." },
  RAND: random,
  RANDOM_BYTES: random,
  REGEXP_LIKE: mysqlOnly("Write x REGEXP 'pattern'."),
  REGEXP_SUBSTR: {
    message: "without a match it is NULL on MySQL and '' on MariaDB",
    hint: "Write NULLIF(REGEXP_SUBSTR(x, 'pattern'), '').",
  },
  SCHEMA: session,
  SEC_TO_TIME: time,
  SHA: digest,
  SHA1: digest,
  SLEEP: { message: "a model computes, it does not wait", hint: "Remove it." },
  SOUNDEX: { message: "each engine has its own", hint: "Compare a cleaned code." },
  STD: deviation("STDDEV"),
  STDDEV: deviation("STDDEV"),
  SUBTIME: time,
  SYSDATE: clock,
  TIME: time,
  TIMEDIFF: time,
  TIME_FORMAT: time,
  TIME_TO_SEC: time,
  TO_BASE64: { message: "MySQL breaks its lines at 76 characters", hint: "Encode where it is used." },
  TO_SECONDS: { message: "DuckDB does not have it", hint: "Write UNIX_TIMESTAMP(x)." },
  UNHEX: { message: "it gives binary text", hint: "Decode before loading." },
  USER: session,
  UTC_DATE: clock,
  UTC_TIME: clock,
  UTC_TIMESTAMP: clock,
  UUID: random,
  UUID_SHORT: random,
  VARIANCE: deviation("VAR"),
  VERSION: session,
  WEIGHT_STRING: { message: "it shows a server's collation", hint: "Compare the text itself." },
};
