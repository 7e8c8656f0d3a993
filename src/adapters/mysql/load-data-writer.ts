import { Readable } from "node:stream";
import { SlaError } from "../../errors/index.js";
import type { Relation, TypedColumn } from "../../manifest/index.js";
import type { TableWriter, Value } from "../adapter.js";
import type { DriverError } from "./errors.js";
import { loadData, rowsToFile } from "./row-text.js";
import { interrupted, type MySqlSession, type Outcome } from "./session.js";

/** Bytes that are made at once, about: one packet. */
const PACKET = 256 * 1024;
/** Rows that are made into bytes at once, at most: rows that wait longer are copied by the garbage collector. */
const MOST_ROWS = 512;
/** Bytes that may wait for the socket before `write` makes its caller wait. */
const BUFFERED = 2 * 1024 * 1024;

/** The server (or a proxy) does not allow LOAD DATA LOCAL. */
const REFUSED = new Set([1148, 2068, 3948, 4166]);

/** Bulk load by LOAD DATA LOCAL INFILE, the rows streamed as its file, in one transaction. */
export class LoadDataWriter implements TableWriter {
  readonly #encode: (rows: readonly (readonly Value[])[]) => Buffer;
  readonly #file: Readable;
  #rows: (readonly Value[])[] = [];
  /** How many rows make a packet, learnt from the last one. */
  #size = 64;
  #sent = 0;
  #wake: (() => void) | undefined;
  #settled = false;

  private constructor(
    private readonly session: MySqlSession,
    columns: readonly TypedColumn[],
    file: Readable,
    private readonly outcome: Promise<Outcome>,
    private readonly table: string,
  ) {
    this.#encode = rowsToFile(columns);
    this.#file = file;
    file.on("drained", () => this.#wake?.());
    const settle = () => {
      this.#settled = true;
      this.#wake?.();
    };
    outcome.then(settle, settle);
  }

  /** Starts the statement; null when the server refuses LOAD DATA LOCAL. The session has begun its transaction. */
  static async open(
    session: MySqlSession,
    relation: Relation,
    columns: readonly TypedColumn[],
  ): Promise<LoadDataWriter | null> {
    const file: Readable = new Readable({ highWaterMark: BUFFERED, read: () => void file.emit("drained") });
    let outcome!: Promise<Outcome>;
    try {
      await new Promise<void>((asked, failed) => {
        outcome = session.execute(loadData(relation, columns), () => {
          asked();
          return file;
        });
        // Errors before the server asks for the file end here, later ones at `end`.
        outcome.then(() => asked(), failed);
      });
    } catch (error) {
      const cause = (error as SlaError).cause as DriverError | undefined;
      if (cause?.errno !== undefined && REFUSED.has(cause.errno)) return null;
      throw error;
    }
    return new LoadDataWriter(session, columns, file, outcome, `${relation.schema}.${relation.identifier}`);
  }

  async write(rows: readonly (readonly Value[])[]): Promise<void> {
    for (const row of rows) {
      this.#rows.push(row);
      if (this.#rows.length >= this.#size) await this.#push();
    }
  }

  async end(): Promise<number> {
    try {
      if (this.#rows.length > 0) await this.#push();
      this.#file.push(null);
      const outcome = await this.outcome;
      if (outcome.warningStatus > 0 || outcome.affectedRows !== this.#sent)
        throw await this.#complaint(outcome);
      await this.session.commit();
      return outcome.affectedRows;
    } catch (error) {
      await this.abort();
      throw error;
    }
  }

  async abort(): Promise<void> {
    this.#rows = [];
    if (!this.#settled && !this.#file.readableEnded) this.#file.push(null);
    await this.outcome.catch(() => {});
    await this.session.rollback();
  }

  /** Hands a packet to the stream and waits while too much is on its way. */
  async #push(): Promise<void> {
    const bytes = this.#encode(this.#rows);
    const rows = this.#rows.length;
    this.#sent += rows;
    this.#rows = [];
    this.#size = Math.min(Math.max(Math.round((PACKET / bytes.length) * rows), 1), MOST_ROWS);
    if (this.#settled) await this.outcome;
    if (this.session.cancelled) throw interrupted();
    if (this.#file.push(bytes)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
    if (this.session.cancelled) throw interrupted();
  }

  /** LOAD DATA LOCAL turns bad rows into warnings and skips duplicates: to us, both are errors. */
  async #complaint(outcome: Outcome): Promise<SlaError> {
    const warnings = await this.session.values("SHOW WARNINGS LIMIT 3");
    const said = warnings.map(([, , message]) => String(message));
    const skipped = this.#sent - outcome.affectedRows;
    const what =
      said.length > 0 ? said.join("; ") : `${skipped} of ${this.#sent} rows were skipped as duplicates`;
    return new SlaError({
      code: "SLA503",
      message: `rows do not fit ${this.table}: ${what}${outcome.warningStatus > said.length && said.length > 0 ? `; ${outcome.warningStatus} complaints in all` : ""}`,
      hint: "Correct the rows or the types and keys of the table; nothing was loaded.",
    });
  }
}
