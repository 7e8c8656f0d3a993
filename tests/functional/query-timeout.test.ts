import { describe, expect, it } from "vitest";
import { ENGINES, type Engine } from "../harness/engines.js";
import { Warehouse } from "../harness/warehouse.js";

const SLOW: Record<Engine["type"], string> = {
  mysql: '{{config materialized="table"}}\nSELECT SLEEP(30) AS n\n',
  duckdb:
    '{{config materialized="table"}}\nWITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 5000) SELECT COUNT(*) AS n FROM r AS a, r AS b, r AS c\n',
};

describe.each(ENGINES)("a time limit for statements on $name", (engine: Engine) => {
  it("ends the statement on the engine, and only that one", async () => {
    const house = new Warehouse(engine, "limit", {
      "models/slow.sql": SLOW[engine.type],
      "models/quick.sql": '{{config materialized="table"}}\nSELECT 1 AS n\n',
    });
    for (const given of ["option", "setting"]) {
      if (given === "setting") house.set({ query_timeout: 1 });
      const begun = Date.now();
      const ran = await house.run("build", {
        publish: "passed",
        ...(given === "option" && { queryTimeout: 1 }),
      });
      expect(Date.now() - begun).toBeLessThan(15_000);
      expect(ran.errors.map(({ code, message }) => [code, message])).toEqual([
        ["SLA511", "the statement was ended after 1 s"],
      ]);
      expect(ran.status).toEqual({ slow: "error", quick: "success" });
      expect(await house.relations()).toEqual(["table quick"]);
    }
  });
});
