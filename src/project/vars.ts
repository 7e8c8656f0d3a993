import { parse } from "yaml";
import { SlaError } from "../errors/index.js";

/** Variables given on the command line: a YAML (or JSON) mapping, `a: 1` or `{a: 1, b: two}`. */
export function parseVars(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw invalid(text, cause);
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid(text);
  return value as Record<string, unknown>;
}

function invalid(text: string, cause?: unknown): SlaError {
  return new SlaError({
    code: "SLA110",
    message: `--vars is not a YAML mapping: ${text}`,
    hint: "Write names and values, for example --vars 'rows: 500' or --vars '{rows: 500, seed: 7}'.",
    cause,
  });
}
