import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Which translator this is: names, sizes and times of the files of the SQL floor, which make the translation. A version number
 * would have to be raised by hand at every change of a rule, and a forgotten one would serve old translations silently.
 */
export function translatorEdition(): string {
  const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "sql");
  const hash = createHash("sha256");
  for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    if (!/\.[jt]s$/.test(name)) continue;
    const { size, mtimeMs } = statSync(join(folder, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}
