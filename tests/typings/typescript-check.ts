import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const TSC = join(REPOSITORY, "node_modules/typescript/bin/tsc");

/** What tsc says of a project that takes `sla` from here, as it is packed: `path:line message`, none when all is well. */
export function typeErrors(dir: string, include: readonly string[]): string[] {
  const config = {
    extends: join(REPOSITORY, "tsconfig.json"),
    compilerOptions: {
      paths: { sla: [join(REPOSITORY, "dist/index.d.ts")] },
      typeRoots: [join(REPOSITORY, "node_modules/@types")],
      preserveSymlinks: true,
    },
    include,
  };
  writeFileSync(join(dir, "tsconfig.json"), JSON.stringify(config));
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  const { stdout, status } = spawnSync(process.execPath, [TSC, "--noEmit", "--pretty", "false"], {
    cwd: dir,
    encoding: "utf8",
  });
  const found = [...stdout.matchAll(/^(\S.*?)\((\d+),\d+\): error \w+: (.*)$/gm)].map(
    ([, path, line, message]) => `${path}:${line} ${message}`,
  );
  if ((status === 0) !== (found.length === 0)) throw new Error(`tsc: ${stdout}`);
  return found;
}
