import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Adapter, CatalogRelation } from "../adapters/index.js";
import type { Compiler } from "../compile/index.js";
import {
  type ColumnLineage,
  getNode,
  type Manifest,
  type RunResults,
  relationKey,
} from "../manifest/index.js";
import { type Project, projectRedaction } from "../project/index.js";
import { writeWhole } from "../run/index.js";
import { dashboardFiles } from "./dashboard-data.js";
import { exportedPictures } from "./exported-pictures.js";
import { readFailures } from "./failing-rows.js";
import { nodeTexts } from "./node-texts.js";
import { overviewOf } from "./overview.js";
import { siteAssets } from "./site-assets.js";
import type { SiteCode, SiteCore, SiteShard } from "./site-data.js";
import { type FoundFreshness, siteDetail } from "./site-details.js";
import { siteLineage } from "./site-lineage.js";
import { relationsOf, siteNodes, standing } from "./site-nodes.js";
import { dataScript, packed, sitePage } from "./site-page.js";
import { statesOf, timeline } from "./timeline.js";
import { readWarehouse } from "./warehouse-facts.js";

/** What a site is made of. */
export interface SiteInput {
  project: Project;
  manifest: Manifest;
  /** Ids in the order of a build. */
  order: readonly string[];
  compiler: Compiler;
  /** DuckDB's text for a SELECT in MySQL's SQL. */
  translate(sql: string): Promise<string>;
  /** The warehouse, to be asked for what stands in it; null for a site without it. */
  adapter: Adapter | null;
  /** Of the last run, from the target folder. */
  results: RunResults | null;
  /** Of `sla source freshness`, by unique id. */
  freshness: ReadonlyMap<string, FoundFreshness>;
  /** Where columns come from. */
  lineage: ColumnLineage;
  at: Date;
}

/** What was written. */
export interface WrittenSite {
  /** Absolute. */
  folder: string;
  nodes: number;
  bytes: number;
  /** What stands in the warehouse, by the key of the relation. */
  catalog: ReadonlyMap<string, CatalogRelation>;
}

/** Details are cut into files of about this many characters, so that a page of a large project loads one of them. */
const SHARD_SIZE = 400_000;

/** Writes the site to `site/` below the target folder, over what an earlier call wrote. */
export async function generateSite(input: SiteInput): Promise<WrittenSite> {
  const { project, manifest, order, adapter, results } = input;
  const relations = order.flatMap((id) => relationsOf(getNode(manifest, id)!));
  const facts = await readWarehouse(adapter, project.target.schema, relations);
  const states = facts.history.states.size > 0 ? facts.history.states : statesOf(results);
  const { nodes, positions, defaults } = siteNodes(manifest, order, { states, catalog: facts.catalog });
  const failures = await readFailures(adapter, manifest, states);

  const testsOf = new Map<string, { at: number; column: string | null }[]>();
  for (const [at, { test }] of nodes.entries()) {
    if (test === null || test.of === null) continue;
    const id = nodes[test.of]!.id;
    testsOf.set(id, [...(testsOf.get(id) ?? []), { at, column: test.column }]);
  }
  const scope = { manifest, compiler: input.compiler, projectDir: project.dir, translate: input.translate };
  const detailFacts = {
    ...facts,
    history: facts.history.history,
    failures,
    freshness: input.freshness,
    testsOf,
  };

  const shards: SiteShard[] = [];
  const code: SiteCode = [];
  let shard: SiteShard = {};
  let size = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const found = getNode(manifest, node.id) ?? manifest.macros[node.id]!;
    const detail = siteDetail(found, await nodeTexts(found, scope), detailFacts);
    if (size > SHARD_SIZE) {
      shard = {};
      shards.push(shard);
      size = 0;
    }
    shard[node.id] = detail;
    node.shard = shards.length - 1;
    size += JSON.stringify(detail).length;
    code.push(node.kind === "test" ? "" : (detail.texts[0]?.text ?? ""));
  }

  const dashboards = await dashboardFiles(adapter, manifest, (id) => {
    const relation = standing(getNode(manifest, id)!);
    return relation !== null && facts.catalog.has(relationKey(relation)) ? relation : null;
  });
  const { pictures, copies } = exportedPictures(project.targetPath);

  const core: SiteCore = {
    project: {
      name: project.name,
      target: project.target.name,
      engine: adapter?.version ?? null,
      adapter: project.target.type,
      generated: input.at.toISOString(),
      version: project.slaVersion,
      overview: overviewOf(project),
    },
    defaults,
    nodes,
    runs: facts.history.runs,
    timeline: timeline(results, nodes, positions),
    shards: shards.length,
    dashboards: dashboards.heads,
    pictures: pictures.pictures.length + pictures.cards.length,
  };
  const files = new Map<string, unknown>([
    ["core", core],
    ["code", code],
    ["lineage", siteLineage(input.lineage, positions)],
    ...shards.map((value, at): [string, unknown] => [`detail-${at}`, value]),
    ...dashboards.files,
    ["pictures", pictures],
  ]);
  return { ...write(project, nodes.length, files, copies, core), catalog: facts.catalog };
}

function write(
  project: Project,
  nodes: number,
  files: ReadonlyMap<string, unknown>,
  copies: ReadonlyMap<string, Buffer>,
  core: SiteCore,
): Omit<WrittenSite, "catalog"> {
  const folder = join(project.targetPath, "site");
  const redact = projectRedaction(project, "left");
  const texts = new Map<string, string | Buffer>(copies);
  for (const [name, value] of files)
    texts.set(`data/${name}.js`, packed(name, redact(dataScript(name, value))));
  for (const [name, content] of siteAssets()) texts.set(`assets/${name}`, content);
  texts.set("index.html", sitePage(project.name, false, core.dashboards));
  let bytes = 0;
  for (const [path, content] of texts) {
    bytes += Buffer.byteLength(content);
    const file = join(folder, path);
    if (!sameContent(file, content)) writeWhole(file, content);
  }
  for (const place of ["data", "pictures"])
    removeOthers(join(folder, place), (name) => texts.has(`${place}/${name}`));
  return { folder, nodes, bytes };
}

function sameContent(path: string, content: string | Buffer): boolean {
  return existsSync(path) && readFileSync(path).equals(Buffer.from(content));
}

/** Files of a project that has become smaller. */
function removeOthers(folder: string, keep: (name: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (!keep(name)) rmSync(join(folder, name), { force: true });
}
