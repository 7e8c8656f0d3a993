import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";

const root = join(import.meta.dirname, "..", "..");

/** A fenced block of a page: ```` ```language place ````, and with ` +` a part of a file that has more. */
export interface Block {
  language: string;
  /** The path of a file, or the folder in which commands are run. */
  place: string | undefined;
  isPart: boolean;
  text: string;
}

/** The fenced blocks of a page of docs/, or with `../` of the repository. */
export function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  return [...text.matchAll(/^```(\w*)(?: (\S+))?( \+)?\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    place: match[2],
    isPart: match[3] !== undefined,
    text: match[4]!,
  }));
}

/** Whether a block holds commands. */
export const isCommands = ({ language }: Block): boolean => language === "sh" || language === "console";

/** Whether a block is a file. */
export const isFile = (block: Block): boolean => block.place !== undefined && !isCommands(block);

/** Writes the files of a page below a folder. */
export function writeFiles(folder: string, page: string): void {
  for (const { place, isPart, text } of blocksOf(page).filter(isFile)) {
    const path = join(folder, place!);
    mkdirSync(dirname(path), { recursive: true });
    const whole = isPart ? stringify(merge(parse(readFileSync(path, "utf8")), parse(text))) : text;
    writeFileSync(path, whole);
  }
}

type Mapping = Record<string, unknown>;
const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Mappings into each other; what is no mapping takes the place of what was there. */
function merge(into: unknown, part: unknown): unknown {
  if (!isMapping(into) || !isMapping(part)) return part;
  const merged = Object.entries(part).map(([key, value]) => [key, merge(into[key], value)]);
  return { ...into, ...Object.fromEntries(merged) };
}

/** Runs `sla …` or `npx sla …` as a shell in the folder would; rejects with all that was printed when it fails. */
export async function runCommand(
  command: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const script = command.replace(/^(?:npx )?sla\b/, `"${process.execPath}" "${join(root, "bin", "sla.js")}"`);
  try {
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: "1", ...env } };
    return (await promisify(execFile)("sh", ["-c", script], options)).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${command} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
