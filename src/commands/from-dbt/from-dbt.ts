import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname, join, sep } from "node:path";
import { SlaError } from "../../errors/index.js";
import type { ResourceType } from "../../manifest/index.js";
import { writeYaml } from "../../project/index.js";
import { type Initialized, packageJson, templateText, writeNew } from "../init/init.js";
import { ownPackage } from "../init/own-package.js";
import { checkConverted } from "./check-converted.js";
import { docsBlocks } from "./docs-blocks.js";
import { type Finding, Findings } from "./findings.js";
import { JinjaProblem } from "./jinja-expression.js";
import { parseJinja } from "./jinja-template.js";
import { convertMacros } from "./macro-files.js";
import { migrationReport } from "./migration-report.js";
import { listPackages } from "./package-list.js";
import { convertProfile } from "./profile-file.js";
import { convertProject, type DbtProject, readDbtProject } from "./project-file.js";
import { convertProperties } from "./properties-file.js";
import { convertTemplate, type DbtFile, type Shared } from "./template-file.js";
import { disabled, withoutModels } from "./waiting.js";

/** What `sla init --from-dbt` is told. */
export interface FromDbtOptions {
  /** The folder of the dbt project. */
  dbtDir: string;
  /** The folder of the new one. */
  dir: string;
  force: boolean;
}

/** What was made of a dbt project. */
export interface Migrated extends Initialized {
  /** How many of each kind were taken over, and how many there were. */
  counts: { kind: string; taken: number; of: number }[];
  todo: Finding[];
  check: Finding[];
}

const SKIPPED = new Set([
  "dbt_packages",
  "dbt_modules",
  "target",
  "logs",
  "node_modules",
  ".git",
  "venv",
  ".venv",
]);
/** Where the originals of what was not taken over are kept. */
export const LEFT = "not-taken-over";

/** Takes a dbt project over. What cannot be is listed, with file and line, and left out rather than guessed. */
export async function fromDbt({ dbtDir, dir, force }: FromDbtOptions): Promise<Migrated> {
  const files = readAll(dbtDir);
  const projectFile = files.get("dbt_project.yml");
  if (projectFile === undefined) {
    throw new SlaError({
      code: "SLA101",
      message: "there is no dbt_project.yml in the folder of --from-dbt",
      hint: "Name the folder that holds it.",
    });
  }
  const project = readDbtProject(projectFile);
  const framework = ownPackage(dir);
  const converted = convert(project, files);
  const { written, findings } = converted;
  written.set(".gitignore", templateText("_gitignore"));
  written.set(".env.example", templateText("_env.example").replaceAll("PROJECT_NAME", project.name));
  written.set("tsconfig.json", templateText("tsconfig.json"));
  written.set("package.json", packageJson(project.name, framework));
  const report = (): string =>
    migrationReport(project.name, converted.counts, findings.of("todo"), findings.of("check"));
  written.set("MIGRATION.md", report());
  const created = writeNew(dir, written, force);
  await checkConverted(dir, findings);
  writeNew(dir, new Map([["MIGRATION.md", report()]]), true);
  return {
    name: project.name,
    created,
    framework,
    counts: converted.counts,
    todo: findings.of("todo"),
    check: findings.of("check"),
  };
}

interface Converted {
  written: Map<string, string>;
  findings: Findings;
  counts: Migrated["counts"];
}

