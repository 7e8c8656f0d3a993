import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2/promise";
import { canInstall, installPackages } from "./debian.js";

/** A server of our own, in a folder that is removed with it. */
export interface PrivateServer {
  url: string;
  stop(): Promise<void>;
  /** Ends it as a power cut would, without a word. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  restart(): Promise<void>;
}

/** What a server is for. */
export interface PrivateServerOptions {
  /** It will be killed: what it has committed must be there afterwards, which takes a write for each commit. */
  mortal?: boolean;
  /** It keeps a binary log, as servers with replicas do: some rights are checked only then. */
  binlog?: boolean;
}

const STARTS_WITHIN_MS = 60_000;

/** Starts a server from PATH, installing one where that is possible; an error says what to do where it is not. */
export async function startPrivateServer({
  mortal = false,
  binlog = false,
}: PrivateServerOptions = {}): Promise<PrivateServer> {
  const daemon = findDaemon() ?? install();
  if (daemon === undefined) {
    throw new Error(
      "The tests need a MySQL-family server. Name one or more in SLA_TEST_MYSQL_URLS (mysql://root@127.0.0.1:3306,…), " +
        "or install mariadb-server or mysql-server so that mariadbd or mysqld is on the PATH; as root on Debian or Ubuntu it is installed.",
    );
  }
  const home = mkdtempSync(join(tmpdir(), "sla-test-server-"));
  const log = join(home, "server.log");
  const port = await freePort();
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  const data = join(home, "data");
  try {
    if (daemon.mariadb) {
      execFileSync(
        find("mariadb-install-db") ?? "mysql_install_db",
        [
          "--no-defaults",
          `--datadir=${data}`,
          `--tmpdir=${home}`,
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          ...user,
        ],
        { stdio: "pipe" },
      );
    } else {
      execFileSync(daemon.path, ["--no-defaults", "--initialize-insecure", `--datadir=${data}`, ...user], {
        stdio: "pipe",
      });
    }
    const out = openSync(log, "a");
    const start = async (): Promise<ChildProcess> => {
      const server = spawn(
        daemon.path,
        [
          "--no-defaults",
          `--datadir=${data}`,
          // A server that starts removes the temporary tables it finds in its tmpdir, those of other running servers included.
          `--tmpdir=${home}`,
          `--socket=${join(home, "s.sock")}`,
          `--pid-file=${join(home, "server.pid")}`,
          `--port=${port}`,
          "--bind-address=127.0.0.1",
          "--local-infile=1",
          `--innodb-flush-log-at-trx-commit=${mortal ? 2 : 0}`,
          ...(binlog ? [`--log-bin=${join(home, "binlog")}`, "--server-id=1"] : ["--skip-log-bin"]),
          ...user,
        ],
        { stdio: ["ignore", out, out] },
      );
      // Whatever ends the run, no server outlives it.
      const remove = () => {
        server.kill("SIGKILL");
        rmSync(home, { recursive: true, force: true });
      };
      process.once("exit", remove);
      server.once("exit", () => process.removeListener("exit", remove));
      await answers(server, port, log);
      return server;
    };
    let server = await start();
    return {
      url: `mysql://root@127.0.0.1:${port}`,
      stop: () => stop(server, home),
      async kill() {
        const ended = new Promise((resolve) => server.once("exit", resolve));
        server.kill("SIGKILL");
        await ended;
      },
      async restart() {
        server = await start();
      },
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

function findDaemon(): { path: string; mariadb: boolean } | undefined {
  const path = find("mariadbd") ?? find("mysqld");
  if (path === undefined) return undefined;
  return {
    path,
    mariadb: /mariadb/i.test(execFileSync(path, ["--no-defaults", "--version"], { encoding: "utf8" })),
  };
}

/** Debian and Ubuntu, as root: the distribution's MariaDB. */
function install(): { path: string; mariadb: boolean } | undefined {
  if (!canInstall()) return undefined;
  try {
    // The bare programs: the whole package would also start a server of its own.
    installPackages("mariadb-server-core", "mariadb-client-core");
  } catch {
    installPackages("mariadb-server");
  }
  return findDaemon();
}

/** Servers stand in sbin, which is not on everybody's PATH. */
function find(program: string): string | undefined {
  const folders = [
    ...(process.env.PATH ?? "").split(delimiter),
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/libexec",
  ];
  return folders
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

async function answers(server: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    try {
      const connection = await mysql.createConnection({ host: "127.0.0.1", port, user: "root" });
      await connection.end();
      return;
    } catch {
      await sleep(100);
    }
  }
  server.kill("SIGKILL");
  throw new Error(
    `the private test server did not start:\n${readFileSync(log, "utf8").split("\n").slice(-15).join("\n")}`,
  );
}

async function stop(server: ChildProcess, home: string): Promise<void> {
  const ended =
    server.exitCode !== null ? Promise.resolve() : new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await Promise.race([ended, sleep(15_000, undefined, { ref: false })]);
  if (server.exitCode === null) server.kill("SIGKILL");
  rmSync(home, { recursive: true, force: true });
}
