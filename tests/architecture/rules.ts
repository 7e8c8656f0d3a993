import { importCycles } from "./import-cycles.js";
import type { Import, SourceFile } from "./source-tree.js";

/** A rule says what is wrong in a tree: one `path:line what` for each fault, none when the tree is good. */
export type Rule = (files: readonly SourceFile[]) => string[];

/** What users import. */
const TOP = "index.ts";

/** A floor imports only from the floors before it in this list. */
export const FLOORS = [
  "errors",
  "manifest",
  "project",
  "compile",
  "graph",
  "sql",
  "adapters",
  "materializations",
  "lineage",
  "state",
  "run",
  "quality",
  "artifacts",
  "reports",
  "docs",
  "typings",
  "commands",
  "api",
  "cli",
  TOP,
];

/** Packages that only one place may know, so that replacing one touches one place. */
const CONFINED: Record<string, string> = {
  mysql2: "adapters/mysql/",
  "@duckdb/node-api": "adapters/duckdb/",
  "@polyglot-sql/sdk": "sql/",
  handlebars: "compile/",
  yaml: "project/",
  "js-yaml": "project/",
  jiti: "project/",
  "csv-parse": "project/",
  "fastest-levenshtein": "errors/",
  "fast-xml-parser": "artifacts/xml",
  yargs: "cli/",
  "log-update": "cli/",
  picocolors: "cli/",
  preact: "docs/site/",
  "@preact/signals": "docs/site/",
  minisearch: "docs/site/",
  "markdown-it": "docs/site/",
  "highlight.js": "docs/site/",
  "@dagrejs/dagre": "docs/site/",
  fflate: "reports/tableau/",
  "libxml2-wasm": "reports/tableau/validate/",
};

/** What of `process` is a plain fact of the platform and no effect. */
const HARMLESS = new Set([
  "process.platform",
  "process.arch",
  "process.version",
  "process.versions",
  "process.pid",
]);

const MOST_LINES = 300;
const USUAL_LINES = 250;
/** How many files may be longer than usual: "most files are under 250 lines" as a figure. */
const LONG_SHARE = 0.05;

/** Files that are long for a reason; one that shrinks must leave the list. */
export const LONG_FILES: Record<string, string> = {};

/** What belongs to the project beside the framework, never inside it. */
const PROJECT_WORDS = /\b\w*(helpdesk|ticket|breach|servicenow|faker)\w*/i;

const EMPTY_NAMES = new Set(["types", "common", "shared", "misc", "constants", "interfaces"]);
const EMPTY_WORDS = new Set(["util", "utils", "helper", "helpers", "manager"]);

const floorOf = (path: string) => path.split("/")[0]!;
const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

function eachImport(
  files: readonly SourceFile[],
  fault: (file: SourceFile, found: Import) => string | undefined,
) {
  return files.flatMap((file) =>
    file.imports.flatMap((found) => {
      const message = fault(file, found);
      return message === undefined ? [] : [`${file.path}:${found.line} ${message}`];
    }),
  );
}

/** Imports go up the list of floors only; nothing leaves the tree. */
export const layers: Rule = (files) => [
  ...files
    .filter(({ path }) => !FLOORS.includes(floorOf(path)))
    .map(({ path }) => `${path}:1 "${floorOf(path)}" is not a floor`),
  ...eachImport(files, (file, { target }) => {
    if (target === null) return undefined;
    if (target.startsWith("../")) return `imports "${target}" outside of the tree`;
    const from = FLOORS.indexOf(floorOf(file.path));
    const to = FLOORS.indexOf(floorOf(target));
    return to > from
      ? `floor "${floorOf(file.path)}" imports the lower floor "${floorOf(target)}"`
      : undefined;
  }),
];

/** No file reaches itself through imports, type imports included. */
export const cycles: Rule = (files) =>
  importCycles(files).map((cycle) => `${cycle[0]}:1 cycle ${cycle.join(" → ")}`);

/**
 * Another floor is entered through its index.ts. A lazy `import()` may name a file, to load that file alone, and so may
 * the top, so that `import "sla"` in a user's file loads next to nothing.
 */
