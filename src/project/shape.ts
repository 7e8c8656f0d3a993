import { z } from "zod";
import { didYouMean, SlaError } from "../errors/index.js";
import { locateYaml, type YamlPath, type YamlText } from "./yaml-file.js";

const KNOWN_KEYS = "known keys: ";

/** An object that refuses unknown keys and remembers the known ones for "did you mean". */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const known = KNOWN_KEYS + Object.keys(shape).join(" ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : "expected a mapping (key: value)"),
  });
}

/** A string, or several in a list; always a list afterwards. */
export const strings = z
  .union([z.string(), z.array(z.string())], { error: "expected a string or a list of strings" })
  .transform((value) => (typeof value === "string" ? [value] : value));

/** Any mapping. */
export const mapping = z.record(z.string(), z.unknown(), { error: "expected a mapping (key: value)" });

/** Text; null (a key without a value) counts as empty. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");

/**
 * Checks the data of a YAML file against a shape. What does not fit is added to `errors` with its place in the file;
 * `base` is where in the file the value stands.
 */
export function checkShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  file: YamlText,
  errors: SlaError[],
  base: YamlPath = [],
): z.output<Schema> | undefined {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const path = [...base, ...(issue.path as (string | number)[])];
    if (issue.code === "unrecognized_keys") {
      const known = issue.message.slice(KNOWN_KEYS.length).split(" ");
      for (const key of issue.keys) errors.push(unknownKey(key, known, file, path));
    } else {
      errors.push(invalidValue(issue, valueAt(value, issue.path), file, path));
    }
  }
  return undefined;
}

/** SLA103 for a key that `known` does not list. */
export function unknownKey(
  key: string,
  known: readonly string[],
  file: YamlText,
  parent: YamlPath,
): SlaError {
  return new SlaError({
    code: "SLA103",
    message: `unknown key "${key}"${parent.length === 0 ? "" : ` in ${describePath(parent)}`}`,
    hint: didYouMean(key, known) ?? (known.length === 0 ? undefined : `Known keys are ${known.join(", ")}.`),
    location: locateYaml(file, [...parent, key], "key"),
  });
}

function invalidValue(issue: z.core.$ZodIssue, found: unknown, file: YamlText, path: YamlPath): SlaError {
  const name = path.length === 0 ? "the file" : describePath(path);
  const missing = found === undefined && issue.code === "invalid_type";
  const expected = issue.message.replace(/^Invalid (?:input|option): /, "").replace(/, received .*$/, "");
  return new SlaError({
    code: "SLA104",
    message: missing ? `${name} is missing` : `${name}: ${expected}, found ${describeValue(found)}`,
    location: locateYaml(file, path),
  });
}

/** `models[0].columns` as people write it. */
export function describePath(path: YamlPath): string {
  return path
    .map((step, at) => (typeof step === "number" ? `[${step}]` : at === 0 ? step : `.${step}`))
    .join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => (inner as Record<PropertyKey, unknown> | null)?.[step], value);
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "a mapping";
  if (value === undefined || value === null) return "nothing";
  return typeof value === "string"
    ? `"${value.length > 60 ? `${value.slice(0, 57)}…` : value}"`
    : String(value);
}
