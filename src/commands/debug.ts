import { openAdapter } from "../adapters/index.js";
import { parseManifest } from "../compile/index.js";
import { type SlaError, toSlaErrors } from "../errors/index.js";
import { slaVersion } from "../manifest/index.js";
import { loadProject, type TargetConfig } from "../project/index.js";
import type { CommandOptions, Effects } from "./invocation.js";

/** One thing that was looked at. */
export interface Check {
  what: string;
  found: string;
  error: SlaError | null;
}

/** `sla debug`: what sla sees of project, target and engine. Secrets are not among it. */
export async function debug(options: CommandOptions, effects: Effects): Promise<Check[]> {
  const checks: Check[] = [
    { what: "sla", found: slaVersion(), error: null },
    { what: "node", found: process.version, error: null },
  ];
  const check = async <T>(
    what: string,
    look: () => Promise<{ value: T; found: string }>,
  ): Promise<T | undefined> => {
    try {
      const { value, found } = await look();
      checks.push({ what, found, error: null });
      return value;
    } catch (thrown) {
      for (const error of toSlaErrors(thrown)) checks.push({ what, found: error.message, error });
      return undefined;
    }
  };

  const project = await check("project", async () => {
    const value = await loadProject({
      projectDir: options.projectDir,
      ...(options.target === undefined ? {} : { target: options.target }),
      ...(options.vars === undefined ? {} : { vars: options.vars }),
      env: effects.env,
      requireTarget: true,
    });
    return { value, found: `${value.name} ${value.version}` };
  });
  if (project === undefined) return checks;
  checks.push({
    what: "target",
    found: `${project.target.name}: ${describeTarget(project.target)}`,
    error: null,
  });
  await check("nodes", async () => {
    const { manifest } = await parseManifest(project);
    return {
      value: manifest,
      found: `${Object.keys(manifest.nodes).length} nodes, ${Object.keys(manifest.sources).length} sources`,
    };
  });
  const adapter = await check("connection", async () => {
    const value = await openAdapter(project.target, { cacheDir: `${project.targetPath}/cache` });
    return { value, found: value.version };
  });
  if (adapter === undefined) return checks;
  try {
    await check("query", async () => {
      const connection = await adapter.acquire();
      try {
        const [row] = await connection.query("SELECT 1 AS one");
        return { value: row, found: "SELECT 1 answers" };
      } finally {
        await connection.release();
      }
    });
    await check("schema", async () => {
      const found = (await adapter.introspector.schemas()).some(
        (name) => name.toLowerCase() === project.target.schema.toLowerCase(),
      );
      return {
        value: found,
        found: `${project.target.schema} ${found ? "exists" : "will be created by the first run"}`,
      };
    });
  } finally {
    await adapter.close();
  }
  return checks;
}

/** A target in words, without its password. */
export function describeTarget(target: TargetConfig): string {
  return target.type === "duckdb"
    ? `duckdb ${target.path}, schema ${target.schema}, ${target.threads} threads`
    : `mysql ${target.user}@${target.host}:${target.port}, schema ${target.schema}, ${target.threads} threads${target.ssl ? ", TLS" : ""}`;
}
