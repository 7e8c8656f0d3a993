import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lint, translate } from "../../src/sql/index.js";
import { DATE_CASES } from "../parity/cases/dates.js";
import { HELD_OUT_CASES } from "../parity/cases/held-out.js";
import { NUMBER_CASES } from "../parity/cases/numbers.js";
import { QUERY_CASES } from "../parity/cases/queries.js";
import { REFUSED_CASES } from "../parity/cases/refused.js";
import { TEXT_CASES } from "../parity/cases/text.js";

// Stored translations carry the edition, so it must change when they would: `npx vitest run tests/sql/edition -u` writes it anew.
test("the edition stands for what the translator does", async () => {
  const hash = createHash("sha256");
  for (const cases of [DATE_CASES, TEXT_CASES, NUMBER_CASES, QUERY_CASES, HELD_OUT_CASES]) {
    for (const sql of Object.values(cases)) hash.update(await translate(sql));
  }
  for (const { sql } of Object.values(REFUSED_CASES)) {
    for (const { code, message } of await lint(sql)) hash.update(`${code} ${message}`);
  }
  const edition = hash.digest("hex").slice(0, 16);
  await expect(`/** Stands for what the translator does: the hash of its answers to all queries of the parity suite, kept by a test. */
export const EDITION = "${edition}";
`).toMatchFileSnapshot(join(import.meta.dirname, "..", "..", "src", "sql", "edition.ts"));
});
