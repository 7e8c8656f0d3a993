import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SlaError } from "../../src/errors/index.js";
import { writeWhole } from "../../src/run/index.js";

const dir = mkdtempSync(join(tmpdir(), "sla-target-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function refusal(write: () => void): SlaError {
  try {
    write();
  } catch (error) {
    if (error instanceof SlaError) return error;
    throw error;
  }
  throw new Error("it was written");
}

describe("writeWhole", () => {
  it("makes the folders it needs and leaves nothing beside the file", () => {
    writeWhole(join(dir, "a/b/c.json"), "{}");
    writeWhole(join(dir, "a/b/c.json"), "[]");
    expect(readFileSync(join(dir, "a/b/c.json"), "utf8")).toBe("[]");
    expect(readdirSync(join(dir, "a/b"))).toEqual(["c.json"]);
  });

  it("says what it cannot write where a folder of the path is a file", () => {
    writeFileSync(join(dir, "file"), "");
    const error = refusal(() => writeWhole(join(dir, "file/c.json"), "{}"));
    expect(error.code).toBe("SLA112");
    expect(error.message).toContain(join(dir, "file/c.json"));
  });
});
