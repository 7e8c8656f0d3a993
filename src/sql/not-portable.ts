/** A construct that is refused: why, and what to write instead. */
export interface Refusal {
  message: string;
  hint: string;
}

const clock: Refusal = {
  message: "the clock is not deterministic: two engines, two runs, two results",
  hint: "Use {{run_started_at}}, the start of the run as a literal.",
};

const hints: Refusal = {
  message: "index and optimizer hints are not portable",
  hint: "Leave them out; give the model indexes instead.",
};

/** Operators and punctuation that are refused wherever they stand. */
export const REFUSED_OPERATORS: Readonly<Record<string, Refusal>> = {
  "||": { message: "|| is OR or concatenation, depending on sql_mode", hint: "Write CONCAT(a, b), or OR." },
  "&&": { message: "&& is deprecated", hint: "Write AND." },
  "!": { message: "! is deprecated", hint: "Write NOT." },
  "~": {
    message: "~ gives an unsigned 64-bit number on MySQL alone",
    hint: "Keep flags in columns of their own.",
  },
  ":=": { message: "user variables are not portable", hint: "Use a window function." },
  "@": { message: "user variables are not portable", hint: 'Use a window function, or {{var "name"}}.' },
  "@@": { message: "system variables are not portable", hint: 'Use {{var "name"}} or {{target.type}}.' },
  "->": { message: "-> is not known to MariaDB", hint: "Write JSON_EXTRACT(doc, '$.path')." },
  "->>": { message: "->> is not known to MariaDB", hint: "Write JSON_UNQUOTE(JSON_EXTRACT(doc, '$.path'))." },
  "?": { message: "a model has no bound parameters", hint: 'Use {{literal (var "name")}}.' },
  "{": { message: "ODBC escapes are not portable", hint: "Write DATE '2024-01-31'." },
};

/** Words that are refused wherever they stand as a keyword. */
export const REFUSED_WORDS: Readonly<Record<string, Refusal>> = {
  CURRENT_DATE: clock,
  CURRENT_TIME: clock,
  CURRENT_TIMESTAMP: clock,
  LOCALTIME: clock,
  LOCALTIMESTAMP: clock,
  UTC_DATE: clock,
  UTC_TIME: clock,
  UTC_TIMESTAMP: clock,
  STRAIGHT_JOIN: hints,
  FORCE: hints,
  HIGH_PRIORITY: hints,
  SQL_NO_CACHE: hints,
  SQL_BIG_RESULT: hints,
  SQL_SMALL_RESULT: hints,
  SQL_BUFFER_RESULT: hints,
  SQL_CALC_FOUND_ROWS: hints,
  LATERAL: {
    message: "LATERAL is not known to MariaDB",
    hint: "Use a window function, or join a grouped subquery.",
  },
  BINARY: {
    message: "BINARY depends on the connection's character set",
    hint: "Compare SHA2(a, 256) = SHA2(b, 256) for an exact comparison.",
  },
  COLLATE: {
    message: "COLLATE names differ between the engines",
    hint: "Text is compared without case and accents on all of them; leave COLLATE out.",
  },
  SOUNDS: { message: "SOUNDS LIKE is not portable", hint: "Compare the text itself, or a cleaned code." },
  MEMBER: { message: "MEMBER OF is not known to MariaDB", hint: "Write JSON_CONTAINS(doc, candidate)." },
  FULL: {
    message: "MySQL has no FULL JOIN",
    hint: "Write LEFT JOIN … UNION ALL … the rows without a partner.",
  },
  QUALIFY: { message: "MySQL has no QUALIFY", hint: "Filter on the window function in an outer SELECT." },
  ILIKE: { message: "MySQL has no ILIKE", hint: "Write LIKE: it ignores case." },
  TABLESAMPLE: { message: "MySQL has no TABLESAMPLE", hint: "Filter on a hash of the key." },
  PROCEDURE: { message: "PROCEDURE ANALYSE is not portable", hint: "Leave it out." },
  INTO: {
    message: "a model only selects; INTO writes elsewhere",
    hint: "Remove INTO; the materialization stores the rows.",
  },
  LOCK: { message: "a model takes no locks", hint: "Remove LOCK IN SHARE MODE." },
  ROW: {
    message: "ROW constructors are not portable",
    hint: "Compare column by column, or with (a, b) = (c, d).",
  },
  VALUES: {
    message: "VALUES lists differ between the engines",
    hint: "Write SELECT 1, 'a' UNION ALL SELECT 2, 'b'.",
  },
  GROUPS: { message: "frames in GROUPS are not portable", hint: "Write a ROWS frame." },
};

const compound: Refusal = {
  message: "compound interval units are not portable",
  hint: "Add simple intervals: + INTERVAL 1 HOUR + INTERVAL 30 MINUTE.",
};

/** Units of an INTERVAL that are refused. */
export const REFUSED_UNITS: Readonly<Record<string, Refusal>> = Object.fromEntries(
  [
    ...[
      "SECOND_MICROSECOND",
      "MINUTE_MICROSECOND",
      "MINUTE_SECOND",
      "HOUR_MICROSECOND",
      "HOUR_SECOND",
      "HOUR_MINUTE",
    ],
    ...["DAY_MICROSECOND", "DAY_SECOND", "DAY_MINUTE", "DAY_HOUR", "YEAR_MONTH"],
  ].map((unit) => [unit, compound]),
);

/** MySQL reads these as calls only when the parenthesis follows at once. */
export const NO_SPACE_BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  `ADDDATE BIT_AND BIT_OR BIT_XOR CAST COUNT CURDATE CURTIME DATE_ADD DATE_SUB EXTRACT GROUP_CONCAT MAX MID MIN NOW POSITION STD
  STDDEV STDDEV_POP STDDEV_SAMP SUBDATE SUBSTR SUBSTRING SUM SYSDATE TRIM VARIANCE VAR_POP VAR_SAMP`.split(
    /\s+/,
  ),
);
