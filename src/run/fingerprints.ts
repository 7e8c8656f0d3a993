import { randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Compiler } from "../compile/index.js";
import type { Manifest, Node, SeedNode, SourceNode, TestNode } from "../manifest/index.js";
import { listFiles, type Project, projectOf, seederDefinition } from "../project/index.js";
import { digest, type Fingerprint, formatFingerprint } from "../state/index.js";
import { importedCode } from "./imported-code.js";

/** Everything that fingerprints of a project's nodes are made from. */
export interface FingerprintInput {
  project: Project;
  manifest: Manifest;
  /** A compiler with a fixed clock, on live relations: the same text for the same project. */
  compiler: Compiler;
  /** The SQL of a test, on live relations. */
  testSql(node: TestNode): string;
  /** Text that changes when a source's rows do, as far as that can be told. */
  sourceState(node: SourceNode): Promise<string | undefined>;
  /** Nodes that the run may build; others stand as the ledger has them. */
  planned: ReadonlySet<string>;
  /** Fingerprints of what is published. */
  published: ReadonlyMap<string, string>;
}

/** Fingerprints of nodes, given in dependency order. What cannot be known is new each time, so it counts as changed. */
export async function fingerprints(
  input: FingerprintInput,
  order: readonly string[],
): Promise<Map<string, string>> {
  const { manifest, published, planned } = input;
  const typescript = typescriptDigest(input.project);
  const found = new Map<string, string>();
  for (const id of order) {
    const node = manifest.nodes[id] ?? manifest.sources[id];
    if (node === undefined) continue;
    const standing = published.get(id);
    if (!planned.has(id) && node.resource_type !== "source" && standing !== undefined) {
      found.set(id, standing);
      continue;
    }
    const parents = node.depends_on.nodes.map((parent) => `${parent}=${found.get(parent) ?? randomUUID()}`);
    const fingerprint: Fingerprint = {
      code: await codeDigest(node, input, typescript),
      config: digest(
        JSON.stringify([node.config, node.columns, "alias" in node ? [node.schema, node.alias] : []]),
      ),
      parents: digest(...parents.sort()),
    };
    found.set(id, formatFingerprint(fingerprint));
  }
  return found;
}

async function codeDigest(node: Node, input: FingerprintInput, typescript: string): Promise<string> {
  switch (node.resource_type) {
    case "model":
    case "snapshot":
      return node.language === "sql"
        ? digest(input.compiler.compile(node).code)
        : digest(typescript, JSON.stringify(projectOf(input.project, node.package_name).vars));
    case "procedure":
      return digest(input.compiler.compile(node).code, JSON.stringify(node.tables));
    case "seed":
      return node.language === "csv" ? digest(node.checksum) : seederDigest(node, input.project, typescript);
    case "test":
      return digest(input.testSql(node), JSON.stringify(node.test_metadata));
    case "source":
      // A seeder's table changes only with the seeder, which is its parent.
      return digest(
        node.depends_on.nodes.length > 0 ? "" : ((await input.sourceState(node)) ?? randomUUID()),
      );
  }
}

/** A seeder's code, the variables it can read, and the files that it says it reads. */
async function seederDigest(node: SeedNode, project: Project, typescript: string): Promise<string> {
  const definition = await seederDefinition(project, node);
  const { vars, folder } = projectOf(project, node.package_name);
  const files =
    definition.inputs?.({ vars, projectDir: project.dir, packageDir: join(project.dir, folder) }) ?? [];
  const states = files.map((file) => {
    const found = statSync(resolve(project.dir, file), { throwIfNoEntry: false });
    return `${file}:${found === undefined ? randomUUID() : `${found.size}:${found.mtimeMs}`}`;
  });
  return digest(typescript, JSON.stringify(vars), ...states);
}

/** All TypeScript of the project and what it imports from elsewhere: a change of any counts for all that is made by TypeScript. */
function typescriptDigest(project: Project): string {
  const roots = [project, ...project.packages]
    .flatMap(({ paths }) => [...paths.models, ...paths.seeds, ...paths.macros])
    .filter((root) => existsSync(join(project.dir, root)));
  const files = listFiles(project.dir, roots).filter(({ path }) => path.endsWith(".ts"));
  const own = files.map(({ path }) => path);
  const elsewhere = [...importedCode(project.dir, own)].map(([path, text]) => `${path}:${digest(text)}`);
  return digest(...own.map((path) => `${path}:${project.cache.hash(path)}`).sort(), ...elsewhere.sort());
}
