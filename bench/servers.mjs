import { createJiti } from "jiti";
import mysql from "mysql2/promise";

/**
 * Calls `use` with the URL of a server of the flavour (`mariadb` or `mysql`): one of SLA_TEST_MYSQL_URLS, else the tests'
 * private one. Where neither is of that flavour it fails, or says so and returns undefined if the server is optional.
 */
export async function withServer(flavour, use, { optional = false } = {}) {
  for (const url of (process.env.SLA_TEST_MYSQL_URLS ?? "").split(",")) {
    if (url.includes("://") && (await flavourOf(url)) === flavour) return use(url);
  }
  const jiti = createJiti(import.meta.url);
  const { startPrivateServer } = await jiti.import("../tests/harness/private-server.ts");
  const server = await startPrivateServer();
  try {
    if ((await flavourOf(server.url)) === flavour) return await use(server.url);
  } finally {
    await server.stop();
  }
  if (!optional) throw new Error(`no ${flavour} server: name one in SLA_TEST_MYSQL_URLS`);
  console.error(`  no ${flavour} server in SLA_TEST_MYSQL_URLS: not measured`);
  return undefined;
}

async function flavourOf(url) {
  const connection = await mysql.createConnection({ uri: url });
  const [[{ version }]] = await connection.query("SELECT VERSION() AS version");
  await connection.end();
  return /mariadb/i.test(version) ? "mariadb" : "mysql";
}
