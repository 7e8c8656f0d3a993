const COMPARISON = /^(>=|<=|>|<|=|\^|~)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/;

/** What a comparison asks of the sign of `version - wanted`. */
const HOLDS: Readonly<Record<string, (sign: number) => boolean>> = {
  ">=": (sign) => sign >= 0,
  "<=": (sign) => sign <= 0,
  ">": (sign) => sign > 0,
  "<": (sign) => sign < 0,
  "=": (sign) => sign === 0,
};

/** Whether a version is in a range such as `>=0.1.0, <2`, `^1.2` or `~1.2.3`; undefined for what is no range. */
export function inRange(version: string, ranges: readonly string[]): boolean | undefined {
  const parts = ranges
    .flatMap((range) => range.replace(/([<>=^~])\s+/g, "$1").split(/[\s,]+/))
    .filter((part) => part !== "");
  const found = parts.map((part) => holds(numbers(version), part));
  return found.includes(undefined) || parts.length === 0 ? undefined : found.every((one) => one === true);
}

function holds(version: readonly number[], part: string): boolean | undefined {
  const match = COMPARISON.exec(part);
  if (match === null) return undefined;
  const [, operator = "=", ...given] = match;
  const stated = given.filter((one) => one !== undefined).map(Number);
  const wanted = [...stated, 0, 0].slice(0, 3);
  if (operator !== "^" && operator !== "~") return HOLDS[operator]!(compare(version, wanted));
  // As npm reads them: ^ holds the first number that is not 0, ~ the one after the first.
  const held = operator === "~" ? Math.min(stated.length, 2) : wanted.findIndex((one) => one > 0) + 1 || 3;
  const next = wanted.map((one, at) => (at < held - 1 ? one : at === held - 1 ? one + 1 : 0));
  return compare(version, wanted) >= 0 && compare(version, next) < 0;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < 3; at++) if (a[at] !== b[at]) return a[at]! - b[at]!;
  return 0;
}

function numbers(version: string): number[] {
  return [...(version.match(/\d+/g) ?? []), "0", "0", "0"].slice(0, 3).map(Number);
}
