import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import {
  type CompileContext,
  createCompiler,
  type ParsedProject,
  parseManifest,
} from "../../src/compile/index.js";
import { type SlaError, toSlaErrors } from "../../src/errors/index.js";
import { type LoadOptions, loadProject, type Project } from "../../src/project/index.js";

/** A project as a map of file name → text; `project.yml` is written unless given. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** Writes a project into a folder of its own, which is removed when the test ends. */
export async function writeProject(files: ProjectFiles): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "sla-project-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [path, text] of Object.entries({ "project.yml": "name: shop\n", ...files }))
    writeText(dir, path, text);
  return dir;
}

/** Writes one file of a project. */
export function writeText(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

/** Loads and parses a project that is all right. */
export async function parseProject(
  files: ProjectFiles,
  options: Partial<LoadOptions> = {},
): Promise<ParsedProject & { project: Project }> {
  const projectDir = await writeProject(files);
  const project = await loadProject({ projectDir, env: {}, ...options });
  return { project, ...(await parseManifest(project)) };
}

/** Loads and parses a project that is not all right: what is wrong with it. */
export async function errorsOf(
  files: ProjectFiles,
  options: Partial<LoadOptions> = {},
): Promise<readonly SlaError[]> {
  try {
    await parseProject(files, options);
  } catch (error) {
    return toSlaErrors(error);
  }
  return [];
}

/** The parts of errors that a test compares. */
export function summaries(errors: readonly SlaError[]): object[] {
  return errors.map(({ code, message, hint, location }) => ({
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(location !== undefined && {
      at: [location.path, location.line, location.column].filter((part) => part !== undefined).join(":"),
    }),
  }));
}

/** A compiler for a parsed project, with the relations as they are named. */
export function compilerFor(
  { project, manifest }: ParsedProject & { project: Project },
  context: Partial<CompileContext> = {},
) {
  return createCompiler(project, manifest, {
    relation: (node) => ({ schema: node.schema, identifier: node.alias }),
    isIncremental: () => false,
    runStartedAt: new Date("2026-07-01T12:30:45.678Z"),
    ...context,
  });
}
