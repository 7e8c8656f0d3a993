import { createHash } from "node:crypto";

/** `model.<package>.<name>`: dbt's form of a node's id. */
export function modelId(packageName: string, name: string): string {
  return `model.${packageName}.${name}`;
}

/** `snapshot.<package>.<name>`. */
export function snapshotId(packageName: string, name: string): string {
  return `snapshot.${packageName}.${name}`;
}

/** `seed.<package>.<name>`, for CSV seeds and seeders alike. */
export function seedId(packageName: string, name: string): string {
  return `seed.${packageName}.${name}`;
}

/** `procedure.<package>.<name>`. */
export function procedureId(packageName: string, name: string): string {
  return `procedure.${packageName}.${name}`;
}

/** `source.<package>.<source>.<table>`. */
export function sourceId(packageName: string, source: string, table: string): string {
  return `source.${packageName}.${source}.${table}`;
}

/** `macro.<package>.<name>`. */
export function macroId(packageName: string, name: string): string {
  return `macro.${packageName}.${name}`;
}

/** `test.<package>.<name>` for a singular test, with a hash of what it tests for a generic one. */
export function testId(packageName: string, name: string, hash?: string): string {
  return hash === undefined ? `test.${packageName}.${name}` : `test.${packageName}.${name}.${hash}`;
}

/** `unit_test.<package>.<model>.<name>`. */
export function unitTestId(packageName: string, model: string, name: string): string {
  return `unit_test.${packageName}.${model}.${name}`;
}

/** `metric.<package>.<name>`. */
export function metricId(packageName: string, name: string): string {
  return `metric.${packageName}.${name}`;
}

/** `exposure.<package>.<name>`, also of a dashboard. */
export function exposureId(packageName: string, name: string): string {
  return `exposure.${packageName}.${name}`;
}

/** The longest name MySQL, MariaDB and we allow, in characters. */
export const MAX_IDENTIFIER = 64;

/** `name` + `suffix` within 64 characters: too long a name is cut and made unique again by 8 hex digits of its hash. */
export function fitIdentifier(name: string, suffix = ""): string {
  if (name.length + suffix.length <= MAX_IDENTIFIER) return name + suffix;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 8);
  return `${name.slice(0, MAX_IDENTIFIER - suffix.length - 9)}_${hash}${suffix}`;
}
