// Compiles src/ to dist/ and, in a checkout, links the command where `npx sla` looks for it: npm links the bins of
// dependencies only, never a package's own. package.json names no bin in a checkout, only in what `npm pack` makes: with one, npx
// would not take this link but install the checkout into its cache, by way of the network.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleSite } from "./bundle-site.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bins = join(root, "node_modules", ".bin");

rmSync(join(root, "dist"), { recursive: true, force: true });
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
// What charts are written with, and its licences.
cpSync(join(root, "src", "reports", "fonts"), join(root, "dist", "reports", "fonts"), { recursive: true });

await bundleSite(root);

if (existsSync(join(root, "node_modules"))) {
  mkdirSync(bins, { recursive: true });
  const link = join(bins, "sla");
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(relative(bins, join(root, "bin", "sla.js")), link);
}
