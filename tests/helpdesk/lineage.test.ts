import { beforeAll, describe, expect, it } from "vitest";
import { parseManifest } from "../../src/compile/index.js";
import { projectLineage } from "../../src/lineage/index.js";
import type { ColumnLineage, Manifest } from "../../src/manifest/index.js";
import { loadProject } from "../../src/project/index.js";
import { Written } from "../lineage/written.js";
import { copyHelpdesk } from "./helpdesk-copy.js";
import { COLUMNS, ROWS } from "./lineage-by-hand.js";

let manifest: Manifest;
let lineage: ColumnLineage;

beforeAll(async () => {
  const project = await loadProject({
    projectDir: copyHelpdesk(),
    env: {},
    target: "local",
    requireTarget: true,
  });
  ({ manifest } = await parseManifest(project));
  lineage = await projectLineage(project, manifest, { runStartedAt: new Date("2026-07-01T00:00:00Z") });
});

describe("the helpdesk's columns", () => {
  it("are made of what its SQL says, read by hand", () => {
    const written = new Written(manifest, lineage);
    const found = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, written.column(name)]));
    expect(found).toEqual(COLUMNS);
    expect(Object.keys(COLUMNS).length).toBeGreaterThanOrEqual(40);
  });

  it("stand in rows over which decides what its SQL says", () => {
    const written = new Written(manifest, lineage);
    const found = Object.fromEntries(Object.keys(ROWS).map((name) => [name, written.rows(name)]));
    expect(found).toEqual(ROWS);
  });

  it("are known but for one in twenty at the most", () => {
    const columns = Object.entries(lineage.nodes).flatMap(([id, { columns }]) =>
      columns.map((column) => ({ ...column, id })),
    );
    const unknown = columns
      .filter(({ status }) => status === "unknown")
      .map(({ id, name }) => `${id}.${name}`);
    expect(columns.length).toBeGreaterThan(400);
    expect(unknown.length / columns.length, unknown.join("\n")).toBeLessThanOrEqual(0.05);
  });

  it("are those that properties describe", () => {
    for (const [id, { columns, complete, basis }] of Object.entries(lineage.nodes)) {
      if (basis !== "sql") continue;
      expect(complete, id).toBe(true);
      const described = Object.keys(manifest.nodes[id]!.columns);
      const names = columns.map(({ name }) => name);
      expect(
        described.filter((name) => !names.includes(name)),
        id,
      ).toEqual([]);
    }
  });
});