function convert(project: DbtProject, files: ReadonlyMap<string, DbtFile>): Converted {
  const findings = new Findings();
  const written = new Map<string, string>();
  const counts: Migrated["counts"] = [];
  const below = (paths: readonly string[], ...endings: string[]): DbtFile[] =>
    [...files.values()].filter(
      ({ path }) => endings.includes(extname(path)) && paths.some((folder) => path.startsWith(`${folder}/`)),
    );
  const { targets, target, dialect } = convertProfile(
    project.name,
    project.profile,
    files.get("profiles.yml") ?? files.get("profiles.yaml"),
    findings,
  );

  const models = below(project.paths.models, ".sql");
  const generic = (path: string): boolean =>
    project.paths.tests.some((folder) => path.startsWith(`${folder}/generic/`));
  const shared: Shared = {
    packageName: project.name,
    dialect,
    macros: new Map(),
    models: new Set([...models, ...below(project.paths.models, ".py")].map(nameOf)),
    findings,
  };

  const macroFiles = [
    ...below(project.paths.macros, ".sql"),
    ...below(project.paths.tests, ".sql").filter(({ path }) => generic(path)),
  ];
  const macros = convertMacros(shared, macroFiles);
  for (const [path, text] of macros) written.set(path, text);
  const tests = new Set(
    [...macros.keys()]
      .filter((path) => path.startsWith("tests/generic/"))
      .map((path) => basename(path, ".sql")),
  );
  const defined = macroFiles.flatMap(({ text }) => [
    ...text.matchAll(/\{%-?\s*(?:macro|test|data_test)\s/g),
  ]).length;
  const missing = findings
    .of("todo")
    .filter(({ path }) => macroFiles.some((file) => file.path === path)).length;
  counts.push({ kind: "macros and generic tests", taken: Math.max(0, defined - missing), of: defined });

  const failed = new Set<string>();
  const take = (kind: string, type: ResourceType, given: readonly DbtFile[], waits: boolean): void => {
    let taken = 0;
    for (const file of given) {
      const text = convertTemplate(shared, file, type);
      if (text === undefined) {
        written.set(`${LEFT}/${file.path}`, file.text);
        if (waits) written.set(file.path, disabled(file.path, file.text));
        if (type === "model") failed.add(nameOf(file));
      } else {
        taken += 1;
        written.set(file.path, text);
      }
    }
    counts.push({ kind, taken, of: given.length });
  };
  take("models", "model", models, true);
  for (const file of below(project.paths.models, ".py")) {
    findings.add({
      kind: "todo",
      path: file.path,
      line: 1,
      what: "this model is Python",
      advice: "Write it in TypeScript: see docs/models.md#typescript-models.",
    });
    written.set(`${LEFT}/${file.path}`, file.text);
    written.set(file.path.replace(/\.py$/, ".sql"), disabled(file.path, file.text));
    failed.add(nameOf(file));
    counts.at(-1)!.of += 1;
  }
  counts.push({
    kind: "snapshots",
    ...takeSnapshots(shared, below(project.paths.snapshots, ".sql"), written, failed),
  });
  take(
    "singular tests",
    "test",
    below(project.paths.tests, ".sql").filter(({ path }) => !generic(path)),
    false,
  );
  const analyses = below(project.paths.analyses, ".sql").filter(({ path }) => !written.has(path));
  take("analyses", "model", analyses, false);
  for (const { path } of analyses)
    findings.add({
      kind: "check",
      path,
      line: 1,
      what: "sla does not read analyses",
      advice: "`sla show --inline` runs one.",
    });

  const seeds = below(project.paths.seeds, ".csv");
  for (const { path, text } of seeds) written.set(path, text);
  counts.push({ kind: "seeds", taken: seeds.length, of: seeds.length });

  const docs = docsBlocks(below(project.paths.docs, ".md"));
  const overview = docs.get("__overview__");
  if (overview !== undefined) written.set(`${project.paths.models[0]}/overview.md`, `${overview}\n`);
  const everywhere = [...new Set(Object.values(project.paths).flat())];
  const properties = below(everywhere, ".yml", ".yaml");
  let taken = 0;
  for (const file of properties) {
    try {
      written.set(file.path.replace(/\.yaml$/, ".yml"), convertProperties({ ...shared, docs, tests }, file));
      taken += 1;
    } catch (error) {
      if (!(error instanceof SlaError)) throw error;
      findings.add({
        kind: "todo",
        path: file.path,
        line: error.location?.line ?? 1,
        what: error.message,
        advice: error.hint,
      });
      written.set(`${LEFT}/${file.path}`, file.text);
    }
  }
  counts.push({ kind: "properties files", taken, of: properties.length });
  for (const file of below(everywhere, ".csv", ".sql").filter(
    ({ path }) => /\/fixtures\//.test(path) && !written.has(path),
  ))
    written.set(file.path, file.text);

  listPackages(files, findings);
  withoutModels(written, failed, project.paths, findings);
  const yml = convertProject(project, foldersOf(project, files), findings);
  const { name, version, ...rest } = yml;
  written.set(
    "project.yml",
    `# Taken over from dbt: MIGRATION.md says what was not.\n${writeYaml({ name, version, target, targets, ...rest })}`,
  );
  return { written, findings, counts: counts.filter((one) => one.of > 0) };
}

/** Snapshots in blocks become files of their own. */
function takeSnapshots(
  shared: Shared,
  files: readonly DbtFile[],
  written: Map<string, string>,
  failed: Set<string>,
): { taken: number; of: number } {
  const counts = { taken: 0, of: 0 };
  for (const file of files) {
    try {
      for (const part of parseJinja(file.text)) {
        if (part.kind !== "block" || part.keyword !== "snapshot") continue;
        counts.of += 1;
        const text = convertTemplate(shared, file, "snapshot", part.body);
        const folder = file.path.slice(0, file.path.lastIndexOf("/"));
        if (text === undefined) {
          written.set(`${LEFT}/${file.path}`, file.text);
          failed.add(part.name);
        } else {
          counts.taken += 1;
          written.set(`${folder}/${part.name}.sql`, `${text.trim()}\n`);
        }
      }
    } catch (error) {
      if (!(error instanceof JinjaProblem)) throw error;
      shared.findings.at("todo", file, error.at, error.message, error.advice);
    }
  }
  return counts;
}

function nameOf({ path }: DbtFile): string {
  return basename(path).replace(/\.\w+$/, "");
}

/** Dotted names of what config trees may name, below the paths of each kind. */
function foldersOf(project: DbtProject, files: ReadonlyMap<string, DbtFile>): Set<string> {
  const found = new Set<string>();
  for (const [kind, paths] of Object.entries(project.paths)) {
    for (const path of files.keys()) {
      const root = paths.find((folder) => path.startsWith(`${folder}/`));
      if (root === undefined) continue;
      const steps = path
        .slice(root.length + 1)
        .replace(/\.\w+$/, "")
        .split("/");
      for (let depth = 1; depth <= steps.length; depth++)
        found.add(`${kind}.${steps.slice(0, depth).join(".")}`);
    }
  }
  return found;
}

function readAll(dbtDir: string): Map<string, DbtFile> {
  const files = new Map<string, DbtFile>();
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(dbtDir, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) visit(path);
      else if (entry.isFile() && /\.(?:sql|ya?ml|csv|md|py)$/.test(entry.name))
        files.set(path.split(sep).join("/"), {
          path,
          text: readFileSync(join(dbtDir, path), "utf8").replaceAll("\r\n", "\n"),
        });
    }
  };
  if (existsSync(dbtDir)) visit("");
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}
