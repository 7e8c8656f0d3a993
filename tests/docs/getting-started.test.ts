import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "getting-started.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "sla-getting-started-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Fenced blocks: those with a path after their language are files, `console` blocks hold commands and what they print. */
const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language, path, text]) => ({
    language,
    path,
    text: text!,
  }),
);

/** Runs `npx sla …` of a console block as the shell would. */
async function run(command: string): Promise<string> {
  const script = command.replace(/^npx sla\b/, `"${process.execPath}" "${join(root, "bin", "sla.js")}"`);
  const { stdout } = await promisify(execFile)("sh", ["-c", script], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });
  return stdout;
}

test("the project on the page builds, and its commands print what the page says", async () => {
  for (const { path, text } of blocks) {
    if (path === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const consoles = blocks.filter(({ language }) => language === "console");
  expect(consoles.length).toBeGreaterThan(2);
  for (const { text } of consoles) {
    for (const part of text.split(/^\$ /m).slice(1)) {
      const [command, ...said] = part.trimEnd().split("\n");
      const printed = await run(command!);
      expect(printed.trim(), command).not.toBe("");
      if (said.length > 0) expect(JSON.parse(printed), command).toEqual(JSON.parse(said.join("\n")));
    }
  }
}, 60_000);
