/** A reference to a pill or field: `[source].[sum:tickets:qk]`. */
export interface Pill {
  source: string;
  /** In brackets. */
  name: string;
}

/** What a derivation is called in pills' names, and whether it aggregates. */
export const DERIVATIONS: Readonly<
  Record<
    string,
    {
      token: string;
      aggregate: "sum" | "avg" | "count" | "countd" | "median" | "min" | "max" | "attr" | "user" | null;
      trunc?: "day" | "week" | "month" | "quarter" | "year";
    }
  >
> = {
  None: { token: "none", aggregate: null },
  Sum: { token: "sum", aggregate: "sum" },
  Avg: { token: "avg", aggregate: "avg" },
  Count: { token: "cnt", aggregate: "count" },
  CountD: { token: "ctd", aggregate: "countd" },
  Median: { token: "med", aggregate: "median" },
  Min: { token: "min", aggregate: "min" },
  Max: { token: "max", aggregate: "max" },
  Attribute: { token: "attr", aggregate: "attr" },
  User: { token: "usr", aggregate: "user" },
  Year: { token: "yr", aggregate: null },
  Quarter: { token: "qr", aggregate: null },
  Month: { token: "mn", aggregate: null },
  Week: { token: "wk", aggregate: null },
  Day: { token: "dy", aggregate: null },
  "Year-Trunc": { token: "tyr", aggregate: null, trunc: "year" },
  "Quarter-Trunc": { token: "tqr", aggregate: null, trunc: "quarter" },
  "Month-Trunc": { token: "tmn", aggregate: null, trunc: "month" },
  "Week-Trunc": { token: "twk", aggregate: null, trunc: "week" },
  "Day-Trunc": { token: "tdy", aggregate: null, trunc: "day" },
};

/** What the last part of a pill's name says of its type. */
export const KINDS: Readonly<Record<string, string>> = { nk: "nominal", ok: "ordinal", qk: "quantitative" };

const PILL = /\[((?:[^[\]]|\]\])+)\]\.(\[(?:[^[\]]|\]\])+\])/g;

/** All references in a text: a shelf, an attribute, the text of a label. */
export function pillsIn(text: string): Pill[] {
  return [...text.matchAll(PILL)].map(([, source, name]) => ({ source: source!, name: name! }));
}

/** `[sum:tickets:qk]` → its parts; a table calculation stands before them: `[pcto:usr:rate:qk]`, a copy's number behind. */
export function pillParts(
  name: string,
): { calculation: string | null; token: string; field: string; kind: string } | null {
  const parts = name.slice(1, -1).split(":");
  if (parts.length > 3 && /^\d+$/.test(parts.at(-1)!)) parts.pop();
  if (parts.length < 3) return null;
  const known = new Set(Object.values(DERIVATIONS).map(({ token }) => token));
  const calculation =
    parts.length > 3 && !known.has(parts[0]!) && known.has(parts[1]!) ? parts.shift()! : null;
  return { calculation, token: parts[0]!, field: parts.slice(1, -1).join(":"), kind: parts.at(-1)! };
}
