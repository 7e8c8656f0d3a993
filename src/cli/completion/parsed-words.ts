import { parseManifest } from "../../compile/index.js";
import { type ProcedureParameter, resourceKind } from "../../manifest/index.js";
import { BUILT_IN_TARGETS, loadProject, readProjectYml, readSelectorsYml } from "../../project/index.js";
import type { ProjectWords } from "./candidate.js";

/** Parses the project, without a target to connect to, and takes out of it what may be completed. */
export async function parsedWords(
  projectDir: string,
  env: NodeJS.ProcessEnv,
): Promise<{ roots: string[]; words: ProjectWords }> {
  const project = await loadProject({ projectDir, env, requireTarget: false });
  const { manifest } = await parseManifest(project);
  const nodes = Object.values(manifest.nodes);
  const sources = Object.values(manifest.sources);
  const all = [...nodes, ...sources];
  const exposures = Object.values(manifest.exposures).map(({ name }) => name);
  const metrics = Object.values(manifest.metrics).map(({ name }) => name);
  const files = all.map(({ original_file_path }) => original_file_path);
  const tests = nodes.filter((node) => node.resource_type === "test");
  const columns: Record<string, string[]> = {};
  for (const node of all) {
    const declared = Object.keys((node as { columns?: object }).columns ?? {});
    const name = node.resource_type === "source" ? `${node.source_name}.${node.name}` : node.name;
    if (declared.length > 0) columns[name] = declared;
  }
  const words: ProjectWords = {
    nodes: nodes.map((node) => ({ name: node.name, type: resourceKind(node) })),
    targets: unique([
      ...Object.keys(readProjectYml(project.file, [])?.targets ?? {}),
      ...Object.keys(BUILT_IN_TARGETS),
    ]),
    values: {
      tag: unique(all.flatMap(({ tags }) => tags)),
      path: unique(files.flatMap((file) => [file, ...folders(file)])),
      file: unique(files.map((file) => file.slice(file.lastIndexOf("/") + 1))),
      fqn: unique(nodes.map(({ fqn }) => fqn.join("."))),
      source: unique(sources.flatMap(({ source_name, name }) => [source_name, `${source_name}.${name}`])),
      package: unique(["this", ...all.map(({ package_name }) => package_name)]),
      exposure: unique(exposures),
      metric: unique(metrics),
      test_name: unique(tests.flatMap(({ test_metadata }) => test_metadata?.name ?? [])),
      unit_test: unique(tests.filter(({ test_type }) => test_type === "unit").map(({ name }) => name)),
      group: unique(
        all.flatMap(({ config }) => {
          const { group } = config as { group?: unknown };
          return typeof group === "string" ? [group] : [];
        }),
      ),
      selector: (readSelectorsYml(project.dir)?.selectors ?? []).map(({ name }) => name),
    },
    columns,
    procedures: Object.fromEntries(
      nodes.flatMap((node) =>
        node.resource_type === "procedure" ? [[node.name, node.parameters.map(parameter)]] : [],
      ),
    ),
  };
  return { roots: unique(Object.values(project.paths).flat()), words };
}

function parameter({ name, type, description }: ProcedureParameter): { name: string; about: string } {
  return { name, about: [type, description].filter((part) => part !== "").join(": ") };
}

function folders(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
