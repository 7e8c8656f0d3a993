import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import mysql from "mysql2";
import { afterEach, describe, expect, test } from "vitest";
import { type MySqlTarget, openAdapter, type TargetConfig } from "../../src/adapters/index.js";
import { collationOf, parseServerVersion } from "../../src/adapters/mysql/flavour.js";
import { SlaError } from "../../src/errors/index.js";
import { engineTarget, openEngine, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

async function failure(target: TargetConfig): Promise<SlaError> {
  const error = await openAdapter(target).then(
    async (adapter) => {
      await adapter.close();
      throw new Error("it opened");
    },
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(SlaError);
  return error;
}

/** A port that listens; `greet` plays the server. */
async function listening(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return (server.address() as { port: number }).port;
}

const SECRET = "s3cret-pass-w0rd";
const nowhere = (port: number): MySqlTarget => ({
  name: "t",
  type: "mysql",
  schema: "x",
  threads: 1,
  host: "127.0.0.1",
  port,
  user: "someone",
  password: SECRET,
  ssl: false,
});

/** A server that greets with a version. */
async function greeting(serverVersion: string): Promise<number> {
  const server = mysql.createServer(() => {});
  server.on("connection", (connection) => {
    connection.on("error", () => {});
    connection.serverHandshake({
      protocolVersion: 10,
      serverVersion,
      connectionId: 1,
      statusFlags: 2,
      characterSet: 33,
      capabilityFlags: 0xffffff,
    });
  });
  return listening((server as unknown as { _server: Server })._server);
}

describe("MySQL and MariaDB", () => {
  test("a server that is down: host, port, and what to do", async () => {
    const probe = createServer();
    const port = await listening(probe);
    probe.close();
    await once(probe, "close");
    const error = await failure(nowhere(port));
    expect(error.code).toBe("SLA401");
    expect(error.message).toBe(`cannot connect to a MySQL server at 127.0.0.1:${port}: ECONNREFUSED`);
    expect(error.hint).toContain("Is the server running");
  });

  test("a host name that does not resolve", async () => {
    const error = await failure({ ...nowhere(3306), host: "no-such-host.invalid" });
    expect(error).toMatchObject({ code: "SLA401", hint: expect.stringContaining("SLA_MYSQL_HOST") });
  });

  test("something else than MySQL on that port", async () => {
    const port = await listening(createServer((socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")));
    expect((await failure(nowhere(port))).code).toBe("SLA401");
  });

  test.each([
    ["5.7.44-log", "MySQL 5.7.44"],
    ["8.0.18", "MySQL 8.0.18"],
    ["5.5.5-10.5.23-MariaDB-1:10.5.23+maria~deb11", "MariaDB 10.5.23"],
    ["10.4.1-MariaDB", "MariaDB 10.4.1"],
  ])("%s is too old, and said to be %s", async (version, label) => {
    const port = await greeting(version);
    const error = await failure(nowhere(port));
    expect(error.code).toBe("SLA403");
    expect(error.message).toBe(`the server at 127.0.0.1:${port} is ${label}, which is too old`);
    expect(error.hint).toContain("MySQL 8.0.19 or later, or MariaDB 10.6 or later");
  });

  test.each([
    ["8.0.19", "MySQL 8.0.19"],
    ["9.7.4-2", "MySQL 9.7.4"],
    ["5.7.25-TiDB-v7.5.0", "TiDB 5.7.25"],
    ["5.5.5-10.6.0-MariaDB", "MariaDB 10.6.0"],
    ["11.8.2-MariaDB-ubu2404", "MariaDB 11.8.2"],
  ])("%s is let in, as %s", (version, label) => {
    expect(parseServerVersion(version, "here")).toMatchObject({ label });
  });

  test.each([
    ["8.4.0", "utf8mb4_0900_ai_ci"],
    ["10.6.18-MariaDB", "utf8mb4_unicode_520_nopad_ci"],
    ["10.10.1-MariaDB", "utf8mb4_uca1400_nopad_ai_ci"],
    ["11.4.2-MariaDB", "utf8mb4_uca1400_nopad_ai_ci"],
  ])("%s compares text by %s", (version, collation) => {
    expect(collationOf(parseServerVersion(version, "here"))).toBe(collation);
  });

  test.each(SERVERS)("$name: wrong password and unknown user, without printing it", async (engine) => {
    const admin = await openEngine(engine);
    const connection = await admin.acquire();
    const user = `${schemaName("u")}`.slice(0, 30);
    await connection.execute(`CREATE USER '${user}'@'%' IDENTIFIED BY 'right'`);
    try {
      for (const target of [
        { ...engineTarget(engine), user, password: SECRET },
        { ...engineTarget(engine), user: "nobody_here", password: SECRET },
      ] as MySqlTarget[]) {
        const error = await failure(target);
        expect(error.code).toBe("SLA402");
        expect(error.message).toContain(`refused user "${target.user}"`);
        expect(`${error.message} ${error.hint} ${error.stack} ${JSON.stringify(error)}`).not.toContain(
          SECRET,
        );
      }
    } finally {
      await connection.execute(`DROP USER '${user}'@'%'`);
      await connection.release();
    }
  });

  test.each(SERVERS)("$name: a missing privilege names the GRANT", async (engine) => {
    const admin = await openEngine(engine);
    const connection = await admin.acquire();
    const user = `${schemaName("p")}`.slice(0, 30);
    const schema = schemaName("locked");
    await connection.execute(admin.dialect.createSchema(schema));
    await connection.execute(`CREATE TABLE \`${schema}\`.\`t\` (a int)`);
    await connection.execute(`CREATE USER '${user}'@'%' IDENTIFIED BY 'right'`);
    await connection.execute(`GRANT INSERT ON \`${schema}\`.\`t\` TO '${user}'@'%'`);
    try {
      const adapter = await openAdapter({ ...engineTarget(engine), user, password: "right" } as MySqlTarget);
      const session = await adapter.acquire();
      const denied = (sql: string) =>
        session.execute(sql).then(
          () => undefined,
          (error) => error,
        );
      expect(await denied(`SELECT * FROM \`${schema}\`.\`t\``)).toMatchObject({
        code: "SLA404",
        hint: expect.stringMatching(new RegExp(`GRANT SELECT ON .*${schema}.* TO '${user}'@`)),
      });
      expect(await denied(adapter.dialect.createSchema(schemaName("new")))).toMatchObject({
        code: "SLA404",
        hint: expect.stringContaining(`\`${schemaName("new")}\`.*`),
      });
      await session.release();
      await adapter.close();
    } finally {
      await connection.execute(`DROP USER '${user}'@'%'`);
      await connection.release();
    }
  });

  test.each(SERVERS)(
    "$name: no encryption where the target asks for a certificate that nobody has",
    async (engine) => {
      const error = await failure({
        ...engineTarget(engine),
        ssl: { ca: "not a certificate" },
      } as MySqlTarget);
      expect(error.code).toBe("SLA408");
    },
  );

  test.each(SERVERS)("$name: sessions have the settings, in one statement", async (engine) => {
    const adapter = await openEngine(engine);
    const connection = await adapter.acquire();
    const [row] = await connection.query(
      "SELECT @@session.time_zone AS tz, @@session.sql_mode AS mode, @@session.div_precision_increment AS digits, " +
        "@@session.collation_connection AS coll, @@session.group_concat_max_len AS gc, @@session.autocommit AS ac, 'a' = 'a ' AS pad, 'é' = 'E' AS accent",
    );
    expect(row).toEqual({
      tz: "+00:00",
      mode: `ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION${engine.flavour === "mariadb" ? ",TIME_ROUND_FRACTIONAL" : ""}`,
      digits: 12,
      coll: engine.flavour === "mysql" ? "utf8mb4_0900_ai_ci" : "utf8mb4_uca1400_nopad_ai_ci",
      gc: 16777216,
      ac: 1,
      pad: 0,
      accent: 1,
    });
    const [asked] = await connection.query("SHOW SESSION STATUS LIKE 'Questions'");
    expect(Number(asked?.Value)).toBeLessThanOrEqual(3);
    await connection.release();
  });
});

describe("DuckDB", () => {
  const target = (path: string, settings: Record<string, string> = {}): TargetConfig => ({
    name: "local",
    type: "duckdb",
    schema: "s",
    threads: 1,
    path,
    settings,
  });

  test("a folder that is not there", async () => {
    const error = await failure(target(join(scratchFolder(), "no", "such", "x.duckdb")));
    expect(error).toMatchObject({ code: "SLA401", message: expect.stringContaining("does not exist") });
  });

  test("a folder in the place of the file", async () => {
    const path = join(scratchFolder(), "folder.duckdb");
    mkdirSync(path);
    expect((await failure(target(path))).code).toBe("SLA401");
  });

  test("a file that is no database", async () => {
    const path = join(scratchFolder(), "text.duckdb");
    writeFileSync(path, "just some text, and long enough to be looked at\n".repeat(200));
    expect(await failure(target(path))).toMatchObject({
      code: "SLA408",
      message: `${path} is not a DuckDB database`,
    });
  });

  test("a file with the name of the schema, which would be found out in the middle of a build", async () => {
    const path = join(scratchFolder(), "S.duckdb");
    const error = await failure(target(path));
    expect(error).toMatchObject({ code: "SLA408", message: expect.stringContaining("the same name") });
    expect(existsSync(path)).toBe(false);
  });

  test("an unknown setting is named", async () => {
    const error = await failure(target(join(scratchFolder(), "set.duckdb"), { memory_limt: "1GB" }));
    expect(error).toMatchObject({ code: "SLA408", message: expect.stringContaining("memory_limt") });
  });

  test("a file that another process has open: its PID", async () => {
    const path = join(scratchFolder(), "locked.duckdb");
    const script = `const { DuckDBInstance } = require("@duckdb/node-api");
      DuckDBInstance.create(${JSON.stringify(path)}).then((db) => { console.log("open"); globalThis.db = db; setInterval(() => {}, 1000); });`;
    const holder = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
    closers.push(() => holder.kill("SIGKILL"));
    await once(holder.stdout, "data");
    const error = await failure(target(path));
    expect(error).toMatchObject({ code: "SLA406", message: expect.stringContaining(`PID ${holder.pid}`) });
  });

  test("two adapters of one process share a file", async () => {
    const path = join(scratchFolder(), "shared.duckdb");
    const [one, two] = [await openAdapter(target(path)), await openAdapter(target(path))];
    const [first, second] = [await one.acquire(), await two.acquire()];
    await first.execute("CREATE TABLE main.t AS SELECT 1 AS a");
    expect(await second.query("SELECT * FROM main.t")).toEqual([{ a: 1 }]);
    await first.release();
    await one.close();
    expect(await second.query("SELECT * FROM main.t")).toEqual([{ a: 1 }]);
    await second.release();
    await two.close();
    const again = await openAdapter(target(path));
    expect((await again.introspector.relations(["main"])).map(({ identifier }) => identifier)).toEqual(["t"]);
    await again.close();
  });

  test("memory serves as a file", async () => {
    const adapter = await openAdapter(target(":memory:"));
    const [one, two] = [await adapter.acquire(), await adapter.acquire()];
    await one.execute("CREATE TABLE main.t AS SELECT 1 AS a");
    expect(await two.query("SELECT * FROM main.t")).toEqual([{ a: 1 }]);
    await one.release();
    await two.release();
    await adapter.close();
  });
});
