import { evaluate } from "./evaluate.js";
import { type Expression, JinjaProblem } from "./jinja-expression.js";
import { plain, printed, type Value } from "./jinja-value.js";
import { asArgument, asText, code, constant, type Rewritten, text } from "./rewritten.js";
import type { Call } from "./scope.js";
import { castType } from "./sql-types.js";

const argument = (call: Call, position: number, ...names: string[]): Rewritten | undefined => {
  const given: Expression | undefined =
    call.args[position] ?? names.map((name) => call.named.get(name)).find((one) => one !== undefined);
  return given && evaluate(given, call.scope, call.around);
};
const needed = (call: Call, position: number, ...names: string[]): Rewritten => {
  const given = argument(call, position, ...names);
  if (given === undefined) throw new JinjaProblem(`${call.name}() lacks an argument`, call.at);
  return given;
};
const known = (call: Call, position: number, ...names: string[]): Value => {
  const given = needed(call, position, ...names);
  if (given.kind === "constant") return given.value;
  throw new JinjaProblem(
    `the argument of ${call.name}() is only known when it runs`,
    call.at,
    "Write it out: references have to be known before anything runs.",
  );
};
const sql = (call: Call, position: number, ...names: string[]): string =>
  asText(needed(call, position, ...names), call.at);
const items = (call: Call, position: number, ...names: string[]): Value[] => {
  const value = known(call, position, ...names);
  return Array.isArray(value) ? value : [value];
};
const quote = (value: Value, call: Call): string => asArgument(constant(printed(value)), call.at);

type Known = (call: Call) => Rewritten;

const without: Known = (call) => {
  call.around.check(`${call.name}() is left out`, call.at);
  return constant("");
};

/** The start of a part of time, with MySQL's functions. */
const TRUNCATED: Record<string, (of: string) => string> = {
  second: (of) => `CAST(DATE_FORMAT(${of}, '%Y-%m-%d %H:%i:%s') AS DATETIME)`,
  minute: (of) => `CAST(DATE_FORMAT(${of}, '%Y-%m-%d %H:%i:00') AS DATETIME)`,
  hour: (of) => `CAST(DATE_FORMAT(${of}, '%Y-%m-%d %H:00:00') AS DATETIME)`,
  day: (of) => `DATE(${of})`,
  month: (of) => `CAST(DATE_FORMAT(${of}, '%Y-%m-01') AS DATE)`,
  year: (of) => `CAST(DATE_FORMAT(${of}, '%Y-01-01') AS DATE)`,
};

/** Boundaries between two times, as dbt counts them. */
const DIFFERENCES: Record<string, (from: string, to: string) => string> = {
  day: (from, to) => `DATEDIFF(${to}, ${from})`,
  month: (from, to) => `((YEAR(${to}) - YEAR(${from})) * 12 + MONTH(${to}) - MONTH(${from}))`,
  year: (from, to) => `(YEAR(${to}) - YEAR(${from}))`,
  hour: (from, to) => `TIMESTAMPDIFF(HOUR, ${TRUNCATED.hour!(from)}, ${TRUNCATED.hour!(to)})`,
  minute: (from, to) => `TIMESTAMPDIFF(MINUTE, ${TRUNCATED.minute!(from)}, ${TRUNCATED.minute!(to)})`,
  second: (from, to) => `TIMESTAMPDIFF(SECOND, ${TRUNCATED.second!(from)}, ${TRUNCATED.second!(to)})`,
};

const part = (call: Call, position: number, table: Record<string, unknown>): string => {
  const name = String(known(call, position, "datepart")).toLowerCase();
  if (Object.hasOwn(table, name)) return name;
  throw new JinjaProblem(
    `${call.name}() by ${name} has no counterpart`,
    call.at,
    "Write it in MySQL's SQL: see docs/portable-sql.md.",
  );
};

const type =
  (name: string): Known =>
  () =>
    constant(castType(name)!);

const CROSS_DATABASE: Record<string, Known> = {
  type_string: type("text"),
  type_int: type("int"),
  type_bigint: type("bigint"),
  type_float: type("double"),
  type_timestamp: type("timestamp"),
  type_numeric: () => constant("DECIMAL(28,6)"),
  current_timestamp: () => text("{{run_started_at}}"),
  date_trunc: (call) => text(TRUNCATED[part(call, 0, TRUNCATED)]!(sql(call, 1, "date"))),
  datediff: (call) =>
    text(DIFFERENCES[part(call, 2, DIFFERENCES)]!(sql(call, 0, "first_date"), sql(call, 1, "second_date"))),
  dateadd: (call) => {
    const unit = part(call, 0, { second: 1, minute: 1, hour: 1, day: 1, week: 1, month: 1, year: 1 });
    return text(
      `(${sql(call, 2, "from_date_or_timestamp")} + INTERVAL (${sql(call, 1, "interval")}) ${unit.toUpperCase()})`,
    );
  },
  last_day: (call) => {
    part(call, 1, { month: 1 });
    return text(`LAST_DAY(${sql(call, 0, "date")})`);
  },
  concat: (call) => {
    const given = call.args[0] ?? call.named.get("fields");
    if (given?.kind !== "list") return text(`CONCAT(${items(call, 0, "fields").map(printed).join(", ")})`);
    return text(
      `CONCAT(${given.items.map((item) => asText(evaluate(item, call.scope, call.around), item.at)).join(", ")})`,
    );
  },
  length: (call) => text(`CHAR_LENGTH(${sql(call, 0, "expression")})`),
  replace: (call) =>
    text(`REPLACE(${sql(call, 0, "field")}, ${sql(call, 1, "old_chars")}, ${sql(call, 2, "new_chars")})`),
  left: (call) => text(`LEFT(${sql(call, 0, "string_text")}, ${sql(call, 1, "length_expression")})`),
  right: (call) => text(`RIGHT(${sql(call, 0, "string_text")}, ${sql(call, 1, "length_expression")})`),
  string_literal: (call) => text(`'${sql(call, 0, "value")}'`),
  bool_or: (call) => text(`MAX(${sql(call, 0, "expression")})`),
  except: () => constant("EXCEPT"),
  intersect: () => constant("INTERSECT"),
};

