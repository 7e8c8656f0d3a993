import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { generateDocs } from "../../src/commands/docs.js";
import { frontEnd } from "../docs-site/site-project.js";
import { ENGINES } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";
import { EVERYTHING, SECRETS } from "./everything.js";
import { readArtifacts } from "./found.js";
import { type Artifacts, brokenInvariants, differences, INVARIANTS } from "./invariants.js";
import { schemaFaults } from "./schemas.js";

let good: Artifacts;

beforeAll(async () => {
  await frontEnd();
  const house = new Warehouse(ENGINES[0]!, "invariants", EVERYTHING);
  appendFileSync(join(house.dir, "project.yml"), SECRETS);
  await house.build();
  const world = { env: {}, clock: () => new Date(), emit() {}, signal: new AbortController().signal };
  await generateDocs({ projectDir: house.dir }, world);
  good = readArtifacts(join(house.dir, "target"));
}, 120_000);

const ORDERS = "model.shop.orders";
const NOT_NULL = "test.shop.not_null_orders_id.84ef11d8fe";

/** One fault for each rule, as small as it can be. */
const FAULTS: Record<number, (artifacts: Artifacts) => void> = {
  1: ({ manifest }) => {
    manifest.nodes[ORDERS].unique_id = "model.shop.other";
  },
  2: ({ manifest }) => {
    manifest.nodes[ORDERS].depends_on.nodes.push("model.shop.nowhere");
  },
  3: ({ manifest }) => {
    manifest.child_map["model.shop.only_big"] = [];
  },
  4: ({ manifest }) => {
    manifest.nodes[ORDERS].refs.push({ name: "elsewhere", package: null, version: null });
  },
  5: ({ manifest }) => {
    manifest.nodes[NOT_NULL].attached_node = "model.shop.greeted";
  },
  6: ({ manifest }) => {
    manifest.nodes["test.shop.orders_are_few"].test_metadata = null;
  },
  7: ({ manifest }) => {
    manifest.nodes[ORDERS].columns = null;
  },
  8: ({ manifest }) => {
    delete manifest.macros["macro.dbt.test_not_null"];
  },
  9: ({ manifest }) => {
    delete manifest.docs["doc.dbt.__overview__"];
  },
  10: ({ manifest }) => {
    manifest.nodes[ORDERS].group = "finance";
  },
  11: ({ run_results }) => {
    run_results.metadata.invocation_id = "00000000-0000-4000-8000-000000000000";
  },
  12: ({ catalog }) => {
    catalog.nodes[ORDERS].columns.id.index = 7;
  },
  13: ({ manifest }) => {
    manifest.nodes[ORDERS].relation_name = "orders";
  },
  14: ({ manifest }) => {
    manifest.nodes[ORDERS].config.tags = [];
  },
  15: ({ run_results }) => {
    run_results.args.vars = { file: "/home/somebody/orders.csv" };
  },
};

it.each(Object.keys(INVARIANTS).map(Number))(
  "rule %i finds its fault, and nothing in what is right",
  (rule) => {
    expect(brokenInvariants(good)).toEqual([]);
    const bad = structuredClone(good);
    FAULTS[rule]!(bad);
    expect(brokenInvariants(bad).filter((fault) => fault.startsWith(`${rule}:`))).not.toEqual([]);
  },
);

it("rule 16 finds what differs between two runs, and overlooks their times", () => {
  const later = structuredClone(good.manifest);
  later.metadata.generated_at = "2030-01-01T00:00:00.000Z";
  expect(differences(good.manifest, later)).toEqual([]);
  later.nodes[ORDERS].description = "Another.";
  expect(differences(good.manifest, later)).toEqual([
    `/nodes/${ORDERS}/description: "One row per order." → "Another."`,
  ]);
});

it("a node with a key of its own is no node of dbt's, and the fault names it", () => {
  const bad = structuredClone(good.manifest);
  bad.nodes[ORDERS].sla_own = 1;
  expect(schemaFaults("manifest", bad)).toEqual([
    `${ORDERS}:  must NOT have additional properties {"additionalProperty":"sla_own"}`,
  ]);
});
