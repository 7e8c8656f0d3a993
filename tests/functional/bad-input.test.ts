import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CliResult, sla } from "./cli.js";
import { emptyFolder, shop } from "./shop.js";

interface BadCase {
  files: Record<string, string>;
  args?: string[];
  env?: Record<string, string>;
  code: 1 | 2;
  /** What the output must say: error code, place, what was found, what to do. */
  says: (string | RegExp)[];
}

/** Wrong before anything runs: no warehouse may come to be. */
const BEFORE_RUN: Record<string, BadCase> = {
  "broken YAML": {
    files: { "models/schema.yml": "models:\n  - name: orders\n    columns: [id\n" },
    code: 2,
    says: ["SLA102", /models\/schema\.yml:\d+:\d+/],
  },
  "unknown key in properties": {
    files: { "models/schema.yml": "models:\n  - name: orders\n    descripton: All orders.\n" },
    code: 2,
    says: ["SLA103", "models/schema.yml:3:5", "descripton", 'Did you mean "description"?'],
  },
  "unknown key in project.yml": {
    files: { "project.yml": "name: shop\nversion: 1.0.0\nmodls:\n  staging: {materialized: view}\n" },
    code: 2,
    says: ["SLA103", "project.yml:3:1", "modls", 'Did you mean "models"?'],
  },
  "missing ref": {
    files: { "models/orders.sql": 'SELECT id\nFROM {{ref "stg_order"}}\n' },
    code: 2,
    says: ["SLA203", "models/orders.sql:2:", "stg_order", 'Did you mean "stg_orders"?'],
  },
  cycle: {
    files: {
      "models/a.sql": 'SELECT * FROM {{ref "b"}}',
      "models/b.sql": 'SELECT * FROM {{ref "c"}}',
      "models/c.sql": 'SELECT * FROM {{ref "a"}}',
    },
    code: 2,
    says: ["SLA205", /a → b → c → a|b → c → a → b|c → a → b → c|a → c → b → a|c → b → a → c|b → a → c → b/],
  },
  "duplicate name": {
    files: { "models/other/orders.sql": "SELECT 1 AS id" },
    code: 2,
    says: ["SLA105", "models/other/orders.sql", "models/orders.sql"],
  },
  "template that does not end": {
    files: { "models/orders.sql": "SELECT 1 AS id\n{{#if is_incremental}}\nWHERE 1 = 1\n" },
    code: 2,
    says: ["SLA201", /models\/orders\.sql:\d+/],
  },
  "ref that is computed": {
    files: { "models/orders.sql": 'SELECT 1 AS id FROM {{ref (var "x")}}\n' },
    code: 2,
    says: ["SLA204", "models/orders.sql:1:"],
  },
  "missing variable": {
    files: { "models/orders.sql": 'SELECT {{var "nowhere"}} AS id\n' },
    code: 2,
    says: ["SLA207", "models/orders.sql:1:", "nowhere"],
  },
  "unknown materialization": {
    files: { "models/orders.sql": '{{config materialized="tabel"}}\nSELECT 1 AS id\n' },
    code: 2,
    says: ["SLA209", "models/orders.sql", "tabel", 'Did you mean "table"?'],
  },
  "unknown generic test": {
    files: {
      "models/schema.yml":
        "models:\n  - name: orders\n    columns:\n      - name: id\n        tests: [uniqe]\n",
    },
    code: 2,
    says: ["SLA602", "uniqe", 'Did you mean "unique"?', "models/schema.yml"],
  },
  "unknown target": {
    files: {},
    args: ["--target", "mysq"],
    code: 2,
    says: ["SLA109", "mysq", 'Did you mean "mysql"?'],
  },
  "missing environment variable": {
    files: {},
    args: ["--target", "mysql"],
    code: 2,
    says: ["SLA106", "SLA_MYSQL_USER"],
  },
  "invalid --vars": { files: {}, args: ["--vars", "{a: 1"], code: 2, says: ["SLA110"] },
  "unknown option": { files: {}, args: ["--selct", "orders"], code: 2, says: ["SLA701", "selct"] },
  "unknown command": { files: {}, args: ["bild"], code: 2, says: ["SLA701", /build/] },
  "invalid selector": { files: {}, args: ["--select", "@orders+"], code: 2, says: ["SLA208", "@orders+"] },
};

describe("bad input found before a run", () => {
  it.each(Object.entries(BEFORE_RUN))("%s", async (name, bad) => {
    const dir = shop(bad.files);
    const args = name === "unknown command" ? bad.args! : ["build", ...(bad.args ?? [])];
    const result = await sla(dir, args, { env: bad.env ?? {} });
    expectSays(result, bad);
    if (bad.code === 2)
      expect(existsSync(join(dir, "warehouse.duckdb")), "no warehouse may come to be").toBe(false);
  });

  it("reports all errors of a project at once", async () => {
    const dir = shop({
      "models/orders.sql": 'SELECT id FROM {{ref "stg_order"}}\n',
      "models/staging/stg_orders.sql": 'SELECT * FROM {{source "shop" "orders"}}\n',
    });
    const { stderr, code } = await sla(dir, ["build"]);
    expect(code).toBe(2);
    expect(stderr).toContain("models/orders.sql:1:");
    expect(stderr).toContain("models/staging/stg_orders.sql:1:");
    expect(stderr).toContain("2 errors");
  });

  it("says where a project is missing", async () => {
    const dir = emptyFolder();
    const { stderr, code } = await sla(dir, ["build"]);
    expect(code).toBe(2);
    expect(stderr).toContain("SLA101");
    expect(stderr).toContain("project.yml");
  });
});

