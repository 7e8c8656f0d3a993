import { describe, expect, test } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

/** What goes wrong, the lines of `run` from line 5 of the file on, and what is said of it. */
const CASES: {
  what: string;
  run: string[];
  columns?: string;
  code?: string;
  says: string | RegExp;
  line?: number;
  hint?: string | RegExp;
}[] = [
  {
    what: "throws",
    run: ["run() {", "  throw new Error('no luck');", "},"],
    says: '"m" threw Error: no luck',
    line: 6,
    hint: /--debug/,
  },
  {
    what: "throws what says what to do",
    run: ["run() {", "  throw Object.assign(new Error('no key'), { hint: 'Set the key.' });", "},"],
    says: '"m" threw Error: no key',
    line: 6,
    hint: "Set the key.",
  },
  {
    what: "throws while its rows come",
    run: [
      "async *run() {",
      "  yield { id: 1, city: 'x' };",
      "  const none: any = undefined;",
      "  yield none.id;",
      "},",
    ],
    says: /"m" threw TypeError: Cannot read properties of undefined/,
    line: 8,
  },
  {
    what: "throws after others had to wait",
    run: [
      "async run({ ref }) {",
      "  const rows = await ref('one').all();",
      "  await new Promise((done) => setTimeout(done, 5));",
      "  throw new RangeError(`${rows.length} rows`);",
      "},",
    ],
    says: '"m" threw RangeError: 1 rows',
    line: 8,
  },
  {
    what: "reads what it does not declare",
    run: ["run({ ref }) {", "  return ref('two').rows();", "},"],
    code: "SLA203",
    says: '"m" reads ref "two", which it does not declare',
    line: 6,
    hint: /Add it to `refs`/,
  },
  {
    what: "reads a column that is none",
    run: ["run({ ref }) {", "  return ref<any>('one').all(['id', 'town']);", "},"],
    code: "SLA305",
    says: /"m" cannot read "one": .*town/is,
    line: 6,
  },
  {
    what: "has a query the engine refuses",
    run: ["async run({ ref }) {", "  return ref<any>('one').query().select('town').execute();", "},"],
    code: "SLA305",
    says: /"m" cannot read "one": .*town/is,
    line: 6,
  },
  {
    what: "returns nothing",
    run: ["run: (() => {}) as any,"],
    says: '"m" returned nothing where rows are expected',
    hint: /Return an array, a generator or an Arquero table/,
  },
  {
    what: "returns a number",
    run: ["run: (() => 7) as any,"],
    says: '"m" returned a value of type number where rows are expected',
  },
  {
    what: "has a column it does not declare",
    run: ["run: (() => [{ id: 1, city: 'x' }, { id: 2, city: 'x', town: 'y' }]) as any,"],
    code: "SLA503",
    says: `row 2 of "m" has a value for "town", but the table's columns are id, city`,
    hint: /object by column name/,
  },
  {
    what: "declares a column that no row has",
    run: ["run: () => [{ id: 1 }, { id: 2 }],"],
    code: "SLA503",
    says: '"m" declares the column "city", for which none of its 2 rows has a value',
    hint: /columns/,
  },
  {
    what: "returns a table that lacks columns",
    run: ["async run({ ref }) {", "  return ref<any>('one').table(['id']);", "},"],
    code: "SLA503",
    says: '"m" declares the column "city", which its table does not have',
  },
  {
    what: "returns a table that has others",
    run: ["async run({ ref }) {", "  return ref<any>('one').table();", "},"],
    columns: "id: 'bigint'",
    code: "SLA503",
    says: '"m" has the column "city", which it does not declare',
  },
  {
    what: "gives what is no row",
    run: ["run: (() => [{ id: 1, city: null }, null]) as any,"],
    code: "SLA503",
    says: /row 2 of "m" is null/,
  },
  {
    what: "gives NaN",
    run: [
      "*run() {",
      "  for (let id = 0; id < 3000; id++) yield { id: id === 2500 ? 0 / 0 : id, city: null };",
      "},",
    ],
    code: "SLA503",
    says: 'row 2501 of "m" has NaN for "id", which no engine can store',
    hint: /null/,
  },
  {
    what: "gives Infinity in a table",
    run: [
      "async run({ ref }) {",
      "  const one = await ref<any>('one').table();",
      "  return one.derive({ id: () => 1 / 0 });",
      "},",
    ],
    code: "SLA503",
    says: 'row 1 of "m" has Infinity for "id", which no engine can store',
  },
  {
    what: "gives an invalid date",
    run: ["run: () => [{ id: 1, city: new Date('x') }],"],
    code: "SLA503",
    says: 'row 1 of "m" has an invalid date for "city", which no engine can store',
  },
  {
    what: "gives a value that is too long",
    run: ["run: () => [{ id: 1, city: 'x' }, { id: 2, city: 'y'.repeat(21) }],"],
    code: "SLA503",
    says: /rows do not fit .*city/s,
  },
  {
    what: "gives text for a number",
    run: ["run: () => [{ id: 1, city: 'x' }, { id: 'two', city: 'y' }],"],
    code: "SLA503",
    says: /rows do not fit .*id/s,
  },
  {
    what: "gives null where none may be",
    run: ["run: () => [{ id: 1, city: 'x' }, { id: 2, city: null }],"],
    columns: "id: 'bigint', city: { type: 'varchar(20)', nullable: false }",
    code: "SLA503",
    says: /rows do not fit .*city/s,
  },
];

describe.each(ENGINES)("on $name", (engine) => {
  describe.each([false, true])("with worker: %s", (worker) => {
    test.each(CASES)(
      "a model that $what says so",
      async ({ run, columns, code = "SLA502", says, line, hint }) => {
        const warehouse = new Warehouse(
          engine,
          "err",
          {
            "seeds/one.csv": "id,city\n1,Rome\n",
            "models/other.sql": "SELECT 1 AS id",
            "models/m.ts": [
              'import { defineModel } from "sla";',
              "export default defineModel({",
              `  refs: ["one"], worker: ${worker},`,
              `  columns: { ${columns ?? "id: 'bigint', city: 'varchar(20)'"} },`,
              ...run,
              "});",
              "",
            ].join("\n"),
          },
          { id: "bigint", city: "varchar(20)" },
        );
        const { status, errors } = await warehouse.run("build");
        const [error, ...more] = errors;
        expect(more).toEqual([]);
        expect({ code: error?.code, message: error?.message }).toEqual({
          code,
          message: typeof says === "string" ? says : expect.stringMatching(says),
        });
        expect(error?.location).toMatchObject({ path: "models/m.ts", ...(line !== undefined && { line }) });
        expect(error?.node).toBe("model.shop.m");
        expect(error?.hint).toMatch(hint ?? /./);
        expect(status).toMatchObject({ m: "error", other: "success" });
        expect(await warehouse.relations()).not.toContain("table m");
      },
    );
  });
});
