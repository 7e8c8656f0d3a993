import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const BEFORE =
  "id,part,day,amount,note\n1,1,2026-01-01,10,a\n2,1,2026-01-01,20,b\n,1,2026-01-02,30,c\n3,1,2026-01-03,40,d\n";
const BATCH = "id,part,day,amount,note\n2,1,2026-01-01,21,B\n,1,2026-01-02,31,C\n4,1,2026-01-03,50,E\n";

const TYPES = {
  id: "bigint",
  part: "bigint",
  day: "date",
  amount: "bigint",
  note: "varchar(20)",
  extra: "varchar(10)",
};

const ROWS = "SELECT id, part, day, amount, note FROM `{schema}`.`facts` ORDER BY id IS NULL, id, amount";
/** Written as the first of its columns says: `1 10a` is id 1, amount 10, note a. */
const brief = (rows: (string | null)[][]) =>
  rows.map(([id, part, , amount, note]) => `${id ?? "-"}/${part ?? "-"} ${amount}${note}`);

function facts(config: string, more = ""): Record<string, string> {
  return {
    "seeds/raw.csv": BEFORE,
    "models/facts.sql": `{{config materialized="incremental" ${config}}}\nSELECT id, part, day, amount, note FROM {{ref "raw"}}\n`,
    // What children see while the batch waits is what readers see afterwards.
    "models/child.sql":
      '{{config materialized="table"}}\nSELECT id, part, day, amount, note FROM {{ref "facts"}}\n',
    "models/facts.yml": more,
  };
}

