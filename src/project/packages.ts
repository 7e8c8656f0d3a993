import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { SlaError } from "../errors/index.js";
import { type PackageEntry, type ProjectYml, readProjectYml } from "./project-yml.js";
import { inRange } from "./version-range.js";
import { locateYaml, type YamlText } from "./yaml-file.js";

/** A project that another one uses. */
export interface Package {
  name: string;
  version: string;
  /** Below or beside the project that is being run, with forward slashes: `node_modules/@acme/sla-utils`, `../shared`. */
  folder: string;
  /** How it was asked for: the name of the npm package, or null for a folder. */
  npm: string | null;
  yml: ProjectYml;
  file: YamlText;
}

/** Who asks for packages: the project, or one of its packages. */
interface Asker {
  /** Absolute. */
  dir: string;
  name: string;
  entries: readonly PackageEntry[];
  file: YamlText;
  /** Real paths of the folders that lead here, its own last, with the names. */
  chain: readonly { real: string; name: string }[];
}

/** Reads the packages of a project and theirs, each behind those that it uses itself; what is wrong is added to `errors`. */
export function readPackages(
  root: { dir: string; yml: ProjectYml; file: YamlText; slaVersion: string },
  errors: SlaError[],
): Package[] {
  const found: Package[] = [];
  const read = new Set<string>();
  const visit = (asker: Asker): void => {
    for (const [at, entry] of asker.entries.entries()) {
      const key = entry.npm !== undefined ? ["npm"] : entry.local !== undefined ? ["local"] : [];
      const refuse = (message: string, hint?: string) =>
        errors.push(
          new SlaError({
            code: "SLA113",
            message,
            hint,
            location: locateYaml(asker.file, ["packages", at, ...key]),
          }),
        );
      if (key.length === 0) {
        refuse("this entry names no package", "Write - npm: NAME or - local: FOLDER.");
        continue;
      }
      const dir =
        entry.npm === undefined
          ? resolve(asker.dir, entry.local!)
          : (installed(asker.dir, entry.npm) ?? installed(root.dir, entry.npm));
      const what = entry.npm ?? entry.local!;
      if (dir === undefined) refuse(`the package ${what} is not installed`, `Run npm install ${what}.`);
      else if (!existsSync(join(dir, "project.yml")))
        refuse(
          existsSync(dir)
            ? `${what} is no sla project: it has no project.yml`
            : `the folder ${what} does not exist`,
          existsSync(dir) ? undefined : "A local path starts at the folder of this project.yml.",
        );
      else {
        const real = realpathSync(dir);
        const loop = asker.chain.findIndex((one) => one.real === real);
        if (loop !== -1) {
          const names = [...asker.chain.slice(loop), asker.chain[loop]!].map(({ name }) => name);
          refuse(
            names.length === 2
              ? `"${asker.name}" names itself as a package`
              : `packages need each other: ${names.join(" → ")}`,
            "Remove one of the entries: what both need belongs into a package of its own.",
          );
        } else if (!read.has(real)) {
          read.add(real);
          add(asker, dir, real, entry.npm ?? null, refuse);
        }
      }
    }
  };
  const add = (
    asker: Asker,
    dir: string,
    real: string,
    npm: string | null,
    refuse: (message: string, hint?: string) => void,
  ): void => {
    const folder = relative(root.dir, dir).split(sep).join("/");
    const file = { path: `${folder}/project.yml`, text: readFileSync(join(dir, "project.yml"), "utf8") };
    const yml = readProjectYml(file, errors);
    if (yml === undefined) return;
    const other =
      yml.name === root.yml.name ? "the project itself" : found.find(({ name }) => name === yml.name)?.folder;
    if (other !== undefined) {
      refuse(
        `two packages are called "${yml.name}": ${other} and ${folder}`,
        "Names of nodes begin with the name in project.yml: give one of them another, or install one version only.",
      );
      return;
    }
    checkVersion(yml, file, root.slaVersion, errors);
    visit({
      dir,
      name: yml.name,
      entries: yml.packages,
      file,
      chain: [...asker.chain, { real, name: yml.name }],
    });
    found.push({ name: yml.name, version: npmVersion(dir) ?? yml.version, folder, npm, yml, file });
  };
  visit({
    dir: root.dir,
    name: root.yml.name,
    entries: root.yml.packages,
    file: root.file,
    chain: [{ real: realpathSync(root.dir), name: root.yml.name }],
  });
  return found;
}

/** SLA114 where a project asks for another version of `sla`. */
export function checkVersion(yml: ProjectYml, file: YamlText, version: string, errors: SlaError[]): void {
  const wanted = yml.requires;
  if (wanted.length === 0) return;
  const holds = inRange(version, wanted);
  if (holds === true) return;
  const range = wanted.join(", ");
  const location = locateYaml(file, ["require-sla-version"]);
  errors.push(
    holds === undefined
      ? new SlaError({
          code: "SLA104",
          message: `require-sla-version: expected comparisons of versions, found "${range}"`,
          hint: 'Write ">=0.1.0, <2", "^1.2" or a list of such.',
          location,
        })
      : new SlaError({
          code: "SLA114",
          message: `"${yml.name}" asks for sla ${range}, this is ${version}`,
          hint: "Install that version of sla, or a version of the package that is made for this one.",
          location,
        }),
  );
}

/** The folder of an installed package, found as Node does: in node_modules of a folder or of one above it. */
function installed(from: string, name: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const folder = join(dir, "node_modules", name);
    if (existsSync(folder)) return folder;
    if (dirname(dir) === dir) return undefined;
  }
}

function npmVersion(dir: string): string | undefined {
  try {
    const { version } = JSON.parse(readFileSync(join(dir, "package.json"), "utf8")) as { version?: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
