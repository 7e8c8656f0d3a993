import { beforeAll, describe, expect, test } from "vitest";
import { lint } from "../../src/sql/index.js";
import { DATE_CASES } from "./cases/dates.js";
import { NUMBER_CASES } from "./cases/numbers.js";
import { QUERY_CASES } from "./cases/queries.js";
import { TEXT_CASES } from "./cases/text.js";
import { difference } from "./compare.js";
import { type Loaded, loadEngines } from "./engines.js";

const TOPICS = { dates: DATE_CASES, text: TEXT_CASES, numbers: NUMBER_CASES, queries: QUERY_CASES };

let engines: Loaded[] = [];

beforeAll(async () => {
  engines = await loadEngines();
});

describe.each(Object.entries(TOPICS))("the same rows on every engine: %s", (_topic, cases) => {
  test.each(Object.entries(cases))("%s", async (_name, sql) => {
    expect(await lint(sql), "the linter finds nothing").toEqual([]);
    const [reference, ...others] = engines;
    const expected = await reference!.run(sql);
    const ordered = /ORDER BY [^()]*$/.test(sql);
    for (const other of others) {
      expect(
        difference(expected, await other.run(sql), ordered),
        `${other.name} against ${reference!.name}`,
      ).toBeUndefined();
    }
  });
});
