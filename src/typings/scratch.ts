import { type Adapter, type Connection, openAdapter } from "../adapters/index.js";
import { type Compiler, createCompiler } from "../compile/index.js";
import type { Manifest, ModelNode, Relation, TypedColumn } from "../manifest/index.js";
import type { Project } from "../project/index.js";

/**
 * An embedded engine in memory with the tables of a project, all of them empty: it tells the types of queries without a warehouse, and so
 * the same on every machine.
 */
export class Scratch {
  readonly #adapter: Adapter;
  readonly #connection: Connection;
  readonly #compiler: Compiler;
  readonly #schemas = new Set<string>();

  private constructor(adapter: Adapter, connection: Connection, compiler: Compiler) {
    this.#adapter = adapter;
    this.#connection = connection;
    this.#compiler = compiler;
  }

  static async open(project: Project, manifest: Manifest, runStartedAt: Date): Promise<Scratch> {
    const { schema } = project.target;
    const target = {
      name: "types",
      type: "duckdb",
      path: ":memory:",
      schema,
      threads: 1,
      settings: {},
    } as const;
    const compiler = createCompiler({ ...project, target }, manifest, {
      relation: (node) => ({ schema: node.schema, identifier: node.alias }),
      isIncremental: () => false,
      runStartedAt,
    });
    const adapter = await openAdapter(target, { cacheDir: `${project.targetPath}/cache` });
    return new Scratch(adapter, await adapter.acquire(), compiler);
  }

  /** The columns of a model's query. */
  async describe(node: ModelNode): Promise<TypedColumn[]> {
    return this.#connection.describe(await this.#adapter.translate(this.#compiler.compile(node).code));
  }

  /** Makes an empty table, which later queries read. */
  async create(relation: Relation, columns: readonly TypedColumn[]): Promise<void> {
    const { dialect } = this.#adapter;
    if (columns.length === 0) return;
    if (!this.#schemas.has(relation.schema))
      await this.#connection.execute(dialect.createSchema(relation.schema));
    this.#schemas.add(relation.schema);
    const table = { relation, columns, primaryKey: [], indexes: [], description: "" };
    for (const sql of dialect.createTable(table)) await this.#connection.execute(sql);
  }

  async close(): Promise<void> {
    await this.#connection.release();
    await this.#adapter.close();
  }
}
