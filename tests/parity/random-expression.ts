/** A source of numbers that a seed decides. */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Between 0 and 1 (mulberry32). */
  roll(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.roll() * limit);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }
}

const UNITS = ["SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"];
const FORMATS = [
  "%Y-%m-%d",
  "%H:%i:%s",
  "%x-W%v",
  "%W %e %M %y",
  "%h:%i %p",
  "%j/%u/%U/%w",
  "%a %b %c %k",
  "%V.%X",
];
const PATTERNS = ["a%", "%e%", "_b%", "%1_", "", "%", "A_C", "%é%"];
const REGEXPS = ["^a", "[0-9]+", "b|c$", "e{1,2}", "[^a-m]", "x?y*z"];

/** Expressions over the columns i, j (whole), p, q (decimal), s, t (text), d, e (dates), m, n (date-times). */
export class Expressions {
  constructor(readonly dice: Dice) {}

  any(depth: number): string {
    return this.dice
      .pick([this.number, this.text, this.date, this.dateTime, this.condition])
      .call(this, depth);
  }

  number(depth: number): string {
    if (depth <= 0)
      return this.dice.pick(["i", "j", "p", "q", String(this.dice.below(20) - 5), "2.5", "0.125"]);
    const n = (): string => this.number(depth - 1);
    const x = (): string => this.text(depth - 1);
    const when = (): string => this.moment(depth - 1);
    return this.dice.pick<() => string>([
      () => `(${n()} + ${n()})`,
      () => `(${n()} - ${n()})`,
      () => `(${this.number(0)} * ${this.number(0)})`,
      () => `(${n()} / NULLIF(${this.number(0)}, 0))`,
      () => `(${n()} DIV NULLIF(${this.number(0)}, 0))`,
      // Of whole numbers: a decimal remainder may be -0.00, which MySQL and MariaDB compare differently with 0.
      () => `MOD(${this.dice.pick(["i", "j"])}, NULLIF(${this.dice.pick(["i", "j", "3"])}, 0))`,
      () => `ABS(${n()})`,
      () => `-(${n()})`,
      () => `ROUND(${n()}, ${this.dice.below(4) - 1})`,
      () => `ROUND(${n()})`,
      () => `FLOOR(${n()})`,
      () => `CEIL(${n()})`,
      () => `TRUNCATE(${n()}, ${this.dice.below(3)})`,
      () => `SIGN(${n()})`,
      () => `IF(${this.condition(depth - 1)}, ${n()}, ${n()})`,
      () => `COALESCE(${n()}, ${n()}, 0)`,
      () => `NULLIF(${n()}, ${n()})`,
      () => `GREATEST(${n()}, ${n()})`,
      () => `LEAST(${n()}, ${n()}, ${n()})`,
      () =>
        `CASE WHEN ${this.condition(depth - 1)} THEN ${n()} WHEN ${this.condition(depth - 1)} THEN ${n()} END`,
      () => `CHAR_LENGTH(${x()})`,
      () => `LENGTH(${x()})`,
      () => `FIELD(${x()}, 'abc', 'É', ${x()})`,
      () => `LOCATE('-', ${x()})`,
      () => `DATEDIFF(${when()}, ${when()})`,
      () => `TIMESTAMPDIFF(${this.dice.pick(UNITS)}, ${when()}, ${when()})`,
      () =>
        `${this.dice.pick(["YEAR", "MONTH", "DAY", "QUARTER", "DAYOFWEEK", "WEEKDAY", "DAYOFYEAR", "HOUR", "MINUTE", "WEEKOFYEAR", "TO_DAYS"])}(${when()})`,
      () => `WEEK(${when()}, ${this.dice.below(8)})`,
      () => `YEARWEEK(${when()}, ${this.dice.below(8)})`,
      () => `CAST(${n()} AS DECIMAL(20,${this.dice.below(4)}))`,
      () => `CAST(${n()} AS SIGNED)`,
      () => `(${this.condition(depth - 1)})`,
      () => `CAST(i & ${this.dice.below(16)} AS SIGNED)`,
    ])();
  }

