import { describe, expect, test } from "vitest";
import { lint, translate } from "../../src/sql/index.js";
import { REFUSED_CASES } from "./cases/refused.js";

describe("refused, with place and advice", () => {
  test.each(Object.entries(REFUSED_CASES))("%s", async (_name, { sql, code, at, says }) => {
    const errors = await lint(sql);
    const [first] = errors;
    expect(first, "an error").toBeDefined();
    expect({ code: first!.code, at: [first!.location?.line, first!.location?.column] }).toEqual({ code, at });
    expect(errors.map(({ message, hint }) => `${message} ${hint}`).join("\n")).toMatch(says);
    expect(first!.location).toMatchObject({ path: "", text: sql });
    await expect(translate(sql)).rejects.toThrow();
  });
});