const CASES: { name: string; config: string; expected: string[] }[] = [
  {
    name: "append",
    config: 'incremental_strategy="append"',
    expected: ["1/1 10a", "2/1 20b", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 30c", "-/1 31C"],
  },
  {
    name: "append is the default without a key",
    config: "",
    expected: ["1/1 10a", "2/1 20b", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 30c", "-/1 31C"],
  },
  {
    name: "merge is the default with a key",
    config: 'unique_key="id"',
    expected: ["1/1 10a", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
  {
    name: "merge by two columns",
    config: 'incremental_strategy="merge" unique_key="id, part"',
    expected: ["1/1 10a", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
  {
    name: "merge of some columns",
    config: 'unique_key="id" merge_update_columns="note"',
    expected: ["1/1 10a", "2/1 20B", "3/1 40d", "4/1 50E", "-/1 30C"],
  },
  {
    name: "merge of all but some columns",
    config: 'unique_key="id" merge_exclude_columns=(list "note")',
    expected: ["1/1 10a", "2/1 21b", "3/1 40d", "4/1 50E", "-/1 31c"],
  },
  {
    name: "merge without a key is an append",
    config: 'incremental_strategy="merge"',
    expected: ["1/1 10a", "2/1 20b", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 30c", "-/1 31C"],
  },
  {
    name: "delete+insert",
    config: 'incremental_strategy="delete+insert" unique_key="id"',
    expected: ["1/1 10a", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
  {
    name: "delete+insert by two columns",
    config: 'incremental_strategy="delete+insert" unique_key=(list "part" "id")',
    expected: ["1/1 10a", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
  {
    name: "delete+insert, sparing what predicates do not reach",
    config: `incremental_strategy="delete+insert" unique_key="id" incremental_predicates="day >= '2026-01-02'"`,
    expected: ["1/1 10a", "2/1 20b", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
  {
    name: "merge, sparing what predicates do not reach",
    config:
      'unique_key="id" incremental_predicates=(list "DBT_INTERNAL_DEST.amount < 25" "DBT_INTERNAL_DEST.note IS NOT NULL")',
    expected: ["1/1 10a", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 30c", "-/1 31C"],
  },
  {
    name: "insert_overwrite by a column",
    config: 'incremental_strategy="insert_overwrite" partition_by="day"',
    expected: ["2/1 21B", "4/1 50E", "-/1 31C"],
  },
  {
    name: "insert_overwrite by an expression",
    config: 'incremental_strategy="insert_overwrite" partition_by=(list "MOD(amount, 20)")',
    // 10 and 30 share a partition with 50; 20 and 40 with none of the batch.
    expected: ["2/1 20b", "2/1 21B", "3/1 40d", "4/1 50E", "-/1 31C"],
  },
];

describe.each(ENGINES)("incremental on $name", (engine) => {
  it.each(CASES)("$name", async ({ config, expected }) => {
    const warehouse = new Warehouse(engine, "inc", facts(config), TYPES);
    await warehouse.build();
    expect(brief(await warehouse.rows(ROWS))).toHaveLength(4);
    warehouse.write({ "seeds/raw.csv": BATCH });
    const { results } = await warehouse.build();
    expect(brief(await warehouse.rows(ROWS))).toEqual(expected);
    expect(brief(await warehouse.rows(ROWS.replace("facts", "child")))).toEqual(expected);
    expect(results.find(({ unique_id }) => unique_id === "model.shop.facts")).toMatchObject({
      message: "INSERT 3",
    });
    expect(await warehouse.relations()).toEqual(["table child", "table facts", "table raw"]);

    await warehouse.build({ fullRefresh: true });
    expect(brief(await warehouse.rows(ROWS))).toEqual(["2/1 21B", "4/1 50E", "-/1 31C"]);
  });
});

/** Its tables differ by these columns: `note` goes, `extra` comes. */
const WIDER = "id,part,day,amount,extra\n2,1,2026-01-01,21,x\n4,1,2026-01-03,50,y\n";
const COLUMNS: { policy: string; columns: string[]; rows: string[] }[] = [
  {
    policy: "append_new_columns",
    columns: ["id", "part", "day", "amount", "note", "extra"],
    rows: ["1 a -", "2 - x", "3 d -", "4 - y", "- c -"],
  },
  {
    policy: "sync_all_columns",
    columns: ["id", "part", "day", "amount", "extra"],
    rows: ["1 -", "2 x", "3 -", "4 y", "- -"],
  },
];

describe.each(ENGINES)("columns that change, on $name", (engine) => {
  const files = (policy: string, strategy: string): Record<string, string> => ({
    ...facts("", ""),
    "models/facts.sql": `{{config materialized="incremental" incremental_strategy="${strategy}" unique_key="id" on_schema_change="${policy}"}}\nSELECT * FROM {{ref "raw"}}\n`,
    "models/child.sql": '{{config materialized="table"}}\nSELECT * FROM {{ref "facts"}}\n',
  });

  it.each(COLUMNS.flatMap((one) => ["merge", "delete+insert"].map((strategy) => ({ ...one, strategy }))))(
    "$policy with $strategy",
    async ({ policy, columns, rows, strategy }) => {
      const warehouse = new Warehouse(engine, "inc", files(policy, strategy), TYPES);
      await warehouse.build();
      warehouse.write({ "seeds/raw.csv": WIDER });
      await warehouse.build();
      expect(await warehouse.columns("facts")).toEqual(columns);
      const shown = ["id", ...columns.slice(4)].join(", ");
      // A merge leaves what the batch does not bring; delete+insert loses it.
      const expected = rows.map((row) =>
        strategy === "merge" && policy === "append_new_columns" ? row.replace("2 - x", "2 b x") : row,
      );
      for (const table of ["facts", "child"]) {
        const found = await warehouse.rows(
          `SELECT ${shown} FROM \`{schema}\`.\`${table}\` ORDER BY id IS NULL, id`,
        );
        expect(found.map((row) => row.map((value) => value ?? "-").join(" "))).toEqual(expected);
      }
      await warehouse.build();
      expect(await warehouse.columns("facts")).toEqual(columns);
      expect(await warehouse.relations()).toEqual(["table child", "table facts", "table raw"]);
    },
  );

  it("fail says what differs; ignore leaves out the new and misses the old", async () => {
    const warehouse = new Warehouse(engine, "inc", files("fail", "merge"), TYPES);
    await warehouse.build();
    warehouse.write({ "seeds/raw.csv": WIDER });
    const failed = await warehouse.run("build");
    expect(failed.errors.map(({ code, message }) => [code, message])).toEqual([
      [
        "SLA508",
        'columns have changed: the query returns "extra", which the table does not have; the query does not return "note", which the table has',
      ],
    ]);
    warehouse.write({ ...files("ignore", "merge"), "seeds/raw.csv": WIDER });
    const missing = await warehouse.run("build");
    expect(missing.errors.map(({ code, message }) => [code, message])).toEqual([
      ["SLA508", 'columns have changed: the query does not return "note", which the table has'],
    ]);
    warehouse.write({ "seeds/raw.csv": "id,part,extra,day,amount,note\n2,1,x,2026-01-01,21,B\n" });
    await warehouse.build();
    expect(await warehouse.columns("facts")).toEqual(["id", "part", "day", "amount", "note"]);
    expect(brief(await warehouse.rows(ROWS))).toEqual(["1/1 10a", "2/1 21B", "3/1 40d", "-/1 30c"]);
  });

  it("sync_all_columns follows a type", async () => {
    const all = files("sync_all_columns", "merge");
    const warehouse = new Warehouse(engine, "inc", all, TYPES);
    await warehouse.build();
    warehouse.types = { ...TYPES, amount: "decimal(10,2)" };
    warehouse.write({ "seeds/raw.csv": BATCH.replace(",21,", ",21.50,") });
    await warehouse.build();
    const rows = await warehouse.rows("SELECT id, amount FROM `{schema}`.`facts` WHERE id <= 2 ORDER BY id");
    expect(rows).toEqual([
      ["1", "10"],
      ["2", "21.5"],
    ]);
  });

  it("a key twice in a batch: an error, and nothing has changed", async () => {
    const warehouse = new Warehouse(engine, "inc", facts('unique_key="id"'), TYPES);
    await warehouse.build();
    warehouse.write({ "seeds/raw.csv": BEFORE.replace("2,1,", "1,1,") });
    const twice = await warehouse.run("build");
    expect(twice.errors.map(({ code, message }) => [code, message])).toEqual([
      ["SLA509", "the query returned several rows with one unique_key: id = 1, rows = 2"],
    ]);
    expect(brief(await warehouse.rows(ROWS))).toEqual(["1/1 10a", "2/1 20b", "3/1 40d", "-/1 30c"]);
    // What was built before the error stays for inspection until the next run.
    expect(await warehouse.relations()).toEqual([
      "table child",
      "table facts",
      "table raw",
      "table raw__sla_new",
    ]);
  });

  it("full_refresh: false beats the flag; a view in its place is replaced; a failing test changes nothing", async () => {
    const kept = facts('incremental_strategy="append" full_refresh=false');
    const warehouse = new Warehouse(
      engine,
      "inc",
      {
        ...kept,
        "models/facts.sql": kept["models/facts.sql"]!.replace("incremental", "view"),
      },
      TYPES,
    );
    warehouse.write({
      "models/facts.sql":
        '{{config materialized="view"}}\nSELECT id, part, day, amount, note FROM {{ref "raw"}}\n',
    });
    await warehouse.build();
    expect(await warehouse.relations()).toContain("view facts");
    warehouse.write(kept);
    await warehouse.build();
    expect(await warehouse.relations()).toContain("table facts");
    warehouse.write({ "seeds/raw.csv": BATCH });
    await warehouse.build({ fullRefresh: true });
    expect(await warehouse.rows(ROWS)).toHaveLength(7);

    // The test reads the table as it would be.
    warehouse.write({
      "models/facts.yml": "models:\n  - name: facts\n    columns: [{ name: id, tests: [unique] }]\n",
      "seeds/raw.csv": "id,part,day,amount,note\n9,1,2026-01-01,21,B\n9,1,2026-01-01,22,B\n",
    });
    const { status } = await warehouse.run("build");
    expect(status).toMatchObject({ facts: "success", child: "skipped" });
    expect(await warehouse.rows(ROWS)).toHaveLength(7);
  });

  it("is_incremental and this", async () => {
    const warehouse = new Warehouse(
      engine,
      "inc",
      {
        ...facts(""),
        "models/facts.sql":
          '{{config materialized="incremental"}}\nSELECT id, part, day, amount, note FROM {{ref "raw"}}\n{{#if is_incremental}}WHERE amount > (SELECT MAX(amount) FROM {{this}}){{/if}}\n',
      },
      TYPES,
    );
    await warehouse.build();
    warehouse.write({ "seeds/raw.csv": BATCH });
    await warehouse.build();
    expect(brief(await warehouse.rows(ROWS))).toEqual([
      "1/1 10a",
      "2/1 20b",
      "3/1 40d",
      "4/1 50E",
      "-/1 30c",
    ]);
  });
});

it("what cannot work is said before anything runs, with the nearest name", async () => {
  const said = async (config: string) => {
    const warehouse = new Warehouse(ENGINES[0]!, "inc", facts(config), TYPES);
    const { errors, events } = await warehouse.run("build");
    expect(events.filter(({ type }) => type === "node_started")).toEqual([]);
    return errors.map(({ message, hint }) => [message, hint]);
  };
  expect(await said('incremental_strategy="delete_insert" on_schema_change="expand"')).toEqual([
    ['"facts" has the unknown incremental_strategy "delete_insert"', 'Did you mean "delete+insert"?'],
    [
      '"facts" has the unknown on_schema_change "expand"',
      "Choose one of ignore, fail, append_new_columns, sync_all_columns.",
    ],
  ]);
  expect(await said('incremental_strategy="insert_overwrite"')).toEqual([
    [
      '"facts" has the incremental_strategy insert_overwrite and no partition_by',
      "Name the columns or expressions that make a partition: partition_by: [order_date].",
    ],
  ]);
});

/** Numbers that are the same in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

describe.each(ENGINES)("random batches on $name", (engine) => {
  it.each(["merge", "delete+insert"])(
    "%s: the table equals a full rebuild, and so did its preview",
    async (strategy) => {
      const next = random(7);
      const latest = new Map<string, string>();
      const header = "id,part,day,amount,note";
      const batch = (size: number): string => {
        const rows = new Map<string, string>();
        for (let at = 0; at < size; at++) {
          const value = () => (next() < 0.1 ? "" : String(Math.floor(next() * 20)));
          const key = `${value()},${value()}`;
          rows.set(
            key,
            `${key},2026-01-0${1 + Math.floor(next() * 9)},${Math.floor(next() * 1000)},${next() < 0.2 ? "" : `n${Math.floor(next() * 50)}`}`,
          );
        }
        for (const [key, row] of rows) latest.set(key, row);
        return `${[header, ...rows.values()].join("\n")}\n`;
      };
      const warehouse = new Warehouse(
        engine,
        "inc",
        {
          ...facts(`incremental_strategy="${strategy}" unique_key="id, part"`),
          "models/whole.sql": '{{config materialized="table"}}\nSELECT * FROM {{ref "everything"}}\n',
        },
        TYPES,
      );
      for (const size of [150, 60, 60, 5]) {
        warehouse.write({ "seeds/raw.csv": batch(size) });
        warehouse.write({ "seeds/everything.csv": `${[header, ...latest.values()].join("\n")}\n` });
        await warehouse.build();
        const order = "ORDER BY id IS NULL, id, part IS NULL, part";
        const rows = (name: string) =>
          warehouse.rows(`SELECT id, part, day, amount, note FROM \`{schema}\`.\`${name}\` ${order}`);
        const whole = await rows("whole");
        expect(await rows("facts")).toEqual(whole);
        expect(await rows("child")).toEqual(whole);
      }
    },
  );
});
