import { SlaError } from "../../errors/index.js";
import type { Relation, TypedColumn } from "../../manifest/index.js";
import type { TableWriter, Value } from "../adapter.js";
import { insertInto, rowToTuple } from "./row-text.js";
import { interrupted, type MySqlSession } from "./session.js";

/** Larger statements are no faster and cost memory on both sides. */
const MAX_STATEMENT = 1024 * 1024;

/** Bulk load where LOAD DATA LOCAL is turned off: INSERTs of many rows, as large as the server takes, in one transaction. */
export class InsertWriter implements TableWriter {
  readonly #head: string;
  readonly #tuple: (row: readonly Value[]) => string;
  #tuples: string[] = [];
  #bytes = 0;
  #sent = 0;
  #taken = 0;

  /** The session has begun its transaction. */
  constructor(
    private readonly session: MySqlSession,
    relation: Relation,
    columns: readonly TypedColumn[],
    maxPacket: number,
  ) {
    this.#head = insertInto(relation, columns);
    this.#tuple = rowToTuple(columns);
    this.limit = Math.min(MAX_STATEMENT, maxPacket - 1024) - Buffer.byteLength(this.#head);
  }

  private readonly limit: number;

  async write(rows: readonly (readonly Value[])[]): Promise<void> {
    for (const row of rows) {
      const tuple = this.#tuple(row);
      const bytes = Buffer.byteLength(tuple) + 2;
      if (this.#bytes + bytes > this.limit) await this.#flush();
      this.#tuples.push(tuple);
      this.#bytes += bytes;
    }
  }

  async end(): Promise<number> {
    try {
      await this.#flush();
    } catch (error) {
      await this.abort();
      throw error;
    }
    await this.session.commit();
    return this.#taken;
  }

  async abort(): Promise<void> {
    this.#tuples = [];
    this.#bytes = 0;
    await this.session.rollback();
  }

  async #flush(): Promise<void> {
    if (this.session.cancelled) throw interrupted();
    const count = this.#tuples.length;
    if (count === 0) return;
    const sql = this.#head + this.#tuples.join(",\n");
    this.#tuples = [];
    this.#bytes = 0;
    try {
      this.#taken += (await this.session.execute(sql)).affectedRows;
    } catch (error) {
      throw inRow(error, this.#sent);
    }
    this.#sent += count;
  }
}

/** The server counts rows within its statement; the user counts them from the first. */
function inRow(error: unknown, before: number): unknown {
  if (!(error instanceof SlaError)) return error;
  const { code, hint, cause } = error;
  const message = error.message.replace(/at row (\d+)/, (_, row) => `at row ${before + Number(row)}`);
  return new SlaError({ code, message, hint, cause });
}
