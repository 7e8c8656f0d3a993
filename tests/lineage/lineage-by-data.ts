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

/** What became of a model when columns of one input were changed. */
export interface Trial {
  model: string;
  input: string;
  columns: string[];
  /** Columns that must be as they were by the lineage. */
  independent: string[];
  /** Those of them that are not. */
  contradicted: string[];
  /** Columns that are made of the columns' values, and whether they have changed. */
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
      const used = usedColumns(lineage, model, parent);
      const names = this.lineage.nodes[parent]!.columns.map((column) => column.name);
      // What nothing is made of is changed all at once: nothing may change.
      const idle = names.filter((column) => !used.has(column.toLowerCase()));
      const groups = [
        ...(idle.length > 0 ? [idle] : []),
        ...names.filter((one) => !idle.includes(one)).map((one) => [one]),
      ];
      for (const columns of groups) trials.push(await this.#trial(model, node, columns, sql, lineage));
    }
    return trials;
  }

  async #trial(
    model: ModelNode,
    input: RelationalNode,
    changed: readonly string[],
    sql: string,
    lineage: ColumnLineage,
  ): Promise<Trial> {
    const { columns, rows } = lineage.nodes[model.unique_id]!;
    const isInput = (one: { node: string; column: string }) =>
      one.node === input.unique_id && changed.some((name) => name.toLowerCase() === one.column.toLowerCase());
    const independent = rows.some(isInput)
      ? []
      : columns.filter(({ inputs }) => !inputs.some(isInput)).map((one) => one.name);
    const direct = columns
      .filter(({ inputs }) => inputs.some((one) => isInput(one) && one.type === "DIRECT"))
      .map((one) => ({ column: one.name, changed: false }));
    const contradicted = new Set<string>();
    const values = changed.map(quote).map((name) => `(SELECT MIN(${name}) FROM ${CHANGED}.whole) AS ${name}`);
    await this.#put(input, `* REPLACE (${values.join(", ")})`);
    await this.#run(`CREATE OR REPLACE TABLE ${CHANGED}.after AS ${sql}`);
    // Together: a row keeps what is independent side by side.
    if (independent.length > 0 && (await this.#differ(independent)))
      for (const name of independent) if (await this.#differ([name])) contradicted.add(name);
    for (const claim of direct) claim.changed = await this.#differ([claim.column]);
    return {
      model: model.name,
      input: input.name,
      columns: [...changed],
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

/** The columns of a parent that a model is made of, in lower case. */
function usedColumns(lineage: ColumnLineage, model: ModelNode, parent: string): Set<string> {
  const { columns, rows } = lineage.nodes[model.unique_id]!;
  const inputs = [...rows, ...columns.flatMap((column) => column.inputs)];
  return new Set(inputs.filter(({ node }) => node === parent).map(({ column }) => column.toLowerCase()));
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function name(schema: string, identifier: string): string {
  return `${quote(schema)}.${quote(identifier)}`;
}
