// Generates the rows of a project's seeders to nowhere and prints {seconds, rows}: node generate-rows.mjs DIR VARS-AS-JSON
import { parseManifest } from "../dist/compile/index.js";
import { loadProject, seederDefinition } from "../dist/project/index.js";

const [projectDir, vars] = process.argv.slice(2);
const project = await loadProject({
  projectDir,
  vars: JSON.parse(vars),
  env: process.env,
  requireTarget: false,
});
const { manifest } = await parseManifest(project);
const seeders = Object.values(manifest.nodes).filter(
  (node) => node.resource_type === "seed" && node.language === "typescript",
);
const definitions = await Promise.all(seeders.map((node) => seederDefinition(project, node)));
let rows = 0;
const began = performance.now();
for (const definition of definitions) {
  const batches = definition.run({ vars: project.vars, log() {}, signal: new AbortController().signal });
  for await (const batch of batches) rows += batch.rows.length;
}
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, rows }));