/** Wrong in one node: the rest is built, what was live stays. */
const IN_RUN: Record<string, BadCase> = {
  "SQL syntax error": {
    files: {
      "models/orders.sql":
        '{{config materialized="table"}}\nSELECT id,\n  amount amount amount\nFROM {{ref "stg_orders"}}\n',
    },
    code: 1,
    says: ["SLA301", /models\/orders\.sql:3:\d+/],
  },
  "unknown function": {
    files: { "models/orders.sql": 'SELECT\n  COALESCEE(id, 1) AS id\nFROM {{ref "stg_orders"}}\n' },
    code: 1,
    says: ["SLA302", "models/orders.sql:2:3", "COALESCEE", /Did you mean "?COALESCE"?/i],
  },
  "not portable": {
    files: { "models/orders.sql": 'SELECT id, amount / id AS share\nFROM {{ref "stg_orders"}}\n' },
    code: 1,
    says: ["SLA303", "models/orders.sql:1:", "NULLIF"],
  },
  "unknown column": {
    files: {
      "models/orders.sql": '{{config materialized="table"}}\nSELECT id, amuont\nFROM {{ref "stg_orders"}}\n',
    },
    code: 1,
    says: ["models/orders.sql:2:12", "amuont"],
  },
  "bad CSV row": {
    files: { "seeds/raw_orders.csv": "id,amount,city\n1,10.50,Rome\n2,3.25,Oslo,extra\n" },
    code: 1,
    says: ["SLA108", "seeds/raw_orders.csv:3"],
  },
  "CSV value that does not fit its declared type": {
    files: {
      "seeds/seeds.yml": "seeds:\n  - name: raw_orders\n    config:\n      column_types: {amount: int}\n",
      "seeds/raw_orders.csv": "id,amount,city\n1,10,Rome\n2,abc,Oslo\n",
    },
    code: 1,
    says: ["SLA108", "seeds/raw_orders.csv:3", "abc", "amount"],
  },
  "duplicate key": {
    files: { "seeds/raw_orders.csv": "id,amount,city\n1,10.50,Rome\n1,3.25,Oslo\n" },
    code: 1,
    says: ["orders", /duplicate/i],
  },
};

describe("bad input found in a run", () => {
  it.each(Object.entries(IN_RUN))("%s", async (_name, bad) => {
    const dir = shop();
    const good = await sla(dir, ["build"]);
    expect(good.code, good.stdout + good.stderr).toBe(0);
    const before = await rows(dir, "orders");

    for (const [path, text] of Object.entries(bad.files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
    }
    expectSays(await sla(dir, ["build"]), bad);
    expect(await rows(dir, "orders"), "the live table is what it was").toEqual(before);
    const results = JSON.parse(readFileSync(join(dir, "target", "run_results.json"), "utf8")) as {
      results: { status: string }[];
    };
    expect(results.results.some(({ status }) => status === "error")).toBe(true);
  });

  it("leaves nothing behind that a later run stumbles over", async () => {
    const dir = shop({ "seeds/raw_orders.csv": "id,amount,city\n1,1,a\n1,2,b\n" });
    expect((await sla(dir, ["build"])).code).toBe(1);
    writeFileSync(join(dir, "seeds/raw_orders.csv"), "id,amount,city\n1,1,a\n2,2,b\n");
    const again = await sla(dir, ["build"]);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    const shadows = await sla(dir, [
      "show",
      "--output=json",
      "--inline",
      "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%sla_new%'",
    ]);
    expect(shadows.stdout.trim()).toBe("[]");
  });
});

describe("a server that cannot be used", () => {
  it("server down", async () => {
    const port = await freePort();
    const { code, stdout, stderr } = await sla(shop(), ["build", "--target", "mysql"], {
      env: { SLA_MYSQL_USER: "reader", SLA_MYSQL_PORT: String(port), SLA_MYSQL_PASSWORD: "s3cret-word" },
    });
    expect(code).toBe(2);
    expect(stderr).toContain("SLA401");
    expect(stderr).toContain(`127.0.0.1:${port}`);
    expect(stdout + stderr).not.toContain("s3cret-word");
  });
});

async function rows(dir: string, node: string): Promise<unknown> {
  const { stdout, stderr, code } = await sla(dir, [
    "show",
    "--output=json",
    "--limit=-1",
    "--inline",
    `SELECT id, amount FROM sla.${node} ORDER BY id`,
  ]);
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

function expectSays({ code, stdout, stderr }: CliResult, bad: BadCase): void {
  const output = stdout + stderr;
  for (const text of bad.says) {
    if (typeof text === "string") expect(output).toContain(text);
    else expect(output).toMatch(text);
  }
  expect(code, output).toBe(bad.code);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
