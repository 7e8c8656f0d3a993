import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/errors/index.js";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "errors.md"), "utf8");

test("the troubleshooting guide has every code with its title, in order, and no other", () => {
  const sections = [...page.matchAll(/^### (.+)$/gm)].map((match) => match[1]);
  expect(sections).toEqual(Object.entries(ERROR_CODES).map(([code, title]) => `${code}: ${title}`));
});

test("every code is explained", () => {
  const bodies = page.split(/^### .+$/m).slice(1);
  expect(bodies.filter((body) => body.replace(/^## .*$/m, "").trim().length < 40)).toEqual([]);
});
