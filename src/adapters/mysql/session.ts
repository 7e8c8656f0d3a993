import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import mysql from "mysql2";
import { SlaError } from "../../errors/index.js";
import type { MySqlTarget } from "../adapter.js";
import { type DriverError, isDenied, toConnectError, toSlaError } from "./errors.js";
import { parseServerVersion, type ServerVersion } from "./flavour.js";
import { type RawRows, streamRows } from "./row-stream.js";
import { sessionSettings } from "./settings.js";
import { type Field, valueReaders } from "./values.js";

/** What the server says of a statement that returns no rows. */
export interface Outcome {
  affectedRows: number;
  warningStatus: number;
}

/** How long `close` waits for a statement to end. */
const PATIENCE_MS = 2000;

/** The driver's connection, with promises, our settings, and our errors. */
export class MySqlSession {
  /** Set when the server is gone; the session then is of no more use. */
  lost: DriverError | undefined;
  /** Whether a statement is running: what `cancel` kills. */
  running = false;
  /** Between `begin` and `commit` or `rollback`. A session given back like that is not used again. */
  inTransaction = false;
  /** Set by `cancel`: a bulk load that is in the hands of its writer gives up by itself. */
  cancelled = false;

  /** Private for good: it knows the password, and whoever prints a session must not print that. */
  readonly #raw: mysql.Connection;

  private constructor(
    raw: mysql.Connection,
    readonly server: ServerVersion,
    readonly where: string,
  ) {
    this.#raw = raw;
    raw.on("error", (error) => {
      this.lost = error;
    });
    // A server that hangs up while a file is on its way to it leaves the socket open for what it will never read, and the driver waiting.
    raw.on("end", () => socketOf(raw).destroy());
  }

  /** Whether another node may have it next. */
  get reusable(): boolean {
    return this.lost === undefined && !this.running && !this.cancelled && !this.inTransaction;
  }

  /** The server's number of this session, for KILL. */
  get id(): number | null {
    return this.#raw.threadId;
  }

  /** Connects, checks the version and sends the settings: one statement. */
  static open(target: MySqlTarget, localInfile = true): Promise<MySqlSession> {
    const where = `${target.host}:${target.port}`;
    return new Promise((resolve, reject) => {
      let raw: mysql.Connection;
      const fail = (error: DriverError) => {
        raw?.destroy();
        reject(toConnectError(error, target));
      };
      try {
        raw = mysql.createConnection({
          host: target.host,
          port: target.port,
          user: target.user,
          password: target.password,
          ...(target.ssl === false ? {} : { ssl: target.ssl === true ? {} : target.ssl }),
          connectTimeout: 10_000,
          // The driver's default turns on IGNORE_SPACE, which makes function names reserved words.
          flags: ["-IGNORE_SPACE", ...(localInfile ? [] : ["-LOCAL_FILES"])],
          dateStrings: true,
          supportBigNumbers: true,
          jsonStrings: true,
        });
      } catch (error) {
        return fail(error as DriverError);
      }
      raw.once("error", fail);
      raw.once("connect", (handshake: { serverVersion: string }) => {
        try {
          const session = new MySqlSession(raw, parseServerVersion(handshake.serverVersion, where), where);
          raw.removeListener("error", fail);
          raw.query(sessionSettings(session.server, target.lock_wait_timeout), (error) =>
            error ? fail(error) : resolve(session),
          );
        } catch (error) {
          fail(error as DriverError);
        }
      });
    });
  }

