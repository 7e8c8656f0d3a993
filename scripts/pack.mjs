// What `npm pack` packs, and how the checkout gets its package.json back: `node scripts/pack.mjs before | after`.
// The package names its command, which a checkout does not (see build.mjs), and has no scripts: those are for a checkout, and npm
// would ask the package's users to approve of them.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = join(root, "package.json");
const kept = join(root, "node_modules", ".cache", "sla-package.json");

if (process.argv[2] === "before") {
  await import("./build.mjs");
  const text = readFileSync(manifest, "utf8");
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, text);
  const { scripts, devDependencies, ...rest } = JSON.parse(text);
  writeFileSync(manifest, `${JSON.stringify({ ...rest, bin: { sla: "bin/sla.js" } }, null, 2)}\n`);
} else {
  renameSync(kept, manifest);
}
