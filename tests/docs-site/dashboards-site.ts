import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { openAdapter, type Row } from "../../src/adapters/index.js";
import { runCommand } from "../../src/commands/build.js";
import { generateDocs } from "../../src/commands/docs.js";
import { parseManifest } from "../../src/compile/index.js";
import type { RelationalNode } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";
import { ENGINES, engineEnvironment, engineTarget, schemaName } from "../harness/engines.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { effects, frontEnd } from "./site-project.js";

/** The site of the helpdesk, and its warehouse to compare it with. */
export interface HelpdeskSite {
  /** Address as a file. */
  file: string;
  folder: string;
  bytes: number;
  /** Seconds that writing it took of the processor. */
  seconds: number;
  /** Quoted and qualified name of a model. */
  table(name: string): string;
  query(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** Builds the helpdesk on DuckDB up to its marts and pictures, and writes its site. */
export async function helpdeskSite(): Promise<HelpdeskSite> {
  await frontEnd();
  const duckdb = ENGINES[0]!;
  const projectDir = copyHelpdesk();
  const schema = schemaName();
  const env = engineEnvironment(duckdb, schema);
  const options = { projectDir, target: "local" };
  const built = await runCommand(
    "build",
    {
      ...options,
      select: ["+path:models/marts", "+path:models/eda", "+path:models/prediction"],
      exclude: ["resource_type:test", "resource_type:unit_test"],
    },
    effects(env),
  );
  const failed = built.results.filter(({ status }) => status !== "success");
  if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join("\n"));
  const before = process.cpuUsage();
  const { folder, bytes } = await generateDocs(options, effects(env));
  const { user, system } = process.cpuUsage(before);
  const { manifest } = await parseManifest(await loadProject({ ...options, env }));
  const settings = engineTarget(duckdb, schema);
  const adapter = await openAdapter(
    settings.type === "duckdb" ? { ...settings, path: join(projectDir, "warehouse.duckdb") } : settings,
  );
  return {
    file: pathToFileURL(join(folder, "index.html")).href,
    folder,
    bytes,
    seconds: (user + system) / 1e6,
    table(name) {
      const node = manifest.nodes[`model.helpdesk.${name}`] as RelationalNode;
      return adapter.dialect.relation({ schema: node.schema, identifier: node.alias });
    },
    async query(sql) {
      const connection = await adapter.acquire();
      try {
        return await connection.query(sql);
      } finally {
        await connection.release();
      }
    },
    close: () => adapter.close(),
  };
}

/** The text of every file of a site, packed data unpacked, by path. */
export function siteTexts(file: string): Map<string, string> {
  const folder = dirname(fileURLToPath(file));
  const texts = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, "utf8");
    const pack = /^slaData\("[^"]+",null,"([^"]+)"\);\n$/.exec(text)?.[1];
    texts.set(
      path.slice(folder.length + 1),
      pack === undefined ? text : gunzipSync(Buffer.from(pack, "base64")).toString(),
    );
  }
  return texts;
}
