import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { generateDocs } from "../../src/commands/docs.js";
import { emptyFolder } from "../functional/shop.js";
import { copyHelpdesk } from "../helpdesk/helpdesk-copy.js";
import { goTo, visit } from "./browser.js";
import { effects, frontEnd } from "./site-project.js";

const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true }).reduce(
    (sum, entry) =>
      sum +
      (entry.isDirectory() ? bytesOf(join(folder, entry.name)) : statSync(join(folder, entry.name)).size),
    0,
  );

beforeAll(frontEnd);

test("the site of the helpdesk is small and soon written", async () => {
  const began = performance.now();
  const { folder, nodes } = await generateDocs({ projectDir: copyHelpdesk(), emptyCatalog: true }, effects());
  expect(nodes).toBeGreaterThan(300);
  // Five seconds on a machine of its own; the tests share theirs.
  expect((performance.now() - began) / 1000).toBeLessThan(15);
  expect(bytesOf(folder)).toBeLessThan(3_000_000);
});

describe("a project of 5,000 models", () => {
  let file: string;
  let seconds: number;

  beforeAll(async () => {
    const dir = emptyFolder();
    const { generateProject } = await import(
      pathToFileURL(join(import.meta.dirname, "../../bench/generate-project.mjs")).href
    );
    generateProject(dir, 5000);
    const began = performance.now();
    const { folder } = await generateDocs({ projectDir: dir, emptyCatalog: true }, effects());
    seconds = (performance.now() - began) / 1000;
    file = pathToFileURL(join(folder, "index.html")).href;
  }, 180_000);

  test("is written in less than a minute", () => {
    expect(seconds).toBeLessThan(60);
  });

  test("is drawn in less than three seconds, a node with its surroundings in less than half of one", async () => {
    const began = performance.now();
    const { page, complaints, close } = await visit(`${file}#/lineage`);
    await page.waitForSelector(".box.folder");
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await page.locator("#lineage-found").textContent()).toBe("5,500 nodes in 101 folders");

    const took = await page.evaluate(async () => {
      const start = performance.now();
      location.hash = "#/lineage?focus=model.generated.model_02500&up=2&down=2";
      while (document.querySelector('[aria-label^="model_02500"]') === null)
        await new Promise((next) => requestAnimationFrame(next));
      return performance.now() - start;
    });
    expect(took).toBeLessThan(500);

    await goTo(page, "#/lineage?select=path:models/area_7,resource_type:model");
    expect(await page.locator(".box").count()).toBe(50);
    await page.keyboard.press("/");
    await page.waitForSelector(".search input:focus");
    await page.keyboard.type("model_04711");
    await page.waitForSelector('[role="option"]');
    expect(await page.locator('[role="option"] .found-name').first().textContent()).toBe("model_04711");
    expect(complaints).toEqual([]);
    await close();
  });
});
