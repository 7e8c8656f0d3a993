import { z } from "zod";
import { DATE_GRAINS, EXPOSURE_TYPES, SHEET_KINDS } from "../manifest/index.js";
import { mapping, object, strings, text } from "./shape.js";

/** A name that can stand in an id, a file name and a link. */
const name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: "expected a name of letters, digits and underscores" });

const value = z.union([z.string(), z.number(), z.null()], { error: "expected a value, or a list of values" });

/** Rows by the values of their columns: `{priority: Critical, region: [Leeds, Bristol]}`. */
const where = z
  .record(z.string(), z.union([value, z.array(value)], { error: "expected a value, or a list of values" }), {
    error: "expected a mapping from columns to values",
  })
  .nullish()
  .transform((given) =>
    Object.entries(given ?? {}).map(([column, values]) => ({
      column,
      values: Array.isArray(values) ? values : [values],
    })),
  );

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z
    .array(item, { error: `expected a list of ${what}` })
    .nullish()
    .transform((items) => items ?? []);

const names = strings.nullish().transform((given) => given ?? []);

const described = { name, description: text, tags: strings.optional(), meta: mapping.optional() };
const config = object({
  enabled: z.boolean().optional(),
  tags: strings.optional(),
  meta: mapping.optional(),
}).nullish();

const owner = object({ name: z.string().nullish(), email: z.string().nullish() }).nullish();
const use = {
  ...described,
  config,
  owner,
  url: z.string().nullish(),
  maturity: z.enum(["low", "medium", "high"], { error: "expected low, medium or high" }).nullish(),
};

const FORMATS = ["number", "percent", "hours", "minutes", "currency"] as const;

/** A metric: a figure that is defined once. */
export const metric = object({
  ...described,
  config,
  label: z.string().optional(),
  model: z.string({ error: "expected ref('model')" }),
  numerator: z.string({ error: "expected an aggregate, such as SUM(amount)" }),
  denominator: z.string({ error: "expected an aggregate, such as COUNT(*)" }).nullish(),
  filter: where,
  date: z.string().nullish(),
  over_time: z.enum(["sum", "last"], { error: "expected sum or last" }).default("sum"),
  format: z.enum(FORMATS, { error: `expected ${FORMATS.join(", ")}` }).default("number"),
  decimals: z.int({ error: "expected a number of decimals" }).min(0).max(6).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: "expected a code of ISO 4217, such as EUR" })
    .optional(),
  good: z.enum(["up", "down", "neutral"], { error: "expected up, down or neutral" }).default("neutral"),
  target: z.number({ error: "expected a number" }).nullish(),
  dimensions: names,
});

/** An exposure, as in dbt. */
export const exposure = object({
  ...use,
  label: z.string().optional(),
  type: z.enum(EXPOSURE_TYPES, { error: `expected ${EXPOSURE_TYPES.join(", ")}` }),
  depends_on: list(z.string(), "references, such as ref('model') or metric('name')"),
});

const sheet = object({
  name,
  title: z.string().optional(),
  description: text,
  kind: z.enum(SHEET_KINDS, { error: `expected ${SHEET_KINDS.join(", ")}` }),
  model: z.string().optional(),
  metrics: names,
  below: names,
  label_metric: z.string().nullish(),
  dimensions: names,
  date_grain: z
    .enum([...DATE_GRAINS, "auto"], { error: `expected ${DATE_GRAINS.join(", ")} or auto` })
    .nullish(),
  filter: where,
  sort: object({
    by: z.string({ error: "expected a metric or a column" }),
    direction: z.enum(["asc", "desc"], { error: "expected asc or desc" }).default("asc"),
  }).nullish(),
  top: z.int().positive({ error: "expected a number of marks" }).nullish(),
  rest: z.boolean().default(false),
  n_min: z.int().min(0).default(0),
  reference_lines: list(
    object({
      metric: z.string(),
      at: z.union([z.enum(["median", "mean"]), z.number()], {
        error: "expected median, mean or a number",
      }),
      label: z.string().optional(),
    }),
    "lines (- metric: …)",
  ),
  columns: list(
    z.union([
      z.string().transform((column) => ({ name: column, label: undefined as string | undefined })),
      object({ name: z.string(), label: z.string().optional() }),
    ]),
    "columns",
  ),
});

/** A dashboard: what stands on a page, whoever draws it. */
export const dashboard = object({
  ...use,
  title: z.string().optional(),
  question: text,
  filters: list(
    object({
      field: z.string({ error: "expected date, or a column" }),
      label: z.string().optional(),
      default: z
        .union([z.enum(["all", "year_to_date"]), z.string().regex(/^\d+ days$/)], {
          error: 'expected all, year_to_date or a number of days, such as "90 days"',
        })
        .optional(),
    }),
    "filters (- field: …)",
  ),
  kpis: list(
    z.union([
      z.string().transform((given) => ({ metric: given, beside: [] as string[] })),
      object({ metric: z.string(), beside: names }),
    ]),
    "metrics",
  ),
  sheets: list(sheet, "sheets (- name: …)"),
  layout: list(
    z.array(
      object({
        sheet: z.string(),
        width: z.int().min(1).max(12, { error: "expected 1 to 12 of the page's 12 columns" }),
      }),
    ),
    "rows, each a list of {sheet, width}",
  ),
});

/** A metric's entry in a properties file. */
export type MetricProperties = z.output<typeof metric>;
/** An exposure's entry. */
export type ExposureProperties = z.output<typeof exposure>;
/** A dashboard's entry. */
export type DashboardProperties = z.output<typeof dashboard>;
/** A sheet's entry. */
export type SheetProperties = z.output<typeof sheet>;
