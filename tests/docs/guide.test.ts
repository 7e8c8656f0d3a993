import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { engineEnvironment, SERVERS, schemaName, scratchFolder } from "../harness/engines.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { type Block, blocksOf, isCommands, isFile, runCommand, writeFiles } from "./pages.js";

/** What a page is tried in. */
interface Trial {
  /** The pages whose files the project has, besides the page's own. */
  after?: string[];
  /** What has happened before the page's commands. */
  before?: string[];
  /** The folder of its commands, where the block names none. */
  folder?: "." | "shop" | "helpdesk";
}

const FIRST = "getting-started.md";
const BUILD = "sla build --select '*'";
const AS_IN_PRODUCTION = [BUILD, "cp -r target prod-target"];

/** Every page with code, and the project in which it is tried. */
const PAGES: Record<string, Trial> = {
  "../README.md": { folder: "helpdesk" },
  [FIRST]: { after: [], folder: "." },
  "project-file.md": {},
  "models.md": {},
  "types.md": { after: [FIRST, "models.md"] },
  "editors.md": {},
  "api.md": { after: [FIRST, "models.md"] },
  "packages.md": {},
  "seeds.md": {},
  "tests.md": {},
  "charts.md": {},
  "incremental.md": { before: [BUILD] },
  "snapshots.md": { before: [BUILD] },
  "lineage.md": { after: [FIRST, "models.md"] },
  "metrics.md": {},
  "dashboards.md": { after: [FIRST, "metrics.md"] },
  "tableau.md": {},
  "procedures.md": {},
  "publishing.md": {},
  "selectors.md": { after: [FIRST, "models.md"], before: AS_IN_PRODUCTION },
  "commands.md": { before: AS_IN_PRODUCTION },
  "site.md": {},
  "logging.md": {},
  "openlineage.md": {},
  "deploy.md": { before: AS_IN_PRODUCTION },
  "engines.md": {},
  "helpdesk.md": { folder: "helpdesk" },
  "breach-prediction.md": { folder: "helpdesk", before: ["sla build --select +breach_scores"] },
};

/** What is not tried here, by the beginning of the line or of the block, and why. */
const UNTRIED: Record<string, string> = {
  "npm ": "installs or tests the package itself",
  "export SLA_MYSQL_HOST=": "names a server; commands for one get those of the tests",
  "sla build --target mysql": "builds the helpdesk project on a server, as tests/helpdesk does on each",
  "sla docs serve": "ends with Ctrl-C: tests/docs-site serves it",
  "CREATE USER": "tests/docs/rights.test.ts grants it and builds with it",
};

/** The commands of a block, with what the page says that they print. */
function commandsOf({ language, text }: Block): { command: string; said: string }[] {
  const parts = language === "console" ? text.split(/^\$ /m).slice(1) : text.split("\n");
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "" && !part.startsWith("#"))
    .map((part) => {
      const [command, ...said] = part.split("\n");
      return { command: command!.replace(/^npx /, ""), said: said.join("\n") };
    });
}

const untried = (text: string) => Object.keys(UNTRIED).find((start) => text.startsWith(start));

const all = [
  "../README.md",
  ...readdirSync(join(import.meta.dirname, "..", "..", "docs")).filter((name) => name.endsWith(".md")),
];
const withCode = all.filter((page) => blocksOf(page).length > 0);

test("every page with code is tried, and everything that is not tried has its reason", () => {
  expect(withCode.filter((page) => !(page in PAGES))).toEqual([]);
  expect(Object.keys(PAGES).filter((page) => !withCode.includes(page))).toEqual([]);

  const texts = withCode.flatMap(blocksOf).flatMap((block) => {
    if (isFile(block)) return [];
    return isCommands(block) ? commandsOf(block).map(({ command }) => command) : [block.text];
  });
  const notRun = texts.filter((text) => !text.startsWith("sla ") || untried(text) !== undefined);
  expect(notRun.filter((text) => untried(text) === undefined)).toEqual([]);
  expect(Object.keys(UNTRIED).filter((start) => !notRun.some((text) => untried(text) === start))).toEqual([]);
});

let helpdesk: string | undefined;
/** The helpdesk project with few tickets. */
function helpdeskFolder(): string {
  if (helpdesk !== undefined) return helpdesk;
  helpdesk = copyHelpdesk();
  const path = join(helpdesk, "project.yml");
  writeFileSync(
    path,
    readFileSync(path, "utf8")
      .replace(/^( {2}tickets:) \d+$/m, "$1 400")
      .replace(/^( {2}months:) \d+$/m, "$1 6"),
  );
  return helpdesk;
}

/** What a command prints has to be what the page says: JSON by its values, else the first lines, up to `…`. */
function compare(printed: string, said: string, command: string): void {
  expect(printed.trim(), command).not.toBe("");
  if (said.startsWith("[") || said.startsWith("{")) {
    expect(JSON.parse(printed), command).toEqual(JSON.parse(said));
  } else if (said !== "") {
    const [start] = said.split("\n…");
    expect(printed.trim().startsWith(start!), `${command}\n${printed}`).toBe(true);
  }
}

test.each(Object.entries(PAGES))(
  "%s: what it shows runs",
  async (page, trial) => {
    const folder = join(scratchFolder(), page.replace(/\W/g, ""));
    const server = SERVERS[0];
    const env = server === undefined ? {} : engineEnvironment(server, schemaName("guide"));
    const at = (place: string = trial.folder ?? "shop") =>
      place === "helpdesk" ? helpdeskFolder() : join(folder, place);
    const blocks = blocksOf(page);
    for (const before of trial.after ?? [FIRST]) writeFiles(folder, before);
    writeFiles(folder, page);
    for (const command of trial.before ?? []) await runCommand(command, at());

    if (page !== FIRST && blocks.some(isFile)) {
      const printed = await runCommand("sla build --project-dir shop", folder);
      expect(printed).toMatch(/^Done\. PASS=\d+ WARN=\d+ ERROR=0 SKIP=0 /m);
    }
    for (const block of blocks.filter(isCommands)) {
      for (const { command, said } of commandsOf(block)) {
        if (untried(command) !== undefined) continue;
        const printed = await runCommand(command, at(block.place), env);
        compare(printed, said, command);
        // Beside a command, a page may say how much there is.
        const [figures] = /\d+ nodes, \d+ tests/.exec(command) ?? [""];
        expect(printed).toContain(figures);
      }
    }
  },
  180_000,
);
