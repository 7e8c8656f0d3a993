import { z } from "zod";
import type { RelationalNode } from "../manifest/index.js";

/** How a generic test is used: what it is put under, and its arguments. */
export interface GenericTestShape {
  /** Whether it is one of a column, of a whole relation, or may be either. */
  column: "required" | "optional" | "none";
  arguments: z.core.$ZodLooseShape;
  /** The arguments that name another relation: `ref('x')`, `source('s', 't')`. */
  relations?: readonly string[];
  /** Other names of it: those of the packages that users know. */
  aliases?: readonly string[];
  /** What it cannot test, where that is not everything: says why. */
  refuses?(target: RelationalNode): string | undefined;
  /** What is counted, where it is not the rows. */
  failCalc?: string;
}

const relation = z.string({ error: "expected ref('model') or source('source', 'table')" });
const name = z.string().min(1, { error: "expected the name of a column" });
const sql = z.string().min(1, { error: "expected SQL" });
const bound = z.union([z.number(), sql], { error: "expected a number or SQL" });
const columns = z
  .union([name.transform((one) => [one]), z.array(name)], { error: "expected a list of columns" })
  .pipe(z.array(z.string()).min(1, { error: "expected a list of columns" }));
const rows = z.int({ error: "expected a number of rows" }).nonnegative();
const datepart = z.enum(["second", "minute", "hour", "day", "week", "month", "quarter", "year"], {
  error: "expected second, minute, hour, day, week, month, quarter or year",
});

/** The generic tests with their arguments. A new test is an entry here, and its SQL in `quality`. */
export const GENERIC_TESTS = {
  unique: { column: "required", arguments: {} },
  not_null: { column: "required", arguments: {} },
  accepted_values: {
    column: "required",
    arguments: {
      values: z
        .array(z.union([z.string(), z.number(), z.boolean()]), { error: "expected a list of values" })
        .min(1),
      quote: z.boolean().optional(),
    },
  },
  relationships: { column: "required", arguments: { to: relation, field: name }, relations: ["to"] },
  relationships_where: {
    column: "required",
    arguments: {
      to: relation,
      field: name,
      from_condition: sql.optional(),
      to_condition: sql.optional(),
    },
    relations: ["to"],
  },
  unique_combination: {
    column: "none",
    arguments: { combination_of_columns: columns, quote_columns: z.boolean().optional() },
    aliases: ["unique_combination_of_columns"],
  },
  accepted_range: {
    column: "required",
    arguments: {
      min_value: bound.optional(),
      max_value: bound.optional(),
      inclusive: z.boolean().optional(),
    },
  },
  expression_is_true: { column: "optional", arguments: { expression: sql } },
  not_empty: { column: "optional", arguments: {}, aliases: ["not_empty_string"] },
  recency: {
    column: "none",
    arguments: {
      field: name,
      datepart,
      interval: z.int({ error: "expected a whole number" }),
      group_by_columns: columns.optional(),
    },
  },
  row_count_between: {
    column: "none",
    arguments: { min_value: rows.optional(), max_value: rows.optional() },
    aliases: ["expect_table_row_count_to_be_between"],
  },
  volume_anomaly: {
    column: "none",
    arguments: {
      runs: rows.optional(),
      least_runs: rows.optional(),
      deviations: z.number({ error: "expected a number" }).nonnegative().optional(),
      tolerance: z.number({ error: "expected percent" }).nonnegative().optional(),
    },
    refuses(target: RelationalNode) {
      if (target.resource_type === "seed" && target.language === "csv") return undefined;
      if (target.resource_type === "model" && target.config.materialized === "table") return undefined;
      return "is a test of CSV seeds and of models that are tables: of all else it is not recorded how many rows they had";
    },
  },
  equal_rowcount: {
    column: "none",
    arguments: { compare_model: relation, group_by_columns: columns.optional() },
    relations: ["compare_model"],
    failCalc: "coalesce(sum(diff_count), 0)",
  },
  no_overlap: {
    column: "none",
    arguments: {
      lower_bound_column: sql,
      upper_bound_column: sql,
      partition_by: z.union([sql, columns], { error: "expected a column or a list of columns" }).optional(),
      gaps: z
        .enum(["allowed", "not_allowed", "required"], { error: "expected allowed, not_allowed or required" })
        .optional(),
      zero_length_range_allowed: z.boolean().optional(),
    },
    aliases: ["mutually_exclusive_ranges"],
  },
  sequential: {
    column: "required",
    arguments: {
      interval: z.number({ error: "expected a number" }).optional(),
      datepart: datepart.optional(),
      group_by_columns: columns.optional(),
    },
    aliases: ["sequential_values"],
  },
} satisfies Record<string, GenericTestShape>;

/** The name of a generic test. */
export type GenericTest = keyof typeof GENERIC_TESTS;

/** Packages whose names of tests are understood. */
const PACKAGES = ["dbt_utils", "dbt_expectations"];

const BY_NAME = new Map<string, GenericTest>(
  Object.entries<GenericTestShape>(GENERIC_TESTS).flatMap(([test, { aliases = [] }]) =>
    [test, ...aliases].map((written) => [written, test as GenericTest] as const),
  ),
);

/** The test that a name means, with or without the package before it. */
export function findGenericTest(
  written: string,
): { test: GenericTest; namespace: string | null; name: string } | undefined {
  const [, before, plain] = /^(?:(\w+)\.)?(.*)$/s.exec(written)!;
  if (before !== undefined && !PACKAGES.includes(before)) return undefined;
  const test = BY_NAME.get(plain!);
  return test && { test, namespace: before ?? null, name: plain! };
}

/** What is wrong with arguments that only together make sense; undefined if nothing is. */
export function argumentProblem(
  test: GenericTest,
  args: Readonly<Record<string, unknown>>,
): string | undefined {
  if (
    (test === "accepted_range" || test === "row_count_between") &&
    args.min_value === undefined &&
    args.max_value === undefined
  )
    return "needs min_value, max_value or both";
  return undefined;
}
