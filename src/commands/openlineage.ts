import { type Adapter, readCatalog } from "../adapters/index.js";
import type { JobNode, ReportedRun, RunReporter } from "../artifacts/index.js";
import { createCompiler } from "../compile/index.js";
import { toSlaErrors } from "../errors/index.js";
import { projectLineage } from "../lineage/index.js";
import { type ColumnLineage, type Manifest, type Relation, relationKey } from "../manifest/index.js";
import { hasSecrets, masked, projectRedaction } from "../project/index.js";
import { testSelect } from "../quality/index.js";
import type { BuildPlan, RunEvent } from "../run/index.js";
import type { BuildOptions } from "./build-options.js";
import type { Effects, Invocation } from "./invocation.js";
import { eventTimeOf } from "./sample.js";

/** What a command that runs nodes tells OpenLineage on its way, where option or environment ask for it. It never makes the command fail. */
export class LineageEvents {
  readonly #command: string;
  readonly #options: BuildOptions;
  readonly #effects: Effects;
  #reporter: RunReporter | null = null;
  #close: (() => Promise<string | null>) | null = null;
  #schemas: string[] = [];

  constructor(command: string, options: BuildOptions, effects: Effects) {
    this.#command = command;
    this.#options = options;
    this.#effects = effects;
  }

  /** The effects of the command: what the run has to say goes out as events, too. */
  get effects(): Effects {
    const emit = (event: RunEvent): void => {
      this.#effects.emit(event);
      this.#try(() => this.#reporter?.on(event));
    };
    return { ...this.#effects, emit };
  }

  /** Whether the run has to tell more than people see. */
  get wanted(): boolean {
    return this.#reporter !== null;
  }

  /** The plan stands, nothing has run yet. */
  async planned(invocation: Invocation, manifest: Manifest, plan: BuildPlan): Promise<void> {
    const { project, startedAt } = invocation;
    if (this.#options.openlineage === undefined && !project.env.OPENLINEAGE_URL) return;
    const { eventLine, openLineageSettings, openSink, RunReporter } = await import(
      "../artifacts/openlineage/index.js"
    );
    const { settings, problems } = openLineageSettings(this.#options.openlineage, project.env, project.dir);
    for (const problem of problems) this.#warn(problem);
    if (settings === null) return;
    const redact = projectRedaction(project);
    const sink = openSink(settings, project);
    this.#close = () => sink.close();
    this.#schemas = [...plan.schemas, ...plan.nodes.flatMap((node) => parentSchemas(node, manifest))];
    const run: ReportedRun = {
      project,
      manifest,
      command: this.#command,
      invocationId: invocation.id,
      startedAt,
      settings,
      lineage: await this.#lineage(invocation, plan),
      nominal: eventTimeOf(this.#options),
      sqlOf: sqlReader(invocation, manifest),
      clock: () => this.#effects.clock(),
    };
    this.#reporter = new RunReporter(run, (event) => sink.send(eventLine(event, redact)));
  }

  /** The warehouse is open: what stands in it is told of what the run reads. */
  async connected(adapter: Adapter, elsewhere: ((live: Relation) => Relation) | undefined): Promise<void> {
    if (this.#reporter === null) return;
    const found = await catalogOf(adapter, [...new Set(this.#schemas)]).catch(() => []);
    this.#reporter.connected({
      elsewhere: elsewhere ?? ((live) => live),
      found: new Map(found.map((relation) => [relationKey(relation), relation])),
    });
  }

  /** Runs the command to its end and sends what is left to be sent, whatever comes of it. */
  async around<T>(run: () => Promise<T>): Promise<T> {
    let error: Error | null = null;
    try {
      return await run();
    } catch (thrown) {
      error = toSlaErrors(thrown)[0] ?? (thrown as Error);
      throw thrown;
    } finally {
      this.#try(() => this.#reporter?.end(error, this.#effects.signal.aborted));
      const problem = (await this.#close?.()) ?? null;
      if (problem !== null) this.#warn(problem);
    }
  }

  async #lineage(
    { project, manifest, startedAt }: Invocation,
    plan: BuildPlan,
  ): Promise<ColumnLineage | null> {
    const of = plan.nodes
      .filter(({ resource_type }) => resource_type !== "test")
      .map(({ unique_id }) => unique_id);
    try {
      return await projectLineage(project, manifest, { runStartedAt: startedAt, of });
    } catch (error) {
      this.#warn(
        `OpenLineage events go without columnLineage, which could not be read: ${(error as Error).message}`,
      );
      return null;
    }
  }

  #try(send: () => void): void {
    try {
      send();
    } catch (error) {
      this.#reporter = null;
      this.#warn(`No more OpenLineage events are sent: ${(error as Error).message}`);
    }
  }

  #warn(message: string): void {
    this.#effects.emit({ type: "warning", at: this.#effects.clock(), message });
  }
}

/** The SQL of nodes on the relations that readers see, in MySQL's SQL as it is below `target/compiled`. */
function sqlReader({ project, startedAt }: Invocation, manifest: Manifest): (node: JobNode) => string | null {
  const compiler = createCompiler(hasSecrets(project) ? masked(project) : project, manifest, {
    relation: (node) => ({ schema: node.schema, identifier: node.alias }),
    isIncremental: () => false,
    runStartedAt: startedAt,
  });
  return (node) => {
    try {
      if (node.resource_type === "test")
        return node.test_type === "unit" ? null : testSelect(node, { manifest, compiler }).select;
      if (node.resource_type === "procedure") return compiler.compile(node).code;
      return node.resource_type === "seed" || node.language === "typescript"
        ? null
        : compiler.compile(node).code;
    } catch {
      return null; // what is wrong with it, the node's own error says
    }
  };
}

function parentSchemas(node: { depends_on: { nodes: string[] } }, manifest: Manifest): string[] {
  return node.depends_on.nodes.flatMap((id) => {
    const parent = manifest.nodes[id] ?? manifest.sources[id];
    return parent === undefined || parent.resource_type === "test" ? [] : [parent.schema];
  });
}

async function catalogOf(adapter: Adapter, schemas: readonly string[]) {
  const connection = await adapter.acquire();
  try {
    return await readCatalog(adapter.type, connection, schemas);
  } finally {
    await connection.release();
  }
}
