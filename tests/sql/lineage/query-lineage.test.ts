import { describe, expect, test } from "vitest";
import type { LineageTransformation } from "../../../src/manifest/index.js";
import { type KnownRelation, type QueryInput, queryLineage } from "../../../src/sql/index.js";
import { CASES } from "./lineage-cases.js";

const WORDS: Record<LineageTransformation["subtype"], [string, LineageTransformation["type"]]> = {
  IDENTITY: ["copied", "DIRECT"],
  TRANSFORMATION: ["computed", "DIRECT"],
  AGGREGATION: ["aggregated", "DIRECT"],
  CONDITIONAL: ["by condition", "INDIRECT"],
  WINDOW: ["over window", "INDIRECT"],
  JOIN: ["joined by", "INDIRECT"],
  FILTER: ["filtered by", "INDIRECT"],
  GROUP_BY: ["grouped by", "INDIRECT"],
  SORT: ["sorted by", "INDIRECT"],
};

const RELATIONS: Record<string, KnownRelation> = {
  t: { id: "t", columns: ["k", "a", "b", "c"], complete: true },
  u: { id: "u", columns: ["k", "x", "y"], complete: true },
  v: { id: "v", columns: ["k", "z"], complete: true },
  o: { id: "o", columns: ["p"], complete: false },
  w: { id: "w", columns: [], complete: false },
  "db.q": { id: "q", columns: ["a", "b"], complete: true },
};

const lookup = (schema: string | null, name: string) =>
  RELATIONS[(schema === null ? name : `${schema}.${name}`).toLowerCase()];

function written(inputs: readonly QueryInput[], unknown: string | undefined): string {
  for (const { type, subtype } of inputs) expect(type).toBe(WORDS[subtype][1]);
  const texts = inputs.map(({ relation, column, subtype }) => `${relation}.${column} ${WORDS[subtype][0]}`);
  return [...texts.sort(), ...(unknown === undefined ? [] : ["?"])].join(", ");
}

const sorted = (text: string) =>
  text
    .split(", ")
    .sort((a, b) => (a === "?" ? 1 : b === "?" ? -1 : a < b ? -1 : 1))
    .join(", ");

for (const [construct, cases] of Object.entries(CASES)) {
  describe(construct, () => {
    test.each(cases)("$name", async ({ sql, columns, rows = "" }) => {
      const found = await queryLineage(sql, lookup);
      const names: Record<string, number> = {};
      const got = found.columns.map(({ name, inputs, unknown }) => {
        names[name!] = (names[name!] ?? 0) + 1;
        return [names[name!]! > 1 ? `${name}#${names[name!]}` : name, written(inputs, unknown)];
      });
      expect(got).toEqual(Object.entries(columns).map(([name, text]) => [name, sorted(text)]));
      expect(written(found.rows, found.unknown)).toBe(sorted(rows));
    });
  });
}
