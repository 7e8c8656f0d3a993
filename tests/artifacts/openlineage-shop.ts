/** A project with a node of each kind, that ends in each way that a node can end. */
export const SHOP: Record<string, string> = {
  "seeds/raw_orders.csv":
    "id,city,amount,day\n1,Rome,10.50,2026-01-01\n2,Oslo,3.25,2026-01-02\n3,Rome,7.00,2026-01-03\n",
  "seeds/desk.ts": `import { defineSeeder } from "sla";
export default defineSeeder({
  tables: {
    agents: { columns: { id: "int", name: "varchar(20)" }, primary_key: ["id"] },
    calls: { columns: { id: "int", agent_id: "int" }, primary_key: ["id"] },
  },
  *run() {
    yield { table: "agents", rows: [[1, "Ada"]] };
    yield { table: "calls", rows: [[1, 1], [2, 1], [3, 1]] };
  },
});
`,
  "models/stg_orders.sql":
    '{{config materialized="view"}}\nSELECT id, city, amount, day FROM {{ref "raw_orders"}}\n',
  "models/large_orders.sql":
    '{{config materialized="ephemeral"}}\nSELECT id, UPPER(city) AS city, amount FROM {{ref "stg_orders"}} WHERE amount > 5\n',
  "models/cities.sql": `{{config materialized="table" primary_key="city" tags="nightly"}}
SELECT o.city, COUNT(*) AS orders, SUM(o.amount) AS amount, MAX(a.name) AS agent
FROM {{ref "large_orders"}} AS o
LEFT JOIN {{source "desk" "agents"}} AS a ON a.id = o.id
GROUP BY o.city
`,
  "models/days.sql": `{{config materialized="incremental" unique_key="day"}}
SELECT day, COUNT(*) AS orders FROM {{ref "stg_orders"}}
{{#if is_incremental}}WHERE day > (SELECT MAX(day) FROM {{this}}){{/if}}
GROUP BY day
`,
  "models/scores.ts": `import { defineModel } from "sla";
export default defineModel({
  refs: ["cities"],
  columns: { city: { type: "varchar(20)", from: ["cities.city"] }, score: { type: "double", from: ["cities.orders", "cities.amount"] }, noise: "double" },
  async *run({ ref }) {
    for await (const row of ref("cities").rows()) yield { city: row.city, score: 1.5, noise: 0.5 };
  },
});
`,
  "models/broken.sql":
    '{{config materialized="table"}}\nSELECT id, CAST(missing AS CHAR) AS missing FROM {{ref "stg_orders"}}\n',
  "models/behind.sql": '{{config materialized="table"}}\nSELECT id FROM {{ref "broken"}}\n',
  "snapshots/order_history.yml": `snapshots:
  - name: order_history
    relation: ref('stg_orders')
    config: { strategy: check, unique_key: id, check_cols: [city, amount] }
`,
  "procedures/count_cities.sql": `CREATE PROCEDURE count_cities(IN least INT)
BEGIN
  INSERT INTO {{ref "busy"}} (city, orders) SELECT city, COUNT(*) FROM {{ref "stg_orders"}} GROUP BY city HAVING COUNT(*) >= least;
  INSERT INTO {{ref "busy_days"}} (day, orders) SELECT day, COUNT(*) FROM {{ref "stg_orders"}} GROUP BY day;
END;
`,
  "procedures/schema.yml": `procedures:
  - name: count_cities
    config: { arguments: { least: 2 } }
    tables:
      - name: busy
        description: Cities with many orders.
        columns:
          - { name: city, data_type: varchar(50), description: Where to }
          - { name: orders, data_type: bigint }
      - name: busy_days
        columns:
          - { name: day, data_type: date }
          - { name: orders, data_type: bigint }
`,
  "tests/no_quiet_days.sql": 'SELECT day FROM {{ref "days"}} WHERE orders < 5\n',
  "models/schema.yml": `models:
  - name: stg_orders
    columns:
      - name: id
        tests: [unique, not_null]
      - name: city
        tests:
          - accepted_values: { values: [Rome], severity: warn }
  - name: cities
    description: Orders by city.
    meta: { owner: team:orders }
    columns:
      - { name: city, description: In capitals, tags: [place] }
exposures:
  - name: board
    type: dashboard
    owner: { name: Ada }
    depends_on: [ref('cities')]
unit_tests:
  - name: days_are_counted
    model: days
    overrides: { macros: { is_incremental: false } }
    given:
      - input: ref('stg_orders')
        rows: [{ day: "2026-01-01" }]
    expect:
      rows: [{ day: "2026-01-01", orders: 1 }]
`,
};
