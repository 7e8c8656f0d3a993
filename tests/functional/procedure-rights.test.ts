import mysql from "mysql2/promise";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Engine } from "../harness/engines.js";
import { type PrivateServer, startPrivateServer } from "../harness/private-server.js";
import { identify, parseServerUrl } from "../harness/server-url.js";
import { Warehouse } from "../harness/warehouse.js";

const FILES = {
  "seeds/orders.csv": "id,city\n1,Rome\n2,Oslo\n3,Rome\n",
  "procedures/find_busy.sql":
    'CREATE PROCEDURE find_busy(IN least INT)\nBEGIN\n  START TRANSACTION;\n  DELETE FROM {{ref "busy"}};\n' +
    '  INSERT INTO {{ref "busy"}} (city)\n  SELECT city FROM {{ref "orders"}} GROUP BY city HAVING COUNT(*) >= least;\n  COMMIT;\nEND\n',
  "procedures/procedures.yml":
    "procedures:\n  - name: find_busy\n    config: { arguments: { least: 2 } }\n    tables:\n      - name: busy\n" +
    "        primary_key: [city]\n        columns: [{ name: city, data_type: varchar(50), tests: [not_null] }]\n",
};
const PASSWORD = "r1ghts-Pw";

let server: PrivateServer;
let admin: mysql.Connection;
let engine: Engine;

beforeAll(async () => {
  server = await startPrivateServer({ binlog: true });
  admin = await mysql.createConnection(parseServerUrl(server.url));
  const [found] = await identify([parseServerUrl(server.url)]);
  engine = { name: found!.name, type: "mysql", flavour: found!.flavour, server: found! };
}, 120_000);

afterAll(async () => {
  await admin?.end();
  await server?.stop();
});

/** An account that may do nothing in the house's schema but what is given. */
async function account(house: Warehouse, user: string, rights: string): Promise<void> {
  await admin.query(`CREATE DATABASE ${house.schema}`);
  await admin.query(`CREATE USER '${user}'@'%' IDENTIFIED BY '${PASSWORD}'`);
  await admin.query(`GRANT ${rights} ON ${house.schema}.* TO '${user}'@'%'`);
  house.set({ user, password: PASSWORD });
}

/** Builds, runs as an administrator the GRANT of each message, and builds again until nothing is missing. */
async function climb(house: Warehouse): Promise<string[]> {
  const granted: string[] = [];
  for (let round = 0; round < 20; round++) {
    const { errors, results } = await house.run("build");
    if (errors.length === 0) {
      expect(results.map(({ status }) => status).sort()).toEqual(["pass", "success", "success"]);
      return granted;
    }
    const [{ code, hint, message }] = errors as [(typeof errors)[0]];
    const [grant] = /GRANT [^;]+ ON [^;]+ TO '[^']+'@'[^']+'(?=;)/.exec(hint ?? "") ?? [];
    expect([code, grant], `${code} ${message}: ${hint}`).toEqual(["SLA404", expect.any(String)]);
    expect(granted, "what was granted is not asked for again").not.toContain(grant);
    granted.push(grant!);
    await admin.query(grant!);
  }
  throw new Error(`still something is missing after ${granted.join("; ")}`);
}

const kinds = (grants: readonly string[]) => grants.map((grant) => /GRANT (.*) ON/.exec(grant)![1]);

it("with binary logging on, procedures need neither SUPER nor a server that trusts", {
  timeout: 120_000,
}, async () => {
  const [[logged]] = await admin.query<mysql.RowDataPacket[]>(
    "SELECT @@log_bin AS log, @@log_bin_trust_function_creators AS trusts",
  );
  expect(logged).toMatchObject({ log: 1, trusts: 0 });
  const house = new Warehouse(engine, "logged", FILES);
  await account(house, "logged", "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES");
  expect(kinds(await climb(house))).toEqual(["CREATE ROUTINE"]);
  expect(await house.rows("SELECT city FROM {schema}.busy")).toEqual([["Rome"]]);
  // The server does check: a function of the same account is refused.
  const client = await mysql.createConnection({
    ...parseServerUrl(server.url),
    user: "logged",
    password: PASSWORD,
  });
  await expect(
    client.query(`CREATE FUNCTION ${house.schema}.one() RETURNS INT NO SQL RETURN 1`),
  ).rejects.toMatchObject({ errno: 1419 });
  await client.end();
});

it("each missing right is named by the GRANT that gives it, whatever the server gives of itself", {
  timeout: 240_000,
}, async () => {
  const house = new Warehouse(engine, "ladder", FILES);
  await account(house, "ladder", "SELECT");
  await admin.query("SET GLOBAL automatic_sp_privileges = 0");
  try {
    const asked = kinds(await climb(house));
    expect(asked).toEqual(
      expect.arrayContaining(["INSERT", "CREATE", "DROP", "CREATE ROUTINE", "EXECUTE", "ALTER ROUTINE"]),
    );
    expect(asked).not.toContain("ALL PRIVILEGES");
  } finally {
    await admin.query("SET GLOBAL automatic_sp_privileges = 1");
  }
});

it("a routine of another account can be replaced once its GRANT is made", { timeout: 120_000 }, async () => {
  const house = new Warehouse(engine, "other", FILES);
  await account(
    house,
    "other",
    "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, CREATE ROUTINE",
  );
  await admin.query(`CREATE PROCEDURE ${house.schema}.find_busy() BEGIN END`);
  expect(await climb(house)).toEqual([
    `GRANT ALTER ROUTINE ON PROCEDURE \`${house.schema}\`.\`find_busy\` TO 'other'@'%'`,
  ]);
  const [[routine]] = await admin.query<mysql.RowDataPacket[]>(
    "SELECT ROUTINE_COMMENT AS comment FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = ?",
    [house.schema],
  );
  expect(routine!.comment).toMatch(/^sla:/);
});
