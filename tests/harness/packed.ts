import { type ExecFileOptions, execFile } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, "node_modules", ".cache", "sla-packed");
/** What the tarball is made from; the rest of the checkout has no say in it. */
const PARTS = [
  "bin",
  "scripts",
  "src",
  "templates",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
];
const run = promisify(execFile);

/** Runs a program as a user would who has nothing to do with this checkout; throws with what it printed when it fails. */
export async function asUser(
  cwd: string,
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ stdout: string; stderr: string }> {
  const options: ExecFileOptions = { cwd, env: { ...userEnvironment(), ...env }, maxBuffer: 64 << 20 };
  try {
    const { stdout, stderr } = await run(program, [...args], { ...options, encoding: "utf8" });
    return { stdout, stderr };
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${[program, ...args].join(" ")} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** The environment without what `npm test` and vitest put into it, and without this checkout's commands on the PATH. */
export function userEnvironment(): Record<string, string> {
  const ours =
    /^(?:SLA_|VITEST|npm_(?:package|lifecycle|command|execpath|node_execpath)|npm_config_(?:omit|production|prefix|local_prefix|global_prefix))|^(?:NODE_ENV|NODE_OPTIONS|INIT_CWD|TEST|CI|FORCE_COLOR)$/;
  const kept = Object.entries(process.env).filter(([name, value]) => value !== undefined && !ours.test(name));
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.startsWith(ROOT));
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    NO_COLOR: "1",
    PATH: path.join(delimiter),
  };
}

/** The tarball that `npm pack` makes of this checkout: packed by the first test that asks, for as long as nothing changes. */
export async function packedTarball(): Promise<string> {
  const folder = join(CACHE, digest());
  const tarball = join(folder, "sla.tgz");
  mkdirSync(CACHE, { recursive: true });
  const lock = join(CACHE, "lock");
  while (!existsSync(tarball)) {
    if (!take(lock)) {
      await sleep(200);
      continue;
    }
    try {
      if (existsSync(tarball)) break;
      for (const old of readdirSync(CACHE)) {
        if (old !== "lock") rmSync(join(CACHE, old), { recursive: true, force: true });
      }
      mkdirSync(folder);
      renameSync(await pack(folder), tarball);
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  return tarball;
}

/** `npm install` of tarballs, folders or names, as a user types it. */
export async function npmInstall(
  dir: string,
  ...specs: string[]
): Promise<{ stdout: string; stderr: string }> {
  return asUser(dir, "npm", ["install", "--prefer-offline", ...specs]);
}

/** Packs a copy: packing builds anew and edits package.json, while other tests run what stands in the checkout. */
async function pack(to: string): Promise<string> {
  const copy = mkdtempSync(join(tmpdir(), "sla-pack-"));
  try {
    for (const part of PARTS) cpSync(join(ROOT, part), join(copy, part), { recursive: true });
    mkdirSync(join(copy, "node_modules"));
    for (const name of readdirSync(join(ROOT, "node_modules"))) {
      if (!name.startsWith("."))
        symlinkSync(join(ROOT, "node_modules", name), join(copy, "node_modules", name));
    }
    const { stdout } = await asUser(copy, "npm", ["pack", "--json", "--pack-destination", to]);
    // What the build prints stands before the JSON.
    const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }];
    return join(to, filename);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Holds a lock that is a folder; one that has been left behind long ago counts as free. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > 300_000) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function digest(): string {
  const sum = createHash("sha256");
  for (const part of PARTS) {
    const files = statSync(join(ROOT, part)).isDirectory()
      ? (readdirSync(join(ROOT, part), { recursive: true }) as string[])
          .map((name) => join(part, name))
          .sort()
      : [part];
    for (const file of files) {
      const { size, mtimeMs } = statSync(join(ROOT, file));
      sum.update(`${file} ${size} ${mtimeMs}\n`);
    }
  }
  return sum.digest("hex").slice(0, 16);
}
