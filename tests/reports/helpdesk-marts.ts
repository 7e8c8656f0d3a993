import { join } from "node:path";
import { type Adapter, openAdapter, type Row } from "../../src/adapters/index.js";
import { runCommand } from "../../src/commands/index.js";
import { parseManifest } from "../../src/compile/index.js";
import type { Manifest, RelationalNode } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";
import {
  type DashboardData,
  type DashboardSpec,
  dashboardSpecs,
  extractDashboards,
} from "../../src/reports/index.js";
import { type Engine, engineEnvironment, engineTarget, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";

/** The helpdesk's marts on one engine, with what its dashboards are computed from. */
export interface HelpdeskMarts {
  manifest: Manifest;
  adapter: Adapter;
  specs: DashboardSpec[];
  data: DashboardData;
  /** Quoted and qualified name of a mart, or of another model of the project. */
  table(name: string): string;
  query(sql: string): Promise<Row[]>;
  extract(mostRows: number): Promise<DashboardData>;
  close(): Promise<void>;
}

/** Builds the helpdesk up to its marts, and fetches what its dashboards need. */
export async function helpdeskMarts(
  engine: Engine,
  vars: Record<string, unknown> = {},
): Promise<HelpdeskMarts> {
  const projectDir = copyHelpdesk();
  const schema = schemaName(`marts_${engine.name}`);
  const env = engineEnvironment(engine, schema);
  const target = engine.type === "duckdb" ? "local" : "mysql";
  const errors: string[] = [];
  await runCommand(
    "build",
    {
      projectDir,
      target,
      vars,
      select: ["+path:models/marts"],
      exclude: ["resource_type:test", "resource_type:unit_test"],
    },
    {
      env,
      clock: () => new Date(),
      emit: (event) => {
        if (event.type === "node_finished" && event.error !== null) errors.push(event.error.message);
      },
      signal: new AbortController().signal,
    },
  );
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const project = await loadProject({ projectDir, target, vars, env });
  const { manifest } = await parseManifest(project);
  const settings = engineTarget(engine, schema);
  const adapter = await openAdapter(
    settings.type === "duckdb" ? { ...settings, path: join(projectDir, "warehouse.duckdb") } : settings,
  );
  const relationOf = (node: RelationalNode) => ({ schema: node.schema, identifier: node.alias });
  const relation = (id: string) => relationOf(manifest.nodes[id] as RelationalNode);
  const specs = dashboardSpecs(manifest);
  return {
    manifest,
    adapter,
    specs,
    data: await extractDashboards(adapter, specs, { relation }),
    table: (name) => adapter.dialect.relation(relation(`model.helpdesk.${name}`)),
    async query(sql) {
      const connection = await adapter.acquire();
      try {
        return await connection.query(sql);
      } finally {
        await connection.release();
      }
    },
    extract: (mostRows) => extractDashboards(adapter, specs, { relation, mostRows }),
    close: () => adapter.close(),
  };
}
