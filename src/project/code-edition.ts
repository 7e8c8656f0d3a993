import { hash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the floors lie: `src`, or what was built of it. */
const CODE = fileURLToPath(new URL("..", import.meta.url));

/**
 * Which code these folders hold: names, sizes and times of its files. What is remembered between commands is stamped with it, since a
 * number that is to be raised by hand would be forgotten, and old answers served for new.
 */
export function codeEdition(folders: readonly string[], root: string = CODE): string {
  const files = folders.flatMap((folder) =>
    (readdirSync(join(root, folder), { recursive: true }) as string[])
      .filter((name) => /\.[jt]s$/.test(name) && !name.endsWith(".d.ts"))
      .map((name) => join(folder, name)),
  );
  const states = files.sort().map((file) => {
    const { size, mtimeMs } = statSync(join(root, file));
    return `${file} ${size} ${mtimeMs}`;
  });
  return hash("sha256", states.join("\n"));
}
