import { describe, expect, it } from "vitest";
import { batchWindows, mergeWindows, momentText } from "../../src/materializations/index.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const at = (text: string) => new Date(`${text}Z`);
const spans = (windows: { start: Date; end: Date }[]) =>
  windows.map(({ start, end }) => `${momentText(start)} – ${momentText(end)}`);

describe("windows", () => {
  const input = {
    size: "day" as const,
    begin: at("2026-01-30T00:00"),
    lookback: 1,
    now: at("2026-02-02T10:00"),
    filled: null,
    from: null,
    until: null,
  };
  const filled = [{ start: at("2026-01-30T00:00"), end: at("2026-02-01T06:00") }];

  it.each([
    [
      "a new table: all since begin",
      {},
      [
        "2026-01-30 – 2026-01-31",
        "2026-01-31 – 2026-02-01",
        "2026-02-01 – 2026-02-02",
        "2026-02-02 – 2026-02-03",
      ],
    ],
    [
      "then the current one and one before",
      { filled },
      ["2026-02-01 – 2026-02-02", "2026-02-02 – 2026-02-03"],
    ],
    [
      "lookback 0",
      { filled: [{ ...filled[0]!, end: at("2026-02-02T00:00") }], lookback: 0 },
      ["2026-02-02 – 2026-02-03"],
    ],
    [
      "exactly on a boundary: one more before it",
      { filled, now: at("2026-02-02T00:00") },
      ["2026-01-31 – 2026-02-01", "2026-02-01 – 2026-02-02"],
    ],
    [
      "what was left out, or not over yet, is filled again",
      { filled, now: at("2026-02-04T01:00"), lookback: 0 },
      [
        "2026-02-01 – 2026-02-02",
        "2026-02-02 – 2026-02-03",
        "2026-02-03 – 2026-02-04",
        "2026-02-04 – 2026-02-05",
      ],
    ],
    ["never before begin", { filled, begin: at("2026-02-02T00:00") }, ["2026-02-02 – 2026-02-03"]],
    [
      "named by the user",
      { filled, from: at("2026-01-30T05:00"), until: at("2026-01-31T12:00") },
      ["2026-01-30 – 2026-01-31", "2026-01-31 – 2026-01-31 12:00:00"],
    ],
    ["months", { size: "month" as const }, ["2026-01-01 – 2026-02-01", "2026-02-01 – 2026-03-01"]],
    [
      "hours",
      { size: "hour" as const, begin: at("2026-02-02T08:30") },
      ["2026-02-02 08:00:00 – 2026-02-02 09:00:00", "2026-02-02 09:00:00 – 2026-02-02 10:00:00"],
    ],
  ])("%s", (_, given, expected) => {
    const short = spans(batchWindows({ ...input, ...given })).map((text) => text.replaceAll(" 00:00:00", ""));
    expect(short).toEqual(expected);
  });

  it("merge where they touch", () => {
    const day = (n: number) => at(`2026-01-0${n}T00:00`);
    const one = (from: number, to: number) => ({ start: day(from), end: day(to) });
    expect(mergeWindows([one(5, 6), one(1, 2), one(2, 4), one(3, 4)])).toEqual([one(1, 4), one(5, 6)]);
  });
});

const RAW =
  "id,happened_at,amount\n1,2026-01-01 10:00:00,1\n2,2026-01-02 00:00:00,2\n3,2026-01-02 23:59:59,3\n";
const TYPES = { id: "bigint", happened_at: "datetime", amount: "bigint" };
const FILES = {
  "seeds/raw.csv": RAW,
  "models/events.sql":
    '{{config materialized="view" event_time="happened_at"}}\nSELECT id, happened_at, amount FROM {{ref "raw"}}\n',
  "models/facts.sql":
    '{{config materialized="incremental" incremental_strategy="microbatch" event_time="happened_at" batch_size="day" begin="2026-01-01"}}\nSELECT id, happened_at, amount FROM {{ref "events"}}\n',
  "models/child.sql": '{{config materialized="table"}}\nSELECT * FROM {{ref "facts"}}\n',
};

describe.each(ENGINES)("microbatch on $name", (engine) => {
  const rows = async (warehouse: Warehouse, table = "facts") =>
    (await warehouse.rows(`SELECT id, amount FROM \`{schema}\`.\`${table}\` ORDER BY id`)).map((row) =>
      row.join(":"),
    );
  const intervals = async (warehouse: Warehouse) =>
    (await warehouse.rows("SELECT start_at, end_at FROM `{schema}`.`_sla_intervals` ORDER BY 1")).map((row) =>
      row.map((text) => text!.slice(0, 16)).join(" – "),
    );

  it("fills windows by the inputs' event_time, records them, and refills what was left out", async () => {
    const warehouse = new Warehouse(engine, "mb", FILES, TYPES);
    warehouse.now = at("2026-01-02T12:00");
    const first = await warehouse.build();
    expect(await rows(warehouse)).toEqual(["1:1", "2:2", "3:3"]);
    expect(first.results.find(({ unique_id }) => unique_id === "model.shop.facts")?.rows_affected).toBe(3);
    expect(await intervals(warehouse)).toEqual(["2026-01-01 00:00 – 2026-01-02 12:00"]);

    // The first day is behind the lookback: it stays. The second was not over, the third is new, each late as it is.
    warehouse.write({
      "seeds/raw.csv":
        "id,happened_at,amount\n1,2026-01-01 10:00:00,10\n2,2026-01-02 00:00:00,20\n4,2026-01-03 00:00:00,4\n5,2026-01-05 01:00:00,5\n",
    });
    warehouse.now = at("2026-01-05T12:00");
    await warehouse.build();
    expect(await rows(warehouse)).toEqual(["1:1", "2:20", "4:4", "5:5"]);
    expect(await rows(warehouse, "child")).toEqual(["1:1", "2:20", "4:4", "5:5"]);
    expect(await intervals(warehouse)).toEqual(["2026-01-01 00:00 – 2026-01-05 12:00"]);

    await warehouse.build({ eventTimeStart: "2026-01-01", eventTimeEnd: "2026-01-02" });
    expect(await rows(warehouse)).toEqual(["1:10", "2:20", "4:4", "5:5"]);
    expect(await warehouse.relations()).toEqual(["table child", "table facts", "table raw", "view events"]);
  });

  it("needs event_time, batch_size and begin", async () => {
    const warehouse = new Warehouse(engine, "mb", {
      ...FILES,
      "models/facts.sql": FILES["models/facts.sql"].replace(
        'batch_size="day" begin="2026-01-01"',
        'batch_size="week"',
      ),
    });
    const { errors } = await warehouse.run("build");
    expect(errors.map(({ message }) => message)).toEqual([
      '"facts" has the unknown batch_size "week"',
      '"facts" has the incremental_strategy microbatch and no begin',
    ]);
  });
});