  text(depth: number): string {
    if (depth <= 0) return this.dice.pick(["s", "t", "s", "t", "'abc'", "'É-1'", "'x y'", "''"]);
    const x = (): string => this.text(depth - 1);
    const small = (): string => this.dice.pick(["i", "1", "2", "3", "-2", "0"]);
    return this.dice.pick<() => string>([
      () => `CONCAT(${x()}, ${x()})`,
      () => `CONCAT_WS('-', ${x()}, i, ${x()})`,
      () => `UPPER(${x()})`,
      () => `LOWER(${x()})`,
      () => `LEFT(${x()}, ${small()})`,
      () => `RIGHT(${x()}, ${small()})`,
      () => `SUBSTRING(${x()}, ${small()}, ${small()})`,
      () => `SUBSTRING(${x()}, ${small()})`,
      () => `TRIM(${x()})`,
      () => `REPLACE(${x()}, ${this.text(0)}, COALESCE(${this.text(0)}, '+'))`,
      () => `LPAD(${x()}, 6, '.')`,
      () => `RPAD(${x()}, 4, 'ab')`,
      () => `REVERSE(${x()})`,
      () => `REPEAT(${x()}, 2)`,
      () => `SUBSTRING_INDEX(${x()}, '-', ${this.dice.below(5) - 2})`,
      () => `IF(${this.condition(depth - 1)}, ${x()}, ${x()})`,
      () => `COALESCE(${x()}, ${x()})`,
      () => `ELT(${small()}, ${x()}, ${x()})`,
      () => `DATE_FORMAT(${this.moment(depth - 1)}, '${this.dice.pick(FORMATS)}')`,
      () => `DAYNAME(${this.moment(depth - 1)})`,
      () => `CAST(${this.dice.pick(["i", "p", "d", "m", "j + i"])} AS CHAR)`,
      () => `HEX(${x()})`,
      () => `CASE ${x()} WHEN 'ABC' THEN ${x()} ELSE ${x()} END`,
    ])();
  }

  date(depth: number): string {
    if (depth <= 0) return this.dice.pick(["d", "e", "d", "DATE '2024-02-29'"]);
    return this.dice.pick<() => string>([
      () =>
        `(${this.date(depth - 1)} ${this.dice.pick(["+", "-"])} INTERVAL ${this.dice.pick(["i", "1", "j + 2"])} ${this.dice.pick(["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"])})`,
      () => `LAST_DAY(${this.moment(depth - 1)})`,
      () => `DATE(${this.moment(depth - 1)})`,
      () => `COALESCE(${this.date(depth - 1)}, ${this.date(depth - 1)})`,
      () => `GREATEST(${this.date(depth - 1)}, ${this.date(depth - 1)})`,
      () => `IF(${this.condition(depth - 1)}, ${this.date(depth - 1)}, ${this.date(depth - 1)})`,
    ])();
  }

  dateTime(depth: number): string {
    if (depth <= 0) return this.dice.pick(["m", "n", "TIMESTAMP '2023-12-31 23:59:59'"]);
    return this.dice.pick<() => string>([
      () =>
        `(${this.dateTime(depth - 1)} ${this.dice.pick(["+", "-"])} INTERVAL ${this.dice.pick(["i", "90", "j * 3"])} ${this.dice.pick(["SECOND", "MINUTE", "HOUR", "DAY", "MONTH"])})`,
      () => `TIMESTAMPADD(${this.dice.pick(UNITS)}, j, ${this.dateTime(depth - 1)})`,
      () => `CAST(${this.moment(depth - 1)} AS DATETIME)`,
      () => `LEAST(${this.dateTime(depth - 1)}, ${this.dateTime(depth - 1)})`,
      () => `COALESCE(${this.dateTime(depth - 1)}, ${this.dateTime(depth - 1)})`,
    ])();
  }

  moment(depth: number): string {
    return this.dice.roll() < 0.5 ? this.date(depth) : this.dateTime(depth);
  }

