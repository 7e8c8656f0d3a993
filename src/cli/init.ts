import { spawn } from "node:child_process";
import { relative, resolve } from "node:path";
import { fromDbt, type Initialized, init, linkFramework, type Migrated } from "../commands/index.js";
import type { Arguments, Terminal } from "./command.js";
import { text } from "./command-options.js";
import { count } from "./render/number.js";
import { colorsFor } from "./render/style.js";

/** `init`: writes a project, installs the framework into it, and says what to do next. */
export async function initCommand(args: Arguments, terminal: Terminal): Promise<number> {
  const dir = resolve(terminal.projectDir, text(args, "dir") ?? ".");
  const from = text(args, "fromDbt");
  const force = args.force === true;
  const migrated =
    from === undefined
      ? undefined
      : await fromDbt({ dbtDir: resolve(terminal.projectDir, from), dir, force });
  const made = migrated ?? init({ dir, name: text(args, "name"), force });
  const { green, bold, dim } = colorsFor(terminal.stdout);
  const place = relative(terminal.projectDir, dir);
  terminal.stdout.write(
    `${green("Created")} ${bold(made.name)} in ${place === "" ? "this folder" : place}\n`,
  );
  for (const line of tree(made.created)) terminal.stdout.write(`  ${line}\n`);
  if (migrated !== undefined) printMigrated(migrated, terminal);
  const ready = args.install === false ? false : await install(dir, made, terminal);
  const steps: [string, string][] = [
    ...(place === "" ? [] : [[`cd ${quoted(place)}`, ""] as [string, string]]),
    ...(ready ? [] : [["npm install", "puts sla into the project"] as [string, string]]),
    ["npx sla build", "seeds, models and tests, into warehouse.duckdb"],
    ["npx sla docs serve", "browse it"],
    ["npx sla build --target mysql", "the same on MySQL or MariaDB: see .env.example"],
  ];
  const width = Math.max(...steps.map(([command]) => command.length));
  terminal.stdout.write("\nNext:\n");
  for (const [command, what] of steps)
    terminal.stdout.write(`  ${bold(command.padEnd(width))}  ${dim(what)}`.trimEnd().concat("\n"));
  return migrated !== undefined && migrated.todo.length > 0 ? 1 : 0;
}

/** What was taken over of a dbt project, and what was not. */
function printMigrated({ counts, todo, check }: Migrated, { stdout }: Terminal): void {
  const { green, yellow, cyan, dim, bold } = colorsFor(stdout);
  stdout.write("\n");
  for (const { kind, taken, of } of counts) {
    const all = taken === of;
    stdout.write(
      `  ${all ? green("taken over") : yellow("taken over")}  ${all ? taken : `${taken} of ${of}`} ${kind}\n`,
    );
  }
  const list = (title: string, findings: Migrated["todo"], most: number): void => {
    if (findings.length === 0) return;
    stdout.write(`\n${bold(title)}\n`);
    for (const { path, line, what, advice } of findings.slice(0, most)) {
      stdout.write(`  ${cyan(`${path}:${line}`)}  ${what}\n`);
      if (advice !== undefined) stdout.write(`    ${dim(advice)}\n`);
    }
    if (findings.length > most) stdout.write(dim(`  and ${findings.length - most} more\n`));
  };
  list("Not taken over", todo, 20);
  list("To look at", check, 10);
  stdout.write(`\nAll of it is in MIGRATION.md.\n`);
}

/** Brings the framework into the project; false, with the reason on stderr, when that fails. */
async function install(dir: string, { framework }: Initialized, terminal: Terminal): Promise<boolean> {
  const { green, yellow } = colorsFor(terminal.stderr);
  if (framework.folder !== null) {
    linkFramework(dir, framework.folder);
    terminal.stdout.write("Linked to the sla that runs.\n");
    return true;
  }
  terminal.stderr.write("Installing sla with npm …\n");
  const { code, said } = await npmInstall(dir, terminal);
  if (code === 0) {
    terminal.stderr.write(`${green("Installed")}\n`);
    return true;
  }
  const reason = said
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!) ?/, "").trim())
    .find((line) => line !== "" && !/^(?:code|errno|syscall|npm warn)\b/i.test(line));
  terminal.stderr.write(
    `${yellow("Not installed")}: ${reason ?? "npm could not be run"}\n  The project is complete without: a global sla builds it, and so does \`npm install\` later on.\n`,
  );
  return false;
}

function npmInstall(dir: string, { env, signal }: Terminal): Promise<{ code: number | null; said: string }> {
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  // What npm itself told this process is about the package that it came from, not about the project.
  const own = Object.entries(env).filter(
    ([name]) =>
      !/^(?:npm_(?:lifecycle|package|command|execpath|node)|npm_config_(?:prefix|local_prefix|global|package|yes|call)|INIT_CWD)/i.test(
        name,
      ),
  );
  return new Promise((done) => {
    let said = "";
    const shell = process.platform === "win32";
    const child = spawn("npm", args, {
      cwd: dir,
      env: Object.fromEntries(own),
      stdio: ["ignore", "ignore", "pipe"],
      signal,
      shell,
    });
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on("error", (error) => done({ code: null, said: error.message }));
    child.on("close", (code) => done({ code, said }));
  });
}

/** Files at the top by name, folders with how many files they hold. */
function tree(paths: readonly string[]): string[] {
  const folders = new Map<string, number>();
  const files: string[] = [];
  for (const path of paths) {
    const [first, ...rest] = path.split(/[\\/]/);
    if (rest.length === 0) files.push(path);
    else folders.set(first!, (folders.get(first!) ?? 0) + 1);
  }
  const width = Math.max(0, ...[...folders.keys()].map((name) => name.length + 1));
  const lines = [...folders].map(([name, files]) => `${`${name}/`.padEnd(width)}  ${count(files, "file")}`);
  return [...lines, files.join("  ")];
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
