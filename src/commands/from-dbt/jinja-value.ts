/** A value that Jinja knows before anything runs. */
export type Value = string | number | boolean | null | Value[] | Map<string, Value>;

/** What counts as true in Python. */
export function isTrue(value: Value): boolean {
  if (value instanceof Map) return value.size > 0;
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** As Python prints it. */
export function printed(value: Value): string {
  return typeof value === "string" ? value : represented(value);
}

function represented(value: Value): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string")
    return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value.replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(represented).join(", ")}]`;
  if (value instanceof Map)
    return `{${[...value].map(([key, inner]) => `${represented(key)}: ${represented(inner)}`).join(", ")}}`;
  return String(value);
}

/** Whether Python takes two values for equal. */
export function isEqual(a: Value, b: Value): boolean {
  return represented(a) === represented(b);
}

/** Data of YAML or JSON as a value of Jinja. */
export function toValue(data: unknown): Value {
  if (Array.isArray(data)) return data.map(toValue);
  if (data !== null && typeof data === "object")
    return new Map(Object.entries(data).map(([key, inner]) => [key, toValue(inner)]));
  return data === undefined ? null : (data as Value);
}

const list = (value: Value): Value[] | undefined => {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys()];
  return typeof value === "string" ? [...value] : undefined;
};
const text = (value: Value | undefined): string => printed(value ?? null);
const compare = (a: Value, b: Value): number =>
  typeof a === "number" && typeof b === "number" ? a - b : text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
const sorted = (values: Value[], reverse: boolean): Value[] => {
  const copy = [...values].sort((a, b) => compare(fold(a), fold(b)));
  return reverse ? copy.reverse() : copy;
};
const fold = (value: Value): Value => (typeof value === "string" ? value.toLowerCase() : value);

/** Filters of values that are known; undefined for what they do not fit. A new one is a line here. */
export const FILTERS: Record<
  string,
  (value: Value, args: Value[], named: Map<string, Value>) => Value | undefined
> = {
  upper: (value) => text(value).toUpperCase(),
  lower: (value) => text(value).toLowerCase(),
  title: (value) =>
    text(value)
      .toLowerCase()
      .replace(/(^|[^a-z0-9])([a-z])/g, (whole) => whole.toUpperCase()),
  capitalize: (value) => text(value).charAt(0).toUpperCase() + text(value).slice(1).toLowerCase(),
  trim: (value) => text(value).trim(),
  string: (value) => text(value),
  int: (value) => (Number.isNaN(Number(value)) ? 0 : Math.trunc(Number(value))),
  float: (value) => (Number.isNaN(Number(value)) ? 0 : Number(value)),
  abs: (value) => (typeof value === "number" ? Math.abs(value) : undefined),
  length: (value) => (value instanceof Map ? value.size : list(value)?.length),
  count: (value) => (value instanceof Map ? value.size : list(value)?.length),
  first: (value) => list(value)?.[0],
  last: (value) => list(value)?.at(-1),
  list: (value) => list(value),
  unique: (value) =>
    list(value)?.filter((item, at, all) => all.findIndex((other) => isEqual(fold(other), fold(item))) === at),
  reverse: (value) =>
    typeof value === "string" ? [...value].reverse().join("") : list(value)?.slice().reverse(),
  sort: (value, [reverse], named) => {
    const items = list(value);
    return named.has("attribute") || items === undefined
      ? undefined
      : sorted(items, isTrue(reverse ?? named.get("reverse") ?? false));
  },
  join: (value, [separator], named) =>
    named.has("attribute")
      ? undefined
      : list(value)
          ?.map(text)
          .join(text(separator ?? named.get("d") ?? "")),
  replace: (value, [from, to]) => text(value).replaceAll(text(from), text(to)),
  default: (value, [other, empty]) => (isTrue(empty ?? false) && !isTrue(value) ? (other ?? "") : value),
  items: (value) => (value instanceof Map ? [...value].map(([key, inner]) => [key, inner]) : undefined),
  map: (value, [name, ...args], named) => {
    const attribute = named.get("attribute");
    const items = list(value);
    if (typeof attribute === "string")
      return items?.map((item) => (item instanceof Map ? (item.get(attribute) ?? null) : null));
    const filter = typeof name === "string" && Object.hasOwn(FILTERS, name) ? FILTERS[name] : undefined;
    const mapped = filter && items?.map((item) => filter(item, args, named));
    return mapped?.includes(undefined) ? undefined : (mapped as Value[] | undefined);
  },
  as_bool: (value) => (typeof value === "string" ? value.toLowerCase() === "true" : value),
  as_native: (value) => value,
  as_number: (value) => (Number.isNaN(Number(value)) ? undefined : Number(value)),
  as_text: (value) => text(value),
  safe: (value) => value,
  tojson: (value) => JSON.stringify(plain(value)),
};
FILTERS.d = FILTERS.default!;

/** Data without Jinja's mappings. */
export function plain(value: Value): unknown {
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [key, plain(inner)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

/** Methods of Python's strings, lists and mappings; undefined for what there is not. */
export function method(of: Value, name: string, args: Value[]): Value | undefined {
  const [first, second] = args;
  if (typeof of === "string") {
    if (
      name === "upper" ||
      name === "lower" ||
      name === "title" ||
      name === "capitalize" ||
      name === "replace"
    )
      return FILTERS[name]!(of, args, new Map());
    if (name === "strip" && first === undefined) return of.trim();
    if (name === "lstrip" && first === undefined) return of.trimStart();
    if (name === "rstrip" && first === undefined) return of.trimEnd();
    if (name === "split") return first === undefined ? of.trim().split(/\s+/) : of.split(text(first));
    if (name === "startswith") return of.startsWith(text(first));
    if (name === "endswith") return of.endsWith(text(first));
    if (name === "join" && Array.isArray(first)) return first.map(text).join(of);
    if (name === "format") {
      let next = 0;
      return /\{[^}\d]/.test(of)
        ? undefined
        : of.replace(/\{(\d*)\}/g, (_, at) => text(args[at === "" ? next++ : Number(at)]));
    }
  } else if (Array.isArray(of)) {
    if (name === "append" && first !== undefined) {
      of.push(first);
      return null;
    }
    if (name === "extend" && Array.isArray(first)) {
      of.push(...first);
      return null;
    }
    if (name === "index") return of.findIndex((item) => isEqual(item, first ?? null));
  } else if (of instanceof Map) {
    if (name === "items") return [...of].map(([key, inner]) => [key, inner]);
    if (name === "keys") return [...of.keys()];
    if (name === "values") return [...of.values()];
    if (name === "get") return of.get(text(first)) ?? second ?? null;
    if (name === "update" && first instanceof Map) {
      for (const [key, inner] of first) of.set(key, inner);
      return null;
    }
  }
  return undefined;
}

/** An operator on values that are known; undefined for what it does not fit. */
export function operate(operator: string, a: Value, b: Value): Value | undefined {
  switch (operator) {
    case "==":
      return isEqual(a, b);
    case "!=":
      return !isEqual(a, b);
    case "~":
      return text(a) + text(b);
    case "in":
    case "not in": {
      const found = typeof b === "string" ? b.includes(text(a)) : list(b)?.some((item) => isEqual(item, a));
      return found === undefined ? undefined : found === (operator === "in");
    }
    case "+":
      if (typeof a === "string" && typeof b === "string") return a + b;
      if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
      break;
    case "<":
      return compare(a, b) < 0;
    case ">":
      return compare(a, b) > 0;
    case "<=":
      return compare(a, b) <= 0;
    case ">=":
      return compare(a, b) >= 0;
  }
  if (typeof a === "string" && operator === "*" && typeof b === "number") return a.repeat(Math.max(0, b));
  if (typeof a !== "number" || typeof b !== "number") return undefined;
  const results: Record<string, number> = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": a / b,
    "//": Math.floor(a / b),
    "%": ((a % b) + b) % b,
    "**": a ** b,
  };
  return results[operator];
}
