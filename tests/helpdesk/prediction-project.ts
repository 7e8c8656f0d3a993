import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Row } from "../../src/manifest/index.js";
import { onEngine, Warehouse } from "../examples/example-project.js";
import { type CliResult, sla } from "../functional/cli.js";
import { ENGINES, type Engine, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "./helpdesk-copy.js";

/** The tables of the prediction. */
export const PREDICTED = [
  "breach_model",
  "breach_model_metrics",
  "breach_model_calibration",
  "breach_scores",
] as const;

/** The embedded engine. */
export const DUCKDB = ENGINES.find((engine) => engine.type === "duckdb")!;

/** A copy of the helpdesk with the prediction built in it, and nothing that does not lead there. */
export class PredictionProject {
  readonly dir = copyHelpdesk();
  readonly #schema: string;

  private constructor(
    private readonly engine: Engine,
    private readonly vars: object,
  ) {
    this.#schema =
      engine.type === "duckdb"
        ? "sla"
        : schemaName(`predict_${engine.name}_${Object.values(vars).join("_")}`);
  }

  /** Seeds, then builds what leads to the prediction, and it; `change` may change the copy before. */
  static async build(
    engine: Engine,
    vars: object = {},
    change: (dir: string) => void = () => {},
  ): Promise<PredictionProject> {
    const project = new PredictionProject(engine, vars);
    change(project.dir);
    await project.succeed(["seed"]);
    await project.succeed(["run", "--select", "+path:models/prediction"]);
    return project;
  }

  run(args: readonly string[], more: object = {}): Promise<CliResult> {
    const { args: target, env } = onEngine(this.engine, this.#schema);
    const vars = JSON.stringify({ ...this.vars, ...more });
    return sla(this.dir, [...args, ...target, "--vars", vars], { env });
  }

  async succeed(args: readonly string[], more: object = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, more);
    expect(code, stdout + stderr).toBe(0);
    return stdout;
  }

  /** The prediction once more, on what the facts are now. */
  predict(more: object = {}): Promise<string> {
    return this.succeed(["run", "--select", "path:models/prediction"], more);
  }

  /** Remembers a folder of the project; what it returns puts it back. */
  keep(path: string): () => void {
    const [folder, kept] = [join(this.dir, path), join(this.dir, "target", "kept", path)];
    cpSync(folder, kept, { recursive: true });
    return () => {
      rmSync(folder, { recursive: true });
      cpSync(kept, folder, { recursive: true });
    };
  }

  /** Looks into the warehouse; on DuckDB nobody else can meanwhile. */
  async open<T>(use: (warehouse: Warehouse) => Promise<T>): Promise<T> {
    const warehouse = await Warehouse.open(this.engine, this.#schema, join(this.dir, "warehouse.duckdb"));
    try {
      return await use(warehouse);
    } finally {
      await warehouse.close();
    }
  }

  /** The tables of the prediction, in an order of their own. */
  tables(): Promise<Record<(typeof PREDICTED)[number], Row[]>> {
    return this.open(async (warehouse) => {
      const tables: Record<string, Row[]> = {};
      for (const name of PREDICTED) tables[name] = await warehouse.rows(`analysis.${name}`);
      return tables as Record<(typeof PREDICTED)[number], Row[]>;
    });
  }

  /** Runs statements on the facts. */
  change(...statements: ((table: (name: string) => string) => string)[]): Promise<void> {
    return this.open(async (warehouse) => {
      for (const statement of statements) await warehouse.query(statement);
    });
  }
}
