import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { importedCode } from "../../src/run/imported-code.js";
import { scratchFolder } from "../harness/engines.js";

test("follows relative imports, also out of the project and in circles, and leaves packages alone", () => {
  const files = {
    "project/models/a.ts": `import { defineModel } from "sla";\nimport { b } from "../../shared/b.js";\nimport "./c.js";`,
    "project/models/c.ts": `export const lazy = () => import("../data.json");`,
    "project/data.json": `{"from": "./not-code"}`,
    "shared/b.ts": `export { d } from "./d/index.js";\nexport const b = 1;`,
    "shared/d/index.ts": `import { b } from "../b.js";\nexport const d = () => b;`,
    "shared/unused.ts": "",
  };
  const dir = join(scratchFolder(), "imports");
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const found = importedCode(join(dir, "project"), ["models/a.ts", "models/c.ts"]);
  expect([...found.keys()].sort()).toEqual(["../shared/b.ts", "../shared/d/index.ts", "data.json"]);
  expect(found.get("../shared/b.ts")).toBe(files["shared/b.ts"]);
});
