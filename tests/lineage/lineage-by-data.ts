import { type Adapter, type Connection, openAdapter } from "../../src/adapters/index.js";
import { createCompiler, parseManifest } from "../../src/compile/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import {
  type ColumnLineage,
  getNode,
  type Manifest,
  type ModelNode,
  type RelationalNode,
} from "../../src/manifest/index.js";
import { loadProject, type Project } from "../../src/project/index.js";

const CHANGED = "lineage_changed";
const AT = new Date("2026-07-01T00:00:00Z");

/** What became of a model when one column of one input was changed. */
export interface Trial {
  model: string;
  input: string;
  column: string;
  /** Columns that must be as they were by the lineage. */
  independent: string[];
  /** Those of them that are not. */
  contradicted: string[];
  /** Columns that are made of the column's value, and whether they have changed. */
  direct: { column: string; changed: boolean }[];
}

/** A project that has been built into a DuckDB file, and experiments on its data. */
export class Experiment {
  private constructor(
    readonly project: Project,
    readonly manifest: Manifest,
    readonly lineage: ColumnLineage,
    private readonly adapter: Adapter,
    private readonly connection: Connection,
  ) {}

  static async open(projectDir: string, vars: Record<string, unknown> = {}): Promise<Experiment> {
    const project = await loadProject({ projectDir, vars, env: {}, target: "local", requireTarget: true });
    const { manifest } = await parseManifest(project);
    const lineage = await projectLineage(project, manifest, { runStartedAt: AT });
    // On one thread rows keep their order, and rows that tie in a window the same places.
    const target = { ...project.target, threads: 1, settings: { threads: "1" } } as Project["target"];
    const adapter = await openAdapter(target);
    const connection = await adapter.acquire();
    await connection.execute(`CREATE SCHEMA IF NOT EXISTS ${CHANGED}`);
    return new Experiment(project, manifest, lineage, adapter, connection);
  }

  async close(): Promise<void> {
    await this.connection.execute(`DROP SCHEMA ${CHANGED} CASCADE`);
    await this.connection.release();
    await this.adapter.close();
  }

  /** The SQL models that read something. */
  models(): ModelNode[] {
    return Object.values(this.manifest.nodes).filter(
      (node): node is ModelNode =>
        node.resource_type === "model" && node.language === "sql" && node.config.materialized !== "ephemeral",
    );
  }

  /** Gives every column of every input of a model one value in all rows, one column after the other. */
  async trials(model: ModelNode, lineage: ColumnLineage = this.lineage): Promise<Trial[]> {
    const trials: Trial[] = [];
    for (const parent of model.depends_on.nodes) {
      const node = getNode(this.manifest, parent) as RelationalNode;
      await this.#run(
        `CREATE OR REPLACE TABLE ${CHANGED}.whole AS SELECT * FROM ${name(node.schema, node.alias)}`,
      );
      await this.#put(node, "*");
      const sql = await this.#sql(model, node);
      await this.#run(`CREATE OR REPLACE TABLE ${CHANGED}.before AS ${sql}`);
      for (const { name: column } of this.lineage.nodes[parent]!.columns)
        trials.push(await this.#trial(model, node, column, sql, lineage));
    }
    return trials;
  }

  async #trial(
    model: ModelNode,
    input: RelationalNode,
    column: string,
    sql: string,
    lineage: ColumnLineage,
  ): Promise<Trial> {
    const { columns, rows } = lineage.nodes[model.unique_id]!;
    const isInput = (one: { node: string; column: string }) =>
      one.node === input.unique_id && one.column.toLowerCase() === column.toLowerCase();
    const independent = rows.some(isInput)
      ? []
      : columns.filter(({ inputs }) => !inputs.some(isInput)).map((one) => one.name);
    const direct = columns
      .filter(({ inputs }) => inputs.some((one) => isInput(one) && one.type === "DIRECT"))
      .map((one) => ({ column: one.name, changed: false }));
    const contradicted = new Set<string>();
    const one = quote(column);
    await this.#put(input, `* REPLACE ((SELECT MIN(${one}) FROM ${CHANGED}.whole) AS ${one})`);
    await this.#run(`CREATE OR REPLACE TABLE ${CHANGED}.after AS ${sql}`);
    // Together: a row keeps what is independent side by side.
    if (independent.length > 0 && (await this.#differ(independent)))
      for (const name of independent) if (await this.#differ([name])) contradicted.add(name);
    for (const claim of direct) claim.changed = await this.#differ([claim.column]);
    return {
      model: model.name,
      input: input.name,
      column,
      independent,
      contradicted: [...contradicted],
      direct,
    };
  }

  /** The input under its own name, changed. */
  #put(input: RelationalNode, select: string): Promise<void> {
    return this.#run(
      `CREATE OR REPLACE TABLE ${name(CHANGED, input.alias)} AS SELECT ${select} FROM ${CHANGED}.whole`,
    );
  }

  /** The model as DuckDB runs it, reading the changed input. */
  #sql(model: ModelNode, changed: RelationalNode): Promise<string> {
    const compiler = createCompiler(this.project, this.manifest, {
      relation: (node) =>
        node.unique_id === changed.unique_id
          ? { schema: CHANGED, identifier: node.alias }
          : { schema: node.schema, identifier: node.alias },
      isIncremental: () => false,
      runStartedAt: AT,
    });
    return this.adapter.translate(compiler.compile(model).code);
  }

  async #differ(columns: readonly string[]): Promise<boolean> {
    const list = columns.map(quote).join(", ");
    const rest = (left: string, right: string) =>
      `SELECT ${list} FROM ${CHANGED}.${left} EXCEPT ALL SELECT ${list} FROM ${CHANGED}.${right}`;
    const rows = await this.connection.query(
      `SELECT (SELECT COUNT(*) FROM (${rest("before", "after")})) + (SELECT COUNT(*) FROM (${rest("after", "before")})) AS n`,
    );
    return Number(rows[0]!.n) > 0;
  }

  #run(sql: string): Promise<void> {
    return this.connection.execute(sql).then(() => undefined);
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function name(schema: string, identifier: string): string {
  return `${quote(schema)}.${quote(identifier)}`;
}
