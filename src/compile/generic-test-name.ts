import { hash } from "node:crypto";
import { MAX_IDENTIFIER } from "../manifest/index.js";
import { pythonRepr, pythonString } from "./python-repr.js";

/** dbt's names for a generic test. */
export interface GenericTestName {
  /** Within 64 characters. */
  short: string;
  full: string;
}

/** `accepted_values_orders_status__open__closed`, from the test, what it tests and its arguments but the model. */
export function genericTestName(
  test: string,
  target: string,
  args: Readonly<Record<string, unknown>>,
): GenericTestName {
  const parts = Object.keys(args)
    .sort()
    .flatMap((key) => flat(args[key]))
    .map((part) => part.replace(/[^0-9A-Za-z_]+/g, "_"));
  const full = `${test}_${target}_${parts.join("__")}`;
  const short = full.length < MAX_IDENTIFIER ? full : `${`${test}_${target}`.slice(0, 30)}_${md5(full)}`;
  return { short, full };
}

/** The ten hex digits at the end of a generic test's id: they tell tests of one name apart. */
export function genericTestHash(
  fullName: string,
  test: string,
  kwargs: Readonly<Record<string, unknown>>,
  namespace: string | null = null,
): string {
  return md5(fullName + pythonRepr({ kwargs, name: test, namespace })).slice(-10);
}

function flat(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(pythonString);
  if (value !== null && typeof value === "object") return Object.values(value).map(pythonString);
  return [pythonString(value)];
}

function md5(text: string): string {
  return hash("md5", text);
}
