import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const BEFORE =
  "id,part,day,amount,note\n1,1,2026-01-01,10,a\n2,1,2026-01-01,20,b\n,1,2026-01-02,30,c\n3,1,2026-01-03,40,d\n";
const BATCH = "id,part,day,amount,note\n2,1,2026-01-01,21,B\n,1,2026-01-02,31,C\n4,1,2026-01-03,50,E\n";

const SEED_TYPES = `seeds:
  - name: raw
    config: { column_types: { id: bigint, part: bigint, day: date, amount: bigint, note: varchar(20) } }
`;

const ROWS = "SELECT id, part, day, amount, note FROM `{schema}`.`facts` ORDER BY id IS NULL, id, amount";
/** Written as the first of its columns says: `1 10a` is id 1, amount 10, note a. */
const brief = (rows: (string | null)[][]) =>
  rows.map(([id, part, , amount, note]) => `${id ?? "-"}/${part ?? "-"} ${amount}${note}`);

function facts(config: string, more = ""): Record<string, string> {
  return {
    "seeds/raw.csv": BEFORE,
    "seeds/raw.yml": SEED_TYPES,
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
    const warehouse = new Warehouse(engine, "inc", facts(config));
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