export const doors: Rule = (files) =>
  eachImport(files, (file, { target, lazy }) => {
    if (target === null || lazy || file.path === TOP || floorOf(target) === floorOf(file.path))
      return undefined;
    return target === `${floorOf(target)}/index.ts`
      ? undefined
      : `enters "${floorOf(target)}" through ${target}`;
  });

/** Drivers and parsers are imported in one place each. */
export const confinement: Rule = (files) =>
  eachImport(files, (file, { specifier, target }) => {
    const place = target === null ? CONFINED[packageOf(specifier)] : undefined;
    return place && !file.path.startsWith(place)
      ? `imports "${specifier}", which is confined to ${place}`
      : undefined;
  });

/** Output, environment and exit are parameters everywhere but in the command line. */
export const effects: Rule = (files) =>
  files
    .filter(({ path }) => floorOf(path) !== "cli")
    .flatMap((file) => [
      ...file.effects
        .filter(({ name }) => !HARMLESS.has(name))
        .map(({ name, line }) => `${file.path}:${line} uses ${name}`),
      ...file.imports
        .filter(({ specifier }) => /^(node:)?(process|console)$/.test(specifier))
        .map(({ specifier, line }) => `${file.path}:${line} imports "${specifier}"`),
    ]);

/** File and folder names are kebab-case and say the concept. */
export const names: Rule = (files) =>
  files.flatMap(({ path }) => {
    const faults = path.split("/").flatMap((part) => {
      const name = part.replace(/\.tsx?$/, "");
      if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return [`"${part}" is not kebab-case`];
      if (EMPTY_NAMES.has(name) || name.split("-").some((word) => EMPTY_WORDS.has(word)))
        return [`"${part}" does not say what is inside`];
      return [];
    });
    return faults.map((fault) => `${path}:1 ${fault}`);
  });

/** Files are short. */
export const size =
  (allowed: Record<string, string> = {}): Rule =>
  (files) => {
    const long = files.filter(({ lines, path }) => lines > USUAL_LINES && !(path in allowed));
    const tooLong = files
      .filter(({ lines, path }) => lines > MOST_LINES && !(path in allowed))
      .map(({ path, lines }) => `${path}:1 has ${lines} lines, more than ${MOST_LINES}`);
    const needless = Object.keys(allowed)
      .filter((path) => !files.some((file) => file.path === path && file.lines > MOST_LINES))
      .map((path) => `${path}:1 is listed as a long file and is none`);
    const most = Math.max(1, Math.floor(files.length * LONG_SHARE));
    const tooMany =
      long.length > most
        ? [
            `${long.length} of ${files.length} files have more than ${USUAL_LINES} lines: ${long.map((f) => f.path).join(", ")}`,
          ]
        : [];
    return [...tooLong, ...needless, ...tooMany];
  };

/** Every exported symbol says in its doc comment what it is. */
export const documentation: Rule = (files) =>
  files.flatMap(({ path, undocumented }) =>
    undocumented.map(({ name, line }) => `${path}:${line} exports ${name} without a doc comment`),
  );

/** The framework knows nothing of the project it was made for; a comment may take an example from it. */
export const neutrality: Rule = (files) =>
  files.flatMap(({ path, code }) =>
    code.split("\n").flatMap((line, at) => {
      const word = PROJECT_WORDS.exec(line)?.[0];
      return word === undefined ? [] : [`${path}:${at + 1} says "${word}"`];
    }),
  );

/** What is bundled when the package is built: its libraries are needed then, not where the package is used. */
const BUNDLED = "docs/site/";

/** What runs is a declared dependency, not something another package happens to bring along. */
export const declared =
  (dependencies: readonly string[], development: readonly string[] = []): Rule =>
  (files) =>
    eachImport(files, (file, { specifier, target }) => {
      if (target !== null || specifier.startsWith("node:")) return undefined;
      const name = packageOf(specifier);
      const known = file.path.startsWith(BUNDLED) ? [...dependencies, ...development] : dependencies;
      return known.includes(name) ? undefined : `imports "${name}", which package.json does not declare`;
    });

/** A project reaches the framework by its package name, as a user's own project would. */
export const outsiders: Rule = (files) =>
  eachImport(files, (_, { target }) =>
    target !== null && /^(\.\.\/)*(src|dist)\//.test(target)
      ? `imports ${target}, which is inside the framework`
      : undefined,
  );
