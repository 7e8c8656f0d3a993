import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const root = join(import.meta.dirname, "..", "..");

/** A fenced block of a page. One with a path after its language is a file. */
export interface Block {
  language: string;
  path: string | undefined;
  text: string;
}

/** The fenced blocks of a page of docs/. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    path: match[2],
    text: match[3]!,
  }));
}

/** Writes the files of a page below a folder; returns how many there were. */
export function writeFiles(folder: string, page: string): number {
  const files = blocksOf(page).filter(({ path }) => path !== undefined);
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path!)), { recursive: true });
    writeFileSync(join(folder, path!), text);
  }
  return files.length;
}

/** Runs `npx sla …` as a shell in the folder would; rejects with all that was printed when it fails. */
export async function runCommand(
  command: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const script = command.replace(/^npx sla\b/, `"${process.execPath}" "${join(root, "bin", "sla.js")}"`);
  try {
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: "1", ...env } };
    return (await promisify(execFile)("sh", ["-c", script], options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
