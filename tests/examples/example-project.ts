import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Adapter, openAdapter } from "../../src/adapters/index.js";
import type { Relation, Row } from "../../src/manifest/index.js";
import { type Engine, engineEnvironment, engineTarget, scratchFolder } from "../harness/engines.js";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** A copy of an example in a scratch folder, with the packages and the models of the helpdesk that it imports in reach. */
export function copyExample(name: string): string {
  const root = mkdtempSync(join(scratchFolder(), `${name}-`));
  const dir = join(root, "examples", name);
  const from = join(REPOSITORY, "examples", name);
  mkdirSync(dir, { recursive: true });
  cpSync(from, dir, {
    recursive: true,
    filter: (path) => !/^target\b|\.duckdb/.test(relative(from, path)),
  });
  for (const shared of ["node_modules", "models"]) {
    symlinkSync(join(REPOSITORY, shared), join(root, shared), "dir");
  }
  return dir;
}

/** How the command is told to build an example on an engine. */
export function onEngine(engine: Engine, schema: string): { args: string[]; env: Record<string, string> } {
  return {
    args: ["--target", engine.type === "duckdb" ? "local" : "mysql"],
    env: engineEnvironment(engine, schema),
  };
}

/** What an example has built, to be read without its command. */
export class Warehouse {
  private constructor(
    private readonly adapter: Adapter,
    private readonly schema: string,
  ) {}

  /** Opens the warehouse of an example; `schema` is its target's. */
  static async open(engine: Engine, schema: string, file: string): Promise<Warehouse> {
    const target = engineTarget(engine, schema);
    return new Warehouse(
      await openAdapter(target.type === "duckdb" ? { ...target, path: file } : target),
      schema,
    );
  }

  async query(sql: (table: (name: string) => string) => string): Promise<Row[]> {
    const connection = await this.adapter.acquire();
    try {
      return await connection.query(sql((name) => this.adapter.dialect.relation(this.relation(name))));
    } finally {
      await connection.release();
    }
  }

  /** Names of all tables and views but the ledger's, as `schema suffix.name`, and their columns. */
  async contents(): Promise<Record<string, string[]>> {
    const schemas = (await this.adapter.introspector.schemas()).filter(
      (name) => name === this.schema || name.startsWith(`${this.schema}_`),
    );
    const found: Record<string, string[]> = {};
    for (const relation of await this.adapter.introspector.relations(schemas)) {
      if (relation.identifier.startsWith("_sla_")) continue; // the ledger: when and by whom, not what
      const name = `${relation.schema.slice(this.schema.length + 1)}.${relation.identifier}`;
      const columns = await this.adapter.introspector.columns(relation);
      found[name.replace(/^\./, "")] = columns.map((column) => column.name);
    }
    return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** All rows of a table, in an order that no engine has a say in. */
  async rows(name: string): Promise<Row[]> {
    const rows = await this.query((table) => `SELECT * FROM ${table(name)}`);
    const keyed = rows.map((row) => [JSON.stringify(row), row] as const);
    return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }

  /** Number and sum of hashes of all rows: the same for the same rows in any order, in bounded memory. */
  async digest(name: string): Promise<string> {
    const connection = await this.adapter.acquire();
    let count = 0;
    let sum = 0n;
    try {
      const select = `SELECT * FROM ${this.adapter.dialect.relation(this.relation(name))}`;
      for await (const batch of connection.stream(select)) {
        count += batch.length;
        for (const row of batch) {
          sum += createHash("sha256").update(JSON.stringify(row)).digest().readBigUInt64BE();
        }
      }
    } finally {
      await connection.release();
    }
    return `${count} rows, ${BigInt.asUintN(64, sum).toString(16)}`;
  }

  close(): Promise<void> {
    return this.adapter.close();
  }

  /** `staging.stg_incidents` → the relation in the target's schema with that suffix. */
  private relation(name: string): Relation {
    const [identifier, suffix] = name.split(".").reverse() as [string, string?];
    return { schema: suffix === undefined ? this.schema : `${this.schema}_${suffix}`, identifier };
  }
}
