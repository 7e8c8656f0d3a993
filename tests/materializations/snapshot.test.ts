import { describe, expect, it } from "vitest";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const TYPES = {
  id: "bigint",
  part: "bigint",
  status: "varchar(20)",
  changed_at: "datetime",
  extra: "varchar(10)",
};

function source(rows: string[], header = "id,part,status,changed_at"): Record<string, string> {
  return { "seeds/raw.csv": `${[header, ...rows].join("\n")}\n` };
}

function history(config: string, rows: string[], select = "*"): Record<string, string> {
  return {
    ...source(rows),
    "models/history.sql": `{{config materialized="snapshot" ${config}}}\nSELECT ${select} FROM {{ref "raw"}}\n`,
    "models/child.sql": '{{config materialized="table"}}\nSELECT * FROM {{ref "history"}}\n',
  };
}

const TIMESTAMP = 'strategy="timestamp" unique_key="id" updated_at="changed_at"';
const CHECK = 'strategy="check" unique_key="id"';

/** `1 open 10:00-11:00`: key, status, and from when to when. */
async function versions(warehouse: Warehouse, table = "history", more = ""): Promise<string[]> {
  const rows = await warehouse.rows(
    `SELECT id, status, dbt_valid_from, dbt_valid_to${more} FROM \`{schema}\`.\`${table}\` ORDER BY id IS NULL, id, dbt_valid_from, dbt_valid_to IS NULL`,
  );
  const time = (text: string | null | undefined) => (text ? text.slice(11, 16) : "");
  return rows.map(([id, status, from, to, ...rest]) =>
    [id ?? "-", status, `${time(from)}-${time(to)}`, ...rest].join(" "),
  );
}

const at = (time: string) => new Date(`2026-03-01T${time}:00Z`);
const day = (time: string) => `2026-03-01 ${time}:00`;

