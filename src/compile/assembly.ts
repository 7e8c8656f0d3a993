import { type Location, SlaError, SlaErrors } from "../errors/index.js";
import type {
  Dashboard,
  ExposureNode,
  MacroNode,
  MetricNode,
  ModelNode,
  NodeConfig,
  ProcedureNode,
  RelationalNode,
  SeedNode,
  SourceNode,
  TestEntry,
  TestNode,
} from "../manifest/index.js";
import type { ConfigLayer, Project, SourceFile } from "../project/index.js";
import type { GenericTestShape } from "./generic-tests.js";
import type { SqlMacro } from "./macro-file.js";
import type { MacroScope } from "./macro-scope.js";
import type { ReferenceLookup } from "./reference-lookup.js";
import type { MacroUse, VarUse } from "./template-facts.js";

/** A macro by name: its node, and for a SQL one what its template says. */
export interface Macro {
  node: MacroNode;
  sql: SqlMacro | null;
  parameters: readonly { name: string; required: boolean }[];
}

/** What a node's template uses beside refs and sources, until it is resolved. */
export interface Uses {
  macros: readonly MacroUse[];
  vars: readonly VarUse[];
}

/** A generic test that the project defines: what it takes, and the call of its template. */
export interface OwnTest {
  shape: GenericTestShape;
  use: MacroUse;
}

/** A place where tests are declared: a node, or one of its columns. */
export interface TestSite {
  target: RelationalNode;
  column: string | null;
  columnTags: readonly string[];
  entries: readonly TestEntry[];
  /** The file, below the project. */
  path: string;
  /** The folders of that file below its resource folder. */
  folders: readonly string[];
  /** Where something in the list of entries stands. */
  locate(path: readonly (string | number)[], what?: "key" | "value"): Location;
}

/** What the packages of a project have in common while they are read. */
export interface Together {
  /** The project itself, then its packages. */
  packages: readonly Assembly[];
  /** Known when the macros of all of them are. */
  macros: MacroScope<Macro>;
  /** Known when all that can be referred to is. */
  lookup: ReferenceLookup;
}

/** A manifest in the making, for the project or one of its packages: nodes are added kind by kind, then their references are resolved. */
export interface Assembly {
  readonly project: Project;
  readonly together: Together;
  readonly files: readonly SourceFile[];
  readonly errors: SlaError[];
  readonly warnings: SlaError[];
  readonly macros: Map<string, Macro>;
  readonly models: ModelNode[];
  readonly seeds: SeedNode[];
  readonly procedures: ProcedureNode[];
  readonly sources: SourceNode[];
  readonly tests: TestNode[];
  readonly metrics: MetricNode[];
  readonly exposures: ExposureNode[];
  readonly dashboards: Dashboard[];
  /** The project's own generic tests, by name. */
  readonly genericTests: Map<string, OwnTest>;
  /** Tests that TypeScript models declare. */
  readonly declaredTests: TestSite[];
  /** What the templates' own config came to. */
  readonly templateLayers: ConfigLayer[];
  /** Where each generic test is declared. */
  readonly declaredAt: Map<TestNode, { site: TestSite; at: number }>;
  /** The config of tests that have none of their own. */
  readonly sharedTestConfig: { value: NodeConfig | null };
  /** By unique id. */
  readonly uses: Map<string, Uses>;
}

/** Runs one step of parsing; what it throws on purpose is collected, and the others go on. */
export function collect<T>(errors: SlaError[], step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    keep(errors, error);
    return undefined;
  }
}

/** The same for a step that takes time. */
export async function collectAsync<T>(errors: SlaError[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step();
  } catch (error) {
    keep(errors, error);
    return undefined;
  }
}

function keep(errors: SlaError[], error: unknown): void {
  if (error instanceof SlaErrors) errors.push(...error.errors);
  else if (error instanceof SlaError) errors.push(error);
  else throw error;
}

/** The files of some resource folders that end like this. */
export function filesOf(assembly: Assembly, roots: readonly string[], ending: RegExp): SourceFile[] {
  return assembly.files.filter((file) => roots.includes(file.root) && ending.test(file.path));
}

/** The folders of a file below its resource folder. */
export function foldersOf({ path, root }: { path: string; root: string }): string[] {
  return path
    .slice(root.length + 1)
    .split("/")
    .slice(0, -1);
}

/** Name, path below its resource folder and fqn of a file that is a node. */
export function identify(
  file: SourceFile,
  packageName: string,
  name?: string,
): { name: string; path: string; fqn: string[] } {
  const path = file.path.slice(file.root.length + 1);
  const folders = path.split("/").slice(0, -1);
  const stem = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return { name: name ?? stem, path, fqn: [packageName, ...folders, name ?? stem] };
}

/** Something of this name: of the package that asks, else the project's, else the only one there is. */
export function findNamed<T extends { name: string; package_name: string }>(
  { together, project }: Assembly,
  list: (assembly: Assembly) => readonly T[],
  name: string,
): T | undefined {
  const found = together.packages.flatMap((one) => list(one).filter((node) => node.name === name));
  const of = (owner: string) => found.find((node) => node.package_name === owner);
  return (
    of(project.name) ?? of(together.packages[0]!.project.name) ?? (found.length === 1 ? found[0] : undefined)
  );
}

/** Where a test is declared in a properties file; undefined for one that is a file itself. */
export function declarationOf(assembly: Assembly, node: TestNode): Location | undefined {
  const declared = assembly.declaredAt.get(node);
  return declared?.site.locate([declared.at]);
}
