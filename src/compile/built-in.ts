import { SlaError } from "../errors/index.js";
import type { Environment } from "../project/index.js";
import { dateSpine, percentile, surrogateKey } from "./built-in-sql.js";
import { mysqlLiteral } from "./mysql-text.js";

/** What built-ins may ask for; positions are added by the caller. */
export interface BuiltInContext {
  vars: Readonly<Record<string, unknown>>;
  env: Environment;
  /** The text that stands for a node; undefined for what is not there. */
  ref(name: string, packageName: string | null): string;
  source(source: string, table: string): string;
}

/** A helper that every template has. */
export interface BuiltIn {
  /** How many arguments it takes without names. */
  least: number;
  most: number;
  /** How many of the first ones must be plain strings, because they are read without rendering. */
  literals?: number;
  /** How it is called, for hints. */
  usage: string;
  run(args: readonly unknown[], context: BuiltInContext): unknown;
}

const ANY = Number.POSITIVE_INFINITY;

/** The helpers of every template. A new one is a line here. */
export const BUILT_INS: Readonly<Record<string, BuiltIn>> = {
  ref: {
    least: 1,
    most: 2,
    literals: 2,
    usage: '{{ref "model"}}',
    run: (args, context) =>
      args.length === 2 ? context.ref(String(args[1]), String(args[0])) : context.ref(String(args[0]), null),
  },
  source: {
    least: 2,
    most: 2,
    literals: 2,
    usage: '{{source "source" "table"}}',
    run: ([source, table], context) => context.source(String(source), String(table)),
  },
  var: {
    least: 1,
    most: 2,
    literals: 1,
    usage: '{{var "name"}} or {{var "name" "default"}}',
    run: (args, { vars }) => {
      const name = String(args[0]);
      if (Object.hasOwn(vars, name)) return vars[name];
      if (args.length === 2) return args[1];
      throw missingVariable(name);
    },
  },
  env_var: {
    least: 1,
    most: 2,
    literals: 1,
    usage: '{{env_var "NAME"}} or {{env_var "NAME" "default"}}',
    run: (args, { env }) => {
      const value = env[String(args[0])] ?? args[1];
      if (value !== undefined) return value;
      throw new SlaError({
        code: "SLA106",
        message: `the environment variable ${String(args[0])} is not set`,
        hint: `Set it in the environment or in a file .env, or give a default: {{env_var "${String(args[0])}" "…"}}.`,
      });
    },
  },
  config: { least: 0, most: 0, usage: '{{config materialized="table"}}', run: () => "" },
  literal: { least: 1, most: 1, usage: '{{literal (var "name")}}', run: ([value]) => mysqlLiteral(value) },
  list: { least: 0, most: ANY, usage: '(list "a" "b")', run: (args) => [...args] },
  eq: { least: 2, most: 2, usage: "(eq a b)", run: ([a, b]) => a === b },
  ne: { least: 2, most: 2, usage: "(ne a b)", run: ([a, b]) => a !== b },
  and: { least: 1, most: ANY, usage: "(and a b)", run: (args) => args.every(truthy) },
  or: { least: 1, most: ANY, usage: "(or a b)", run: (args) => args.some(truthy) },
  not: { least: 1, most: 1, usage: "(not a)", run: ([a]) => !truthy(a) },
  date_spine: {
    least: 2,
    most: 2,
    usage: `{{date_spine "'2025-01-01'" "CURRENT_DATE"}}`,
    run: ([start, end]) => dateSpine(String(start), String(end)),
  },
  surrogate_key: {
    least: 1,
    most: ANY,
    usage: '{{surrogate_key "order_id" "line"}}',
    run: (args) => surrogateKey(args.flat().map(String)),
  },
  median: {
    least: 3,
    most: 3,
    usage: '{{median "amount" "place" "places"}}',
    run: ([value, place, places]) => percentile(String(value), "0.5", String(place), String(places)),
  },
  percentile: {
    least: 4,
    most: 4,
    usage: '{{percentile "amount" 0.9 "place" "places"}}',
    run: ([value, fraction, place, places]) =>
      percentile(String(value), fractionLiteral(fraction), String(place), String(places)),
  },
};

/** A share from 0 to 1, with as many decimals as the place sought is exact to. */
function fractionLiteral(value: unknown): string {
  const text = String(value);
  if (/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/.test(text)) return text;
  throw new SlaError({
    code: "SLA206",
    message: `percentile takes a share from 0 to 1 with at most six decimals, not ${JSON.stringify(value)}`,
    hint: 'Write {{percentile "amount" 0.9 "place" "places"}} for the ninetieth percentile.',
  });
}

/** What counts as true in `{{#if}}`: Handlebars' rule. */
function truthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** SLA207 for a variable that nobody sets. */
export function missingVariable(name: string): SlaError {
  return new SlaError({
    code: "SLA207",
    message: `the variable "${name}" is not set`,
    hint: `Set it under vars in project.yml, with --vars '${name}: …', or give a default: {{var "${name}" "…"}}.`,
  });
}
