import { describe, expect, test } from "vitest";
import { ColumnGraph, parseColumnName, reachedNodes } from "../../src/graph/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import { type ProjectFiles, parseProject } from "../harness/project.js";
import { Written } from "./written.js";

async function lineageOf(files: ProjectFiles) {
  const { project, manifest } = await parseProject(files);
  const lineage = await projectLineage(project, manifest, { runStartedAt: new Date(0) });
  return { manifest, lineage, written: new Written(manifest, lineage), graph: new ColumnGraph(lineage) };
}

const SEED = { "seeds/orders.csv": "id,customer,amount,paid_at\n1,2,3.5,2026-01-01\n" };

describe("nodes", () => {
  test("a CSV seed has the columns of its first line", async () => {
    const { lineage } = await lineageOf(SEED);
    expect(lineage.nodes["seed.shop.orders"]).toEqual({
      basis: "origin",
      columns: ["id", "customer", "amount", "paid_at"].map((name) => ({ name, status: "known", inputs: [] })),
      rows: [],
      complete: true,
    });
  });

  test("an ephemeral model is a node of its own, not looked through", async () => {
    const { written } = await lineageOf({
      ...SEED,
      "models/paid.sql":
        '{{config materialized="ephemeral"}}\nSELECT id, amount * 2 AS double_amount FROM {{ref "orders"}} WHERE paid_at IS NOT NULL',
      "models/top.sql": 'SELECT p.double_amount AS d FROM {{ref "paid"}} AS p',
      "models/alone.sql":
        'WITH x AS (SELECT id FROM {{ref "paid"}}) SELECT id, paid.double_amount FROM x JOIN {{ref "paid"}} AS paid USING (id)',
    });
    expect(written.column("paid.double_amount")).toBe("orders.amount computed");
    expect(written.rows("paid")).toBe("orders.paid_at filtered by");
    expect(written.column("top.d")).toBe("paid.double_amount copied");
    expect(written.rows("top")).toBe("");
    expect(written.column("alone.id")).toBe("paid.id copied");
    expect(written.rows("alone")).toBe("paid.id joined by");
  });

  test("an incremental model is read as it is built whole and as it goes on; itself is no input", async () => {
    const { written } = await lineageOf({
      ...SEED,
      "models/log.sql":
        '{{config materialized="incremental" unique_key="id"}}\nSELECT id, amount FROM {{ref "orders"}}{{#if is_incremental}} WHERE paid_at > (SELECT MAX(amount) FROM {{this}}){{/if}}',
    });
    expect(written.column("log.amount")).toBe("orders.amount copied");
    expect(written.rows("log")).toBe("orders.paid_at filtered by");
  });

  test("a snapshot adds its columns, and what it compares decides over its rows", async () => {
    const { written, lineage } = await lineageOf({
      ...SEED,
      "snapshots/by_time.sql":
        '{{config strategy="timestamp" updated_at="paid_at" unique_key="id"}}\nSELECT id, amount, paid_at FROM {{ref "orders"}}',
      "snapshots/by_value.sql":
        '{{config strategy="check" check_cols="all" unique_key="id" hard_deletes="new_record"}}\nSELECT id, amount + 1 AS more FROM {{ref "orders"}}',
    });
    expect(lineage.nodes["snapshot.shop.by_time"]!.columns.map(({ name }) => name)).toEqual([
      "id",
      "amount",
      "paid_at",
      "dbt_scd_id",
      "dbt_updated_at",
      "dbt_valid_from",
      "dbt_valid_to",
    ]);
    expect(written.column("by_time.amount")).toBe("orders.amount copied");
    expect(written.column("by_time.dbt_scd_id")).toBe("orders.id computed, orders.paid_at computed");
    expect(written.column("by_time.dbt_valid_to")).toBe("orders.paid_at computed");
    expect(written.rows("by_time")).toBe("orders.id joined by, orders.paid_at filtered by");
    expect(written.column("by_value.dbt_valid_from")).toBe("");
    expect(written.column("by_value.dbt_is_deleted")).toBe("orders.id by condition");
    expect(written.rows("by_value")).toBe(
      "orders.amount filtered by, orders.id filtered by, orders.id joined by",
    );
  });

  test("a source may have more columns than its properties tell; what is read of it is known", async () => {
    const { written, lineage } = await lineageOf({
      "models/sources.yml":
        "version: 2\nsources:\n  - name: erp\n    tables:\n      - name: orders\n        columns:\n          - name: id\nmodels:\n  - name: copy\n    columns:\n      - name: id\n      - name: note\n",
      "models/some.sql":
        'WITH o AS (SELECT * FROM {{source "erp" "orders"}}) SELECT id, amount + 1 AS more FROM o',
      "models/copy.sql": 'SELECT * FROM {{source "erp" "orders"}}',
    });
    expect(written.column("some.more")).toBe("erp.orders.amount computed");
    expect(lineage.nodes["model.shop.some"]!.complete).toBe(true);
    expect(lineage.nodes["source.shop.erp.orders"]!.columns.map(({ name }) => name)).toEqual([
      "id",
      "note",
      "amount",
    ]);
    expect(written.column("copy.note")).toBe("erp.orders.note copied");
    expect(lineage.nodes["model.shop.copy"]!.complete).toBe(false);
  });

  test("SQL that the parser does not read leaves its node unknown, and says why", async () => {
    const { lineage } = await lineageOf({
      ...SEED,
      "models/odd.sql": 'SELECT id FROM {{ref "orders"}}, LATERAL (SELECT 1) AS l',
      "models/below.sql": 'SELECT id FROM {{ref "odd"}}',
    });
    expect(lineage.nodes["model.shop.odd"]).toMatchObject({
      columns: [{ name: "id", status: "unknown" }],
      complete: false,
      reason: "the parser does not understand the SQL",
    });
    expect(lineage.nodes["model.shop.below"]!.columns).toEqual([
      {
        name: "id",
        status: "known",
        inputs: [{ node: "model.shop.odd", column: "id", type: "DIRECT", subtype: "IDENTITY" }],
      },
    ]);
  });
});

