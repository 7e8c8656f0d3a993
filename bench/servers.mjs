import mysql from "mysql2/promise";

/** Calls `use` with the URL of a server of the flavour (`mariadb` or `mysql`): one of SLA_TEST_MYSQL_URLS. */
export async function withServer(flavour, use) {
  for (const url of (process.env.SLA_TEST_MYSQL_URLS ?? "").split(",").filter(Boolean)) {
    const connection = await mysql.createConnection({ uri: url });
    const [[{ version }]] = await connection.query("SELECT VERSION() AS version");
    await connection.end();
    if (/mariadb/i.test(version) === (flavour === "mariadb")) return use(url);
  }
  throw new Error(`no ${flavour} server in SLA_TEST_MYSQL_URLS`);
}
