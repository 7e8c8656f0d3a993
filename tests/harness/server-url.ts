import mysql from "mysql2/promise";

/** A MySQL-family server that tests may use. */
export interface TestServer {
  /** `mariadb` or `mysql`, as the server itself says; a second of a kind gets a number. */
  name: string;
  flavour: "mariadb" | "mysql";
  host: string;
  port: number;
  user: string;
  password: string;
}

/** Reads `mysql://user:password@host:port`. */
export function parseServerUrl(url: string): Omit<TestServer, "name" | "flavour"> {
  const { protocol, hostname, port, username, password } = new URL(url);
  if (protocol !== "mysql:" && protocol !== "mariadb:") {
    throw new Error(
      `SLA_TEST_MYSQL_URLS: "${protocol}" is not mysql: (a URL looks like mysql://root@127.0.0.1:3306)`,
    );
  }
  return {
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username) || "root",
    password: decodeURIComponent(password),
  };
}

/** Asks the servers who they are; one that does not answer fails the run. */
export async function identify(
  servers: readonly Omit<TestServer, "name" | "flavour">[],
): Promise<TestServer[]> {
  const found: TestServer[] = [];
  for (const server of servers) {
    const connection = await mysql.createConnection(server).catch((cause: Error) => {
      throw new Error(`the test server at ${server.host}:${server.port} does not answer: ${cause.message}`, {
        cause,
      });
    });
    const [rows] = await connection.query("SELECT VERSION() AS version");
    await connection.end();
    const flavour = /mariadb/i.test((rows as { version: string }[])[0]!.version) ? "mariadb" : "mysql";
    const before = found.filter((other) => other.flavour === flavour).length;
    found.push({ ...server, flavour, name: before === 0 ? flavour : `${flavour}-${before + 1}` });
  }
  return found;
}
