import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Entry {
  version?: string;
  optionalDependencies?: Record<string, string>;
}

const root = join(import.meta.dirname, "..", "..");
const read = (file: string) => JSON.parse(readFileSync(join(root, file), "utf8"));
const locked: Record<string, Entry> = read("package-lock.json").packages;

/** The entry that `name` resolves to from a package, looked up as Node does: own node_modules, then outwards. */
function resolve(from: string, name: string): Entry | undefined {
  for (let folder = from; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    const found = locked[`${folder}${folder === "" ? "" : "/"}node_modules/${name}`];
    if (found !== undefined || folder === "") return found;
  }
}

// npm leaves out of the lock file what its registry does not offer at that moment; `npm ci` then fails for everybody.
test("the lock file has the optional packages of every platform, not only of the one it was written on", () => {
  const missing = Object.entries(locked).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => resolve(path, name) === undefined),
  );
  expect(missing).toEqual([]);
});

test("every dependency is one exact version", () => {
  const { dependencies, devDependencies } = read("package.json");
  const loose = Object.entries<string>({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version),
  );
  expect(loose).toEqual([]);
});
