// npm run bench [-- part…]: measures the promises of the framework and prints them as ratios, all parts or the named ones.
// Servers come from SLA_TEST_MYSQL_URLS as in the tests, else a private one is started. Exit code 1 when a promise is not kept.
import { arch, cpus, platform } from "node:os";
import { printTable } from "./table.mjs";

const parts = {
  compile: () => import("./compile.mjs"),
  overhead: () => import("./overhead.mjs"),
  seed: () => import("./seed.mjs"),
  load: () => import("./load.mjs"),
  translate: () => import("./translate.mjs"),
  incremental: () => import("./incremental.mjs"),
  tests: () => import("./tests.mjs"),
  predict: () => import("./predict.mjs"),
  models: () => import("./models.mjs"),
  tableau: () => import("./tableau.mjs"),
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`unknown part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`,
);
let kept = true;
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const { title, measure } = await parts[name]();
  console.log(`\n${title}\n`);
  // Each row: [what, measured, promised, kept]; `kept` is null where nothing is promised.
  const rows = await measure((note) => process.stderr.write(`  ${note}\n`));
  printTable(
    ["", "measured", "promised", ""],
    rows.map((row) => [
      row.what,
      row.measured,
      row.promised ?? "",
      row.kept === undefined ? "" : row.kept ? "kept" : "NOT KEPT",
    ]),
  );
  kept &&= rows.every((row) => row.kept !== false);
}
process.exitCode = kept ? 0 : 1;
