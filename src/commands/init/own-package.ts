import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { slaVersion } from "../../manifest/index.js";

/** Where the framework that runs comes from, so that a project can have the same. */
export interface OwnPackage {
  /** What a project's package.json says under dependencies. */
  specifier: string;
  /** The folder that a project links to, as `npm link` would: of a checkout, or of a global installation, of which npm notes no origin. */
  folder: string | null;
}

/** The framework that runs, as a dependency of a project in `projectDir`. */
export function ownPackage(
  projectDir: string,
  root = realpathSync(fileURLToPath(new URL("../../../", import.meta.url))),
): OwnPackage {
  const modules = dirname(root);
  const installed = basename(modules) === "node_modules";
  if (!installed) return { specifier: fileSpecifier(projectDir, root), folder: root };
  const resolved = resolvedBy(modules, basename(root));
  if (resolved?.startsWith("file:")) {
    // In npm's record such paths start at the folder of node_modules.
    const tarball = resolve(dirname(modules), decodeURIComponent(resolved.slice("file:".length)));
    if (existsSync(tarball)) return { specifier: fileSpecifier(projectDir, tarball), folder: null };
  } else if (resolved !== undefined && !/^https?:\/\/.*\.tgz$/.test(resolved)) {
    return { specifier: resolved, folder: null };
  }
  return { specifier: `^${slaVersion()}`, folder: resolved === undefined ? root : null };
}

/** Lets a project use a folder of the framework as if npm had installed it there. */
export function linkFramework(projectDir: string, folder: string): void {
  const modules = join(projectDir, "node_modules");
  const links: [string, string][] = [
    [join(modules, "sla"), folder],
    [join(modules, ".bin", "sla"), join(folder, "bin", "sla.js")],
  ];
  for (const [link, target] of links) {
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(target, link);
  }
}

/** What npm has noted as the origin of a package. */
function resolvedBy(modules: string, name: string): string | undefined {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return undefined;
  const { packages } = JSON.parse(readFileSync(record, "utf8")) as {
    packages?: Record<string, { resolved?: string }>;
  };
  return packages?.[`node_modules/${name}`]?.resolved;
}

/** Relative, so that a project may move together with what it refers to, and says nothing of the machine. */
function fileSpecifier(projectDir: string, target: string): string {
  const from = existsSync(projectDir) ? realpathSync(projectDir) : resolve(projectDir);
  return `file:${relative(from, realpathSync(target)).split(sep).join("/")}`;
}