describe("TypeScript models", () => {
  const model = (definition: string) => ({
    ...SEED,
    "models/scores.ts": `import { defineModel } from "sla";\nexport default defineModel({ refs: ["orders"], ${definition}, run: () => [] });\n`,
  });

  test("take part by what they declare, at a column or beside all", async () => {
    const { written } = await lineageOf(
      model(
        `columns: { id: { type: "bigint", from: ["orders.id"] }, score: "double", all: "double", why: "int", none: "int" }, from: { score: ["orders.amount", "orders.ID"], all: ["orders.*"], none: [], why: ["orders.nope"] }`,
      ),
    );
    expect(written.column("scores.id")).toBe("orders.id computed");
    expect(written.column("scores.score")).toBe("orders.amount computed, orders.id computed");
    expect(written.column("scores.all")).toBe(
      "orders.amount computed, orders.customer computed, orders.id computed, orders.paid_at computed",
    );
    expect(written.column("scores.none")).toBe("");
    expect(written.column("scores.why")).toBe(
      'unknown: it is declared to come from "orders.nope", which is no column',
    );
  });

  test("are unknown where they declare nothing", async () => {
    const { written } = await lineageOf(model(`columns: { id: "bigint" }`));
    expect(written.column("scores.id")).toBe("unknown: code makes it, and does not declare of what");
    expect(written.rows("scores")).toBe("code decides which rows there are");
  });

  test("cannot declare what they do not read or do not have", async () => {
    await expect(
      lineageOf(model(`columns: { id: "bigint" }, from: { id: ["customers.id"] }`)),
    ).rejects.toThrow(/"customers.id", which is no column of what the model reads/);
    await expect(lineageOf(model(`columns: { amount: "bigint" }, from: { amuont: [] }`))).rejects.toThrow(
      /has no such column/,
    );
  });
});

describe("the graph of columns", () => {
  const CHAIN = {
    ...SEED,
    "models/a.sql": 'SELECT id, amount FROM {{ref "orders"}}',
    "models/b.sql": 'SELECT id, amount + 1 AS more FROM {{ref "a"}} WHERE amount > 0',
    "models/c.sql": 'SELECT more AS most FROM {{ref "b"}}',
    "models/d.sql": 'SELECT id FROM {{ref "a"}} WHERE amount > 0',
    "models/e.sql": 'SELECT id FROM {{ref "d"}}',
  };

  test("leads down through values, and ends where a column decides over rows", async () => {
    const { graph, manifest, lineage } = await lineageOf(CHAIN);
    const start = parseColumnName("orders.amount", manifest, lineage);
    const reached = reachedNodes(graph, { ...start, parents: 0, children: Number.POSITIVE_INFINITY });
    expect(Object.fromEntries(reached)).toEqual({
      "seed.shop.orders": ["amount"],
      "model.shop.a": ["amount"],
      "model.shop.b": ["more"],
      "model.shop.c": ["most"],
      "model.shop.d": [],
    });
  });

  test("leads up, by as many generations as are wanted", async () => {
    const { graph, manifest, lineage } = await lineageOf(CHAIN);
    const start = parseColumnName("C.MOST", manifest, lineage);
    expect(start).toEqual({ node: "model.shop.c", column: "most" });
    const up = (parents: number) => [...reachedNodes(graph, { ...start, parents, children: 0 }).keys()];
    expect(up(0)).toEqual(["model.shop.c"]);
    expect(up(1)).toEqual(["model.shop.c", "model.shop.b"]);
    expect(up(Number.POSITIVE_INFINITY)).toEqual([
      "model.shop.c",
      "model.shop.b",
      "model.shop.a",
      "seed.shop.orders",
    ]);
  });

  test("says what is near to a name that does not exist", async () => {
    const { manifest, lineage } = await lineageOf(CHAIN);
    const thrown = (text: string) => {
      try {
        parseColumnName(text, manifest, lineage);
      } catch (error) {
        return error;
      }
    };
    expect(thrown("order.amount")).toMatchObject({ code: "SLA203", hint: 'Did you mean "orders"?' });
    expect(thrown("orders.amuont")).toMatchObject({ code: "SLA305", hint: 'Did you mean "amount"?' });
    expect(thrown("b.zzz")).toMatchObject({ hint: "Its columns are id, more." });
  });
});