describe.each(ENGINES)("snapshot on $name", (engine) => {
  it("by timestamp: a later time is a new version, the same or an earlier one is not", async () => {
    const warehouse = new Warehouse(
      engine,
      "snap",
      history(TIMESTAMP, [`1,1,new,${day("10:00")}`, `2,1,new,${day("10:00")}`, `,1,new,${day("10:00")}`]),
      TYPES,
    );
    warehouse.now = at("10:30");
    await warehouse.build();
    expect(await warehouse.columns("history")).toEqual([
      "id",
      "part",
      "status",
      "changed_at",
      "dbt_scd_id",
      "dbt_updated_at",
      "dbt_valid_from",
      "dbt_valid_to",
    ]);
    warehouse.write(
      source([
        `1,1,open,${day("11:00")}`,
        `2,1,odd,${day("10:00")}`,
        `,1,open,${day("11:00")}`,
        `3,1,new,${day("11:05")}`,
      ]),
    );
    warehouse.now = at("11:30");
    const { results } = await warehouse.build();
    const expected = [
      "1 new 10:00-11:00",
      "1 open 11:00-",
      "2 new 10:00-",
      "3 new 11:05-",
      "- new 10:00-11:00",
      "- open 11:00-",
    ];
    expect(await versions(warehouse)).toEqual(expected);
    expect(await versions(warehouse, "child")).toEqual(expected);
    expect(results.find(({ unique_id }) => unique_id.endsWith(".history"))?.rows_affected).toBe(3);
    expect(await warehouse.relations()).toEqual(["table child", "table history", "table raw"]);
    const [ids] = await warehouse.rows(
      "SELECT COUNT(*), COUNT(DISTINCT dbt_scd_id), MIN(CHAR_LENGTH(dbt_scd_id)) FROM `{schema}`.`history`",
    );
    expect(ids).toEqual(["6", "6", "64"]);

    // Nothing has changed: nothing does.
    await warehouse.build();
    expect(await versions(warehouse)).toEqual(expected);
  });

  it("by the values of some columns, at the run's time; --full-refresh keeps the history", async () => {
    const rows = (a: string, b: string) => [`1,${a},${b},${day("09:00")}`, `2,1,,${day("09:00")}`];
    const warehouse = new Warehouse(
      engine,
      "snap",
      history(`${CHECK} check_cols="status"`, rows("1", "new")),
      TYPES,
    );
    warehouse.now = at("10:00");
    await warehouse.build();
    warehouse.write(source(rows("2", "new")));
    warehouse.now = at("11:00");
    await warehouse.build({ fullRefresh: true });
    expect(await versions(warehouse)).toEqual(["1 new 10:00-", "2  10:00-"]);
    warehouse.write(source(rows("2", "")));
    warehouse.now = at("12:00");
    await warehouse.build({ fullRefresh: true });
    expect(await versions(warehouse)).toEqual(["1 new 10:00-12:00", "1  12:00-", "2  10:00-"]);
  });

  it("a new column is added, and with check_cols: all every row changes once", async () => {
    const warehouse = new Warehouse(
      engine,
      "snap",
      history(`${CHECK} check_cols="all"`, [`1,1,new,${day("09:00")}`, `2,1,new,${day("09:00")}`]),
      TYPES,
    );
    warehouse.now = at("10:00");
    await warehouse.build();
    const wider = source(
      [`1,1,new,${day("09:00")},x`, `2,1,new,${day("09:00")},`],
      "id,part,status,changed_at,extra",
    );
    warehouse.write(wider);
    warehouse.now = at("11:00");
    await warehouse.build();
    const expected = ["1 new 10:00-11:00 ", "1 new 11:00- x", "2 new 10:00-11:00 ", "2 new 11:00- "];
    expect(await versions(warehouse, "history", ", extra")).toEqual(expected);
    expect(await versions(warehouse, "child", ", extra")).toEqual(expected);
    expect((await warehouse.columns("history")).at(-1)).toBe("extra");
    warehouse.now = at("12:00");
    await warehouse.build();
    expect(await versions(warehouse, "history", ", extra")).toEqual(expected);
    // A column that is gone is kept, with nothing in new versions.
    warehouse.write(source([`1,1,old,${day("09:00")}`, `2,1,new,${day("09:00")}`]));
    warehouse.now = at("13:00");
    await warehouse.build();
    expect(await versions(warehouse, "history", ", extra")).toEqual([
      "1 new 10:00-11:00 ",
      "1 new 11:00-13:00 x",
      "1 old 13:00- ",
      "2 new 10:00-11:00 ",
      "2 new 11:00- ",
    ]);
  });

  const both = [`1,1,new,${day("10:00")}`, `2,1,new,${day("10:00")}`];
  it.each([
    ["ignore", "", ["1 new 10:00-", "2 new 10:00-"], ["1 new 10:00-", "2 new 10:00-"]],
    [
      "invalidate",
      'hard_deletes="invalidate"',
      ["1 new 10:00-", "2 new 10:00-12:00"],
      ["1 new 10:00-", "2 new 10:00-12:00", "2 new 10:00-"],
    ],
    [
      "invalidate, in its older spelling",
      "invalidate_hard_deletes=true",
      ["1 new 10:00-", "2 new 10:00-12:00"],
      ["1 new 10:00-", "2 new 10:00-12:00", "2 new 10:00-"],
    ],
    [
      "new_record",
      'hard_deletes="new_record"',
      ["1 new 10:00- False", "2 new 10:00-12:00 False", "2 new 12:00- True"],
      ["1 new 10:00- False", "2 new 10:00-12:00 False", "2 new 12:00-14:00 True", "2 new 14:00- False"],
    ],
  ])("rows that are gone: %s", async (_, config, gone, back) => {
    const more = config.includes("new_record") ? ", dbt_is_deleted" : "";
    const warehouse = new Warehouse(engine, "snap", history(`${TIMESTAMP} ${config}`, both), TYPES);
    warehouse.now = at("11:00");
    await warehouse.build();
    warehouse.write(source(both.slice(0, 1)));
    warehouse.now = at("12:00");
    await warehouse.build();
    expect(await versions(warehouse, "history", more)).toEqual(gone);
    warehouse.now = at("13:00");
    await warehouse.build();
    expect(await versions(warehouse, "history", more)).toEqual(gone);
    warehouse.write(source(both));
    warehouse.now = at("14:00");
    await warehouse.build();
    expect(await versions(warehouse, "history", more)).toEqual(back);
  });

  it("another end of time, other names, keys of two columns", async () => {
    const config =
      'strategy="timestamp" unique_key="id, part" updated_at="changed_at" dbt_valid_to_current="CAST(\'9999-12-31 23:59:00\' AS DATETIME)"';
    const files = history(config, [`1,1,new,${day("10:00")}`, `1,2,new,${day("10:00")}`]);
    files["models/history.yml"] =
      "models:\n  - name: history\n    config:\n      snapshot_meta_column_names: { dbt_valid_from: since, dbt_valid_to: until }\n";
    const warehouse = new Warehouse(engine, "snap", files, TYPES);
    await warehouse.build();
    warehouse.write(source([`1,1,new,${day("10:00")}`, `1,2,open,${day("11:00")}`]));
    await warehouse.build();
    expect(
      (
        await warehouse.rows(
          "SELECT part, status, since, until FROM `{schema}`.`history` ORDER BY part, since",
        )
      ).map((row) => row.map((text) => text!.slice(0, 16)).join(" ")),
    ).toEqual([
      "1 new 2026-03-01 10:00 9999-12-31 23:59",
      "2 new 2026-03-01 10:00 2026-03-01 11:00",
      "2 open 2026-03-01 11:00 9999-12-31 23:59",
    ]);
  });

  it("refuses a source with a key twice, and leaves the history as it was", async () => {
    const warehouse = new Warehouse(engine, "snap", history(TIMESTAMP, [`1,1,new,${day("10:00")}`]), TYPES);
    await warehouse.build();
    warehouse.write(source([`1,1,a,${day("11:00")}`, `1,1,b,${day("12:00")}`]));
    const { errors } = await warehouse.run("build");
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["SLA509", "the source has several rows with one unique_key: id = 1, rows = 2"],
    ]);
    expect(await versions(warehouse)).toEqual(["1 new 10:00-"]);
    expect(await warehouse.relations()).toEqual([
      "table child",
      "table history",
      "table raw",
      "table raw__sla_new",
    ]);
  });
});