  /** Runs a statement that returns no rows; `infile` answers LOAD DATA LOCAL's request for the file. */
  execute(sql: string, infile?: () => Readable): Promise<Outcome> {
    return this.#send(sql, (done) =>
      this.#raw.query(
        { sql, rowsAsArray: true, ...(infile && { infileStreamFactory: infile }) },
        (error, result) =>
          done(error, {
            affectedRows: 0,
            warningStatus: 0,
            ...(Array.isArray(result) ? {} : (result as object)),
          } as Outcome),
      ),
    );
  }

  async begin(): Promise<void> {
    await this.execute("START TRANSACTION");
    this.inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.execute("COMMIT");
    this.inTransaction = false;
  }

  /** Never fails: what called for it is the error to report, and a session that cannot roll back is closed, which does. */
  async rollback(): Promise<void> {
    if (this.lost || !this.inTransaction) return;
    await this.execute("ROLLBACK").then(
      () => {
        this.inTransaction = false;
      },
      () => {},
    );
  }

  /** Rows as the driver reads them. */
  query(sql: string): Promise<RawRows> {
    return this.#send(sql, (done) =>
      this.#raw.query({ sql, rowsAsArray: true }, (error, rows, fields) =>
        done(error, {
          rows: fields ? (rows as unknown[][]) : [],
          fields: (fields ?? []) as unknown as Field[],
        }),
      ),
    );
  }

  /** Columns of a statement, from the server's PREPARE: nothing runs. */
  prepare(sql: string): Promise<Field[]> {
    return this.#send(sql, (done) =>
      this.#raw.prepare(sql, (error, statement) => {
        if (error) return done(error, []);
        const { columns } = statement as unknown as { columns: Field[] };
        this.#raw.unprepare(sql);
        done(null, columns);
      }),
    );
  }

  /** Rows in batches, with bounded memory; giving up early ends the query on the server. */
  async *stream(sql: string, size: number, kill: () => Promise<void>): AsyncGenerator<RawRows> {
    if (this.lost) throw toSlaError(this.lost, this.where, sql);
    this.running = true;
    try {
      yield* streamRows(this.#raw, sql, size, kill);
    } catch (error) {
      throw toSlaError(error as DriverError, this.where, sql);
    } finally {
      this.running = false;
    }
  }

  /** A literal-free way to read one row of settings. */
  async values(sql: string): Promise<unknown[][]> {
    const { rows, fields } = await this.query(sql);
    const readers = valueReaders(fields);
    return rows.map((row) => row.map((value, index) => readers[index]!(value)));
  }

  /** Gives a statement that was killed a moment to say so, then hangs up. */
  async close(): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (this.cancelled && this.running && !this.lost && Date.now() < deadline) await sleep(10);
    if (this.lost || this.running) this.#raw.destroy();
    else await new Promise<void>((resolve) => this.#raw.end(() => resolve()));
  }

  /** The account as GRANT names it: servers' messages have the host that one comes from, which often is none of an account. */
  #account(done: (account?: string) => void): void {
    this.#raw.query({ sql: "SELECT CURRENT_USER()", rowsAsArray: true }, (error, rows) => {
      const found = error ? "" : String((rows as unknown[][])[0]?.[0] ?? "");
      const at = found.lastIndexOf("@");
      done(at < 0 ? undefined : `'${found.slice(0, at)}'@'${found.slice(at + 1)}'`);
    });
  }

  #send<T>(sql: string, start: (done: (error: DriverError | null, value: T) => void) => void): Promise<T> {
    if (this.lost) return Promise.reject(toSlaError(this.lost, this.where, sql));
    this.running = true;
    return new Promise<T>((resolve, reject) => {
      start((error, value) => {
        this.running = false;
        if (error === null || error === undefined) return resolve(value);
        if (error.fatal) this.lost ??= error;
        const fail = (account?: string) => {
          const ours = toSlaError(error, this.where, sql, account);
          reject(this.cancelled && ours.code === "SLA405" ? interrupted(error) : ours);
        };
        if (isDenied(error)) this.#account(fail);
        else fail();
      });
    });
  }
}

/** The driver does not declare it. */
function socketOf(raw: mysql.Connection): Socket {
  return (raw as unknown as { stream: Socket }).stream;
}

/** What a statement fails with when `cancel` ended it. */
export function interrupted(cause?: unknown): SlaError {
  return new SlaError({ code: "SLA504", message: "the statement was interrupted", cause });
}
