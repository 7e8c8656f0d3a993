import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { validateTableau } from "../../src/commands/tableau-validate.js";
import { scratchFolder } from "../harness/engines.js";

const XSD = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="datasource"><xs:complexType><xs:attribute name="version" /></xs:complexType></xs:element>
</xs:schema>`;

async function schemaFindings(projectDir: string, schemas?: string, env: NodeJS.ProcessEnv = {}) {
  const effects = { env, clock: () => new Date(), emit: () => {}, signal: new AbortController().signal };
  const files = ["good.tds", "bad.tds"];
  const results = await validateTableau({ projectDir, files, schemas, noWarehouse: true }, effects);
  return results.map(({ schema, findings, notes }) => ({
    schema,
    found: findings.filter(({ check }) => check === "schema").length,
    notes: notes.length,
  }));
}

it("takes the schemas from the folder that the project names, and says so where there are none", async () => {
  const dir = mkdtempSync(join(scratchFolder(), "schemas-"));
  mkdirSync(join(dir, "xsd"));
  writeFileSync(join(dir, "xsd", "validate-18.1.xsd"), XSD);
  writeFileSync(join(dir, "good.tds"), "<datasource version='18.1' />");
  writeFileSync(join(dir, "bad.tds"), "<datasource version='18.1' odd='1' />");
  const unchecked = { schema: "not checked", found: 0, notes: 1 };
  const checked = [
    { schema: "checked", found: 0, notes: 0 },
    { schema: "checked", found: 1, notes: 0 },
  ];

  expect(await schemaFindings(dir)).toEqual([unchecked, unchecked]);
  writeFileSync(join(dir, "project.yml"), "name: shop\ntableau: { schemas: xsd }\n");
  expect(await schemaFindings(dir)).toEqual(checked);
  // The command line and the environment come before the project.
  expect(await schemaFindings(dir, "elsewhere")).toEqual([unchecked, unchecked]);
  expect(await schemaFindings(dir, undefined, { SLA_TABLEAU_SCHEMAS: "elsewhere" })).toEqual([
    unchecked,
    unchecked,
  ]);
  rmSync(join(dir, "xsd"), { recursive: true });
  expect(await schemaFindings(dir)).toEqual([unchecked, unchecked]);
});
