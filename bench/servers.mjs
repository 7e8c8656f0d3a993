import mysql from "mysql2/promise";

/**
 * Calls `use` with the URL of a server of the flavour (`mariadb` or `mysql`) from SLA_TEST_MYSQL_URLS. Without one it fails,
 * or says so and returns undefined where the server is optional.
 */
export async function withServer(flavour, use, { optional = false } = {}) {
  for (const url of (process.env.SLA_TEST_MYSQL_URLS ?? "").split(",").filter(Boolean)) {
    const connection = await mysql.createConnection({ uri: url });
    const [[{ version }]] = await connection.query("SELECT VERSION() AS version");
    await connection.end();
    if (/mariadb/i.test(version) === (flavour === "mariadb")) return use(url);
  }
  if (!optional) throw new Error(`no ${flavour} server in SLA_TEST_MYSQL_URLS`);
  console.error(`  no ${flavour} server in SLA_TEST_MYSQL_URLS: not measured`);
  return undefined;
}
