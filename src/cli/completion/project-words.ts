import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { NO_WORDS, type ProjectWords } from "./candidate.js";

/** What is kept between two presses of the key. */
interface Kept {
  /** Folders whose files count. */
  roots: string[];
  /** Of the files at the time: how many, and when the last one was changed. */
  stamp: string;
  words: ProjectWords;
}

/**
 * The names of a project. They are kept in its target folder, and made anew (by parsing, never by connecting) when a file has
 * changed. A project that cannot be parsed has the names that it had.
 */
export async function projectWords(dir: string, env: NodeJS.ProcessEnv): Promise<ProjectWords> {
  const path = join(dir, targetFolder(dir), "cache", "completion.json");
  const kept = read(path);
  if (kept !== undefined && stampOf(dir, kept.roots) === kept.stamp) return kept.words;
  try {
    const { parsedWords } = await import("./parsed-words.js");
    const { roots, words } = await parsedWords(dir, env);
    write(path, { roots, stamp: stampOf(dir, roots), words });
    return words;
  } catch {
    return kept?.words ?? NO_WORDS;
  }
}

function targetFolder(dir: string): string {
  try {
    const yml = readFileSync(join(dir, "project.yml"), "utf8");
    return /^target-path:\s*["']?([^"'\s#]+)/m.exec(yml)?.[1] ?? "target";
  } catch {
    return "target";
  }
}

function read(path: string): Kept | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, "utf8")) as Kept;
    return Array.isArray(kept.roots) && typeof kept.words === "object" ? kept : undefined;
  } catch {
    return undefined;
  }
}

function write(path: string, kept: Kept): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.${process.pid}.tmp`, JSON.stringify(kept));
    renameSync(`${path}.${process.pid}.tmp`, path);
  } catch {
    // A folder that cannot be written only costs time.
  }
}

function stampOf(dir: string, roots: readonly string[]): string {
  let count = 0;
  let latest = 0;
  const visit = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return;
    count += 1;
    latest = Math.max(latest, stat.mtimeMs);
    if (!stat.isDirectory()) return;
    for (const name of readdirSync(path))
      if (!name.startsWith(".") && name !== "node_modules") visit(join(path, name));
  };
  for (const root of ["project.yml", "selectors.yml", ...roots]) visit(join(dir, root));
  return `${count} ${latest}`;
}