  condition(depth: number): string {
    const compare = (): string => this.dice.pick(["=", "<>", "<", "<=", ">", ">=", "<=>"]);
    const of = (kind: "number" | "text" | "date" | "dateTime"): string => this[kind](depth - 1);
    return this.dice.pick<() => string>([
      () => `${of("number")} ${compare()} ${of("number")}`,
      () => `${of("text")} ${compare()} ${of("text")}`,
      () => `${of("date")} ${compare()} ${of("dateTime")}`,
      () => `${of("dateTime")} ${compare()} '2024-03-01'`,
      () => `${of("number")} BETWEEN ${of("number")} AND ${of("number")}`,
      () => `${of("number")} IN (1, 2, ${of("number")})`,
      () => `${of("text")} NOT IN ('abc', 'E', ${of("text")})`,
      () => `${of("text")} LIKE '${this.dice.pick(PATTERNS)}'`,
      () => `${of("text")} REGEXP '${this.dice.pick(REGEXPS)}'`,
      () => `${this.any(0)} IS ${this.dice.pick(["", "NOT "])}NULL`,
      ...(depth <= 0
        ? []
        : [
            () => `(${this.condition(depth - 1)} AND ${this.condition(depth - 1)})`,
            () => `(${this.condition(depth - 1)} OR ${this.condition(depth - 1)})`,
            () => `(${this.condition(depth - 1)} XOR ${this.condition(depth - 1)})`,
            () => `NOT (${this.condition(depth - 1)})`,
            () =>
              `(${this.condition(depth - 1)}) IS ${this.dice.pick(["TRUE", "NOT TRUE", "FALSE", "UNKNOWN"])}`,
          ]),
    ])();
  }

  /** Over the rows of a group. */
  aggregate(depth: number): string {
    const n = (): string => this.number(depth);
    return this.dice.pick<() => string>([
      () => `SUM(${n()})`,
      () => `AVG(${n()})`,
      () => `ROUND(AVG(${n()}), ${this.dice.below(4)})`,
      () => `SUM(${this.condition(depth)})`,
      () => `AVG(${this.condition(depth)})`,
      () => `COUNT(${this.any(depth)})`,
      () => `COUNT(DISTINCT ${this.any(depth)})`,
      () => `COUNT(DISTINCT ${this.any(0)}, ${this.any(0)})`,
      () => `MIN(${n()})`,
      () => `MAX(${this.moment(depth)})`,
      () => `MAX(${this.text(0)}) >= 'b'`,
      () => `CHAR_LENGTH(MIN(${this.text(0)}))`,
      () => `COALESCE(SUM(${n()}), AVG(${n()}), 0.0625)`,
      () => `SUM(${n()}) / NULLIF(COUNT(${n()}), 0)`,
      () => `GREATEST(SUM(${this.number(0)}), AVG(${n()}))`,
      () => `GROUP_CONCAT(DISTINCT i ORDER BY i)`,
      () =>
        `GROUP_CONCAT(id, ':', ${this.text(0)} ORDER BY ${this.dice.pick(["i", "p", "d", "s"])}, id SEPARATOR '|')`,
    ])();
  }

  /** Over the rows of a window. */
  window(depth: number): string {
    const n = (): string => this.number(depth);
    const key = this.dice.pick(["i", "p", "s", "d", "m"]);
    const by = this.dice.pick(["", "PARTITION BY j ", "PARTITION BY t ", "PARTITION BY e "]);
    const frame = this.dice.pick([
      "",
      " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW",
      " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
    ]);
    const ordered = `OVER (${by}ORDER BY ${key}${this.dice.pick(["", " DESC"])}, id`;
    return this.dice.pick<() => string>([
      () => `SUM(${n()}) ${ordered}${frame})`,
      // Of columns: MariaDB takes YEARWEEK for a number of five digits and cuts its average over a window to 99999.
      () => `AVG(${this.number(0)}) ${ordered}${frame})`,
      () => `COUNT(${this.any(depth)}) ${ordered}${frame})`,
      () => `MAX(${this.moment(depth)}) ${ordered}${frame})`,
      () => `MIN(${n()}) OVER (PARTITION BY j)`,
      () => `ROW_NUMBER() ${ordered})`,
      () => `RANK() OVER (${by}ORDER BY ${key})`,
      () => `DENSE_RANK() OVER (${by}ORDER BY ${key} DESC)`,
      () => `NTILE(3) ${ordered})`,
      () => `LAG(${this.any(depth)}) ${ordered})`,
      () => `LEAD(${this.any(depth)}, 2) ${ordered})`,
      () => `FIRST_VALUE(${this.any(depth)}) ${ordered}${frame})`,
      () => `ROUND(100 * SUM(${n()}) OVER (PARTITION BY t) / NULLIF(COUNT(*) OVER (PARTITION BY t), 0), 2)`,
    ])();
  }
}
