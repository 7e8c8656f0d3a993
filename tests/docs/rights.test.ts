import { rmSync } from "node:fs";
import { join } from "node:path";
import mysql from "mysql2/promise";
import { describe, expect, test } from "vitest";
import { engineEnvironment, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";
import { blocksOf, runCommand, writeFiles } from "./pages.js";

/** The SQL of the page about engines, for another user and other schemas. */
function grants(user: string, schema: string): string[] {
  const [block] = blocksOf("engines.md").filter(({ language }) => language === "sql");
  return block!.text
    .replaceAll("'sla'@'%'", `'${user}'@'%'`)
    .replaceAll("`sla%`", `\`${schema}%\``)
    .replace("'…'", "'secret'")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

describe.each(SERVERS)("$name", (engine) => {
  test("the rights of the page suffice to build, and to build again", async () => {
    const schema = schemaName("rights");
    const { host, port, user, password } = engine.server!;
    const admin = await mysql.createConnection({ host, port, user, password });
    const folder = join(scratchFolder(), engine.name);
    const env = {
      ...engineEnvironment(engine, schema),
      SLA_MYSQL_USER: schema,
      SLA_MYSQL_PASSWORD: "secret",
    };
    try {
      for (const statement of grants(schema, schema)) await admin.query(statement);
      for (const page of ["getting-started.md", "models.md", "seeds.md"]) writeFiles(folder, page);
      for (const _ of ["first", "again"]) {
        const printed = await runCommand("npx sla build --project-dir shop --target mysql", folder, env);
        expect(printed).toMatch(/^Done\. PASS=\d+ WARN=0 ERROR=0 SKIP=0 /m);
      }
    } finally {
      await admin.query(`DROP USER IF EXISTS '${schema}'@'%'`);
      await admin.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
