import { setTimeout as sleep } from "node:timers/promises";
import type { Relation, TypedColumn } from "../../manifest/index.js";
import type { Connection, Row, Script, TableWriter, Value } from "../adapter.js";
import { bindParameters } from "./bind.js";
import { describeFields } from "./column-types.js";
import { isDeadlock } from "./errors.js";
import { InsertWriter } from "./insert-writer.js";
import { LoadDataWriter } from "./load-data-writer.js";
import type { RawRows } from "./row-stream.js";
import type { MySqlSession } from "./session.js";
import { valueReaders } from "./values.js";

/** Rows in one batch of `stream`. */
const BATCH = 1000;
const ATTEMPTS = 4;

/** What the adapter knows that its connections share. */
export interface SharedState {
  /** Set once a server has refused LOAD DATA LOCAL, so that it is not asked again. */
  noLocalInfile: boolean;
  maxPacket: number | undefined;
  retrying(message: string): void;
  kill(session: MySqlSession): Promise<void>;
  release(session: MySqlSession): Promise<void>;
}

/** A session of MySQL or MariaDB as the framework sees it. */
export class MySqlConnection implements Connection {
  constructor(
    private readonly session: MySqlSession,
    private readonly shared: SharedState,
  ) {}

  async execute(sql: string): Promise<{ rowsAffected: number | null }> {
    const { affectedRows } = await this.#retried(() => this.session.execute(sql));
    return { rowsAffected: affectedRows };
  }

  async run(script: Script): Promise<void> {
    if (!script.transaction) {
      for (const sql of script.statements) await this.#retried(() => this.session.execute(sql));
      return;
    }
    await this.#retried(async () => {
      await this.session.begin();
      try {
        for (const sql of script.statements) await this.session.execute(sql);
        await this.session.commit();
      } catch (error) {
        await this.session.rollback();
        throw error;
      }
    });
  }

  async query(sql: string, parameters: readonly Value[] = []): Promise<Row[]> {
    return toRows(await this.session.query(parameters.length > 0 ? bindParameters(sql, parameters) : sql));
  }

  async *stream(sql: string, parameters: readonly Value[] = []): AsyncGenerator<Row[]> {
    const bound = parameters.length > 0 ? bindParameters(sql, parameters) : sql;
    for await (const batch of this.session.stream(bound, BATCH, () => this.shared.kill(this.session))) {
      yield toRows(batch);
    }
  }

  async describe(sql: string): Promise<TypedColumn[]> {
    return describeFields(await this.session.prepare(sql));
  }

  async load(relation: Relation, columns: readonly TypedColumn[]): Promise<TableWriter> {
    await this.session.begin();
    try {
      return await this.#writer(relation, columns);
    } catch (error) {
      await this.session.rollback();
      throw error;
    }
  }

  async #writer(relation: Relation, columns: readonly TypedColumn[]): Promise<TableWriter> {
    if (!this.shared.noLocalInfile) {
      const writer = await LoadDataWriter.open(this.session, relation, columns);
      if (writer) return writer;
      this.shared.noLocalInfile = true;
    }
    this.shared.maxPacket ??= Number((await this.session.values("SELECT @@max_allowed_packet"))[0]![0]);
    return new InsertWriter(this.session, relation, columns, this.shared.maxPacket);
  }

  interrupt(): Promise<void> {
    return this.shared.kill(this.session);
  }

  release(): Promise<void> {
    return this.shared.release(this.session);
  }

  /** A deadlock has undone what it hit (statement or transaction), so the same again is safe. */
  async #retried<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (tries === ATTEMPTS || !isDeadlock(error)) throw error;
        this.shared.retrying(`${(error as Error).message}: attempt ${tries + 1} of ${ATTEMPTS}`);
        await sleep(20 * tries * (1 + Math.random()));
      }
    }
  }
}

function toRows({ rows, fields }: RawRows): Row[] {
  const readers = valueReaders(fields);
  const names = fields.map((field) => field.name);
  return rows.map((raw) => {
    const row: Row = {};
    for (let index = 0; index < names.length; index++) row[names[index]!] = readers[index]!(raw[index]);
    return row;
  });
}
