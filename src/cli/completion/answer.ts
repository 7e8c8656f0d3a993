import { resolve } from "node:path";
import { type Completion, NO_WORDS } from "./candidate.js";
import { complete } from "./complete.js";
import { projectWords } from "./project-words.js";

/**
 * What shells ask: `sla __complete SHELL -- WORD…`, the last word being the one at the cursor. A line for each candidate, with what
 * it is behind a tab where the shell shows that; or `:files`, `:folders`. Whatever goes wrong, nothing is said: a prompt is no place for it.
 */
export async function answer(argv: readonly string[]): Promise<void> {
  try {
    const [shell = "bash", , ...words] = argv;
    const text = textOf(await completed(words), shell);
    await new Promise<void>((done) => process.stdout.write(text, () => done()));
  } catch {
    // As said.
  }
  process.exit(0);
}

/** Asks for the names of the project only where some are needed. */
async function completed(words: readonly string[]): Promise<Completion> {
  let isAsked = false;
  const first = complete(words, () => {
    isAsked = true;
    return NO_WORDS;
  });
  if (!isAsked) return first;
  const at = words.findIndex((word) => word.startsWith("--project-dir"));
  const dir = at === -1 ? "." : (words[at]!.split("=")[1] ?? words[at + 1] ?? ".");
  const project = await projectWords(resolve(dir), process.env);
  return complete(words, () => project);
}

function textOf({ candidates, files }: Completion, shell: string): string {
  const lines = candidates.map(({ value, about }) => {
    const told = (about ?? "").replace(/\s+/g, " ");
    return shell === "bash" || told === "" ? value : `${value}\t${told}`;
  });
  return [...new Set(lines), ...(files === undefined ? [] : [`:${files}`])]
    .map((line) => `${line}\n`)
    .join("");
}