const UTILITIES: Record<string, Known> = {
  generate_surrogate_key: (call) =>
    code(
      `(surrogate_key ${items(call, 0, "field_list")
        .map((item) => quote(item, call))
        .join(" ")})`,
    ),
  date_spine: (call) => {
    const by = String(known(call, 0, "datepart"));
    if (by !== "day")
      throw new JinjaProblem(
        `a date spine by ${by} has no counterpart`,
        call.at,
        "date_spine has days here: take those that begin a month, or a week.",
      );
    return code(
      `(date_spine ${asArgument(needed(call, 1, "start_date"), call.at)} ${asArgument(needed(call, 2, "end_date"), call.at)})`,
    );
  },
  safe_divide: (call) => text(`((${sql(call, 0, "numerator")}) / NULLIF(${sql(call, 1, "denominator")}, 0))`),
  safe_add: (call) =>
    text(
      `(${items(call, 0, "field_list")
        .map((item) => `COALESCE(${printed(item)}, 0)`)
        .join(" + ")})`,
    ),
  safe_subtract: (call) =>
    text(
      `(${items(call, 0, "field_list")
        .map((item) => `COALESCE(${printed(item)}, 0)`)
        .join(" - ")})`,
    ),
  group_by: (call) =>
    text(`GROUP BY ${Array.from({ length: Number(known(call, 0, "n")) }, (_, at) => at + 1).join(", ")}`),
};

const prefixed = (prefixes: string[], table: Record<string, Known>): Record<string, Known> =>
  Object.fromEntries(
    prefixes.flatMap((prefix) => Object.entries(table).map(([name, rule]) => [`${prefix}.${name}`, rule])),
  );

/** Calls that templates of dbt have, and what they become. A new one is a line here. */
export const KNOWN_CALLS: Record<string, Known> = {
  ref: (call) => {
    const names = call.args.map((_, position) => String(known(call, position)));
    const version = argument(call, 9, "v", "version");
    const name = names.at(-1)!;
    if (version !== undefined) {
      const given = version.kind === "constant" ? String(version.value) : "";
      const found = call.around.version(name, given);
      if (found === undefined)
        throw new JinjaProblem(
          `version ${given} of ${name} is not known`,
          call.at,
          "There are no versions here: refer to a model by its file's name.",
        );
      return code(`(ref ${quote(found, call)})`);
    }
    // A package of its own name is the project itself.
    const others = names.filter(
      (one, position) => position === names.length - 1 || one !== call.around.packageName,
    );
    return code(`(ref ${others.map((one) => quote(one, call)).join(" ")})`);
  },
  source: (call) => code(`(source ${quote(known(call, 0), call)} ${quote(known(call, 1), call)})`),
  var: (call) => {
    const other = argument(call, 1, "default");
    return code(
      `(var ${quote(known(call, 0), call)}${other === undefined ? "" : ` ${asArgument(other, call.at)}`})`,
    );
  },
  env_var: (call) => {
    const other = argument(call, 1, "default");
    return code(
      `(env_var ${quote(known(call, 0), call)}${other === undefined ? "" : ` ${asArgument(other, call.at)}`})`,
    );
  },
  config: (call) => {
    if (call.scope.isConditional)
      throw new JinjaProblem(
        "config() in what is only known when it runs",
        call.at,
        'Let its values be conditional: enabled=(eq target.name "prod").',
      );
    const [given] = call.args;
    const entries = [
      ...(given?.kind === "dict"
        ? given.entries.map(([key, value]) => ({
            key: key.kind === "literal" ? String(key.value) : "",
            value,
          }))
        : []),
      ...[...call.named].map(([key, value]) => ({ key, value })),
    ];
    const inner = call.around.config(entries, call.scope, call.around);
    return text(inner === "" ? "" : `{{config ${inner}}}`);
  },
  is_incremental: () => code("is_incremental"),
  range: (call) => {
    const numbers = call.args.map((_, position) => Number(known(call, position)));
    const [from, to, step] =
      numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
    if (step === 0 || Math.abs((to - from) / step) > 10_000)
      throw new JinjaProblem("this range is too long", call.at);
    const values: number[] = [];
    for (let value = from; step > 0 ? value < to : value > to; value += step) values.push(value);
    return constant(values);
  },
  zip: (call) => {
    const lists = call.args.map((_, position) => items(call, position));
    return constant(
      lists[0]!
        .slice(0, Math.min(...lists.map(({ length }) => length)))
        .map((_, at) => lists.map((list) => list[at]!)),
    );
  },
  set: (call) => constant(items(call, 0).filter((item, at, all) => all.indexOf(item) === at)),
  dict: (call) => constant(new Map([...call.named].map(([key]) => [key, known(call, 9, key)]))),
  tojson: (call) => constant(JSON.stringify(plain(known(call, 0)))),
  return: (call) => {
    throw new JinjaProblem("return() gives a value", call.at, "Write the value where the macro is called.");
  },
  log: without,
  print: without,
  "exceptions.warn": without,
  ...prefixed(["dbt", "dbt_utils"], CROSS_DATABASE),
  ...prefixed(["dbt_utils"], UTILITIES),
};
