// Bundles the front end of `sla docs` (src/docs/site) into dist/docs/site-assets: classic scripts, since browsers load no
// modules from file://, and the licences of what is in them.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

/** The scripts and styles of the site; a page that needs something heavy adds an entry and loads it when it is opened. */
const ENTRIES = { start: "start.ts", site: "main.tsx", charts: "charts.ts" };

/** What the shared floors import and the browser never calls: Node's modules, and the floor that reads project files. */
const withoutNode = {
  name: "without-node",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:|\/project\/index\.js$/ }, ({ path }) => ({
      path,
      namespace: "no-node",
      sideEffects: false,
    }));
    onLoad({ filter: /.*/, namespace: "no-node" }, () => ({
      contents: "module.exports = new Proxy({}, { get: () => undefined });",
      loader: "js",
    }));
  },
};

/** Bundles the front end of the package at `root` for its compiled code in `dist`. */
export async function bundleSite(root, dist = join(root, "dist")) {
  const from = join(root, "src", "docs", "site");
  const to = join(dist, "docs", "site-assets");
  const { metafile } = await build({
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, join(from, file)])),
    outdir: to,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["es2022"],
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    metafile: true,
    plugins: [withoutNode],
    logLevel: "warning",
    // The package's version is read beside the code, which the browser never does.
    logOverride: { "empty-import-meta": "silent" },
  });
  mkdirSync(to, { recursive: true });
  cpSync(join(from, "icon.svg"), join(to, "icon.svg"));
  writeFileSync(join(to, "licences.txt"), licences(root, Object.keys(metafile.inputs)));
}

function licences(root, inputs) {
  const packages = new Set(
    inputs.flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
  return [...packages]
    .sort()
    .map((name) => {
      const folder = join(root, "node_modules", name);
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const text =
        file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8") : "";
      return `${name} ${version} (${license})\n\n${text.trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
