import { describe, expect, it } from "vitest";
import { write } from "../functional/shop.js";
import { ENGINES } from "../harness/engines.js";
import { errorsOf, summaries } from "../harness/project.js";
import { projectOn } from "./on-engine.js";

const rows = (count: number): string =>
  `id\n${Array.from({ length: count }, (_, at) => String(at + 1)).join("\n")}\n`;

describe.each(ENGINES)("volume against the ledger on $name", (engine) => {
  it("is an anomaly once there are builds enough, and far from their average", async () => {
    const project = projectOn(engine, {
      "seeds/orders.csv": rows(20),
      "models/big.sql": '{{config materialized="table"}}\nSELECT id FROM {{ref "orders"}}\n',
      "models/big.yml": `
models:
  - name: big
    data_tests:
      - volume_anomaly: {name: volume, least_runs: 3}
`,
    });
    const build = async (count: number): Promise<string | undefined> => {
      write(project.dir, { "seeds/orders.csv": rows(count) });
      const { of, errors } = await project.run("build");
      expect(errors).toEqual([]);
      return of("volume")?.status;
    };
    expect(await build(20)).toBe("pass");
    expect(await build(2)).toBe("pass"); // too early to tell
    expect(await build(20)).toBe("pass");
    expect(await build(20)).toBe("pass");
    const narrow =
      "models:\n  - name: big\n    data_tests:\n      - volume_anomaly: {name: volume, runs: 2, least_runs: 2}\n";
    write(project.dir, { "models/big.yml": narrow });
    expect(await build(22)).toBe("pass"); // within ten percent
    expect(await build(60)).toBe("fail");
    expect(await build(60)).toBe("fail"); // what was not published is not remembered
    expect(await build(21)).toBe("pass");
  });
});

it("cannot be known of a view", async () => {
  const errors = await errorsOf({
    "models/seen.sql": "SELECT 1 AS id\n",
    "models/seen.yml": "models:\n  - name: seen\n    data_tests: [volume_anomaly]\n",
  });
  expect(summaries(errors)).toEqual([
    {
      code: "SLA602",
      message:
        "the test volume_anomaly is a test of CSV seeds and of models that are tables: of all else it is not recorded how many rows they had",
      at: "models/seen.yml:3:18",
    },
  ]);
});
