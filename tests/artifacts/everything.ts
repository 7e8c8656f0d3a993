/** A project with a node of every kind that there is. */
export const EVERYTHING: Record<string, string> = {
  "seeds/raw_orders.csv":
    "id,customer,amount,ordered_at\n1,Ann,10.50,2026-01-01 10:00:00\n2,Bob,20.00,2026-01-02 11:00:00\n3,Ann,5.25,2026-01-03 12:00:00\n",
  "seeds/raw_orders.yml": `seeds:
  - name: raw_orders
    description: "Orders: all of them, \\"as they came\\"."
    config: { column_types: { id: bigint, customer: varchar(50), amount: "decimal(10,2)", ordered_at: datetime } }
    columns:
      - { name: id, tests: [unique, not_null] }
`,
  "seeds/web.ts": `import { defineSeeder } from "sla";
export default defineSeeder({
  name: "web",
  tables: {
    visits: { columns: { visit_id: "bigint", visited_at: "datetime" }, primary_key: ["visit_id"] },
    pages: { columns: { page: "varchar(20)" } },
  },
  async *run() {
    yield { table: "visits", rows: [[1, new Date(Date.UTC(2026, 0, 1))], [2, new Date(Date.UTC(2026, 0, 2))]] };
    yield { table: "pages", rows: [["home"]] };
  },
});
`,
  "seeds/web.yml": `sources:
  - name: web
    description: The web site.
    tables:
      - name: visits
        description: Visits.
        tags: [raw]
        loaded_at_field: visited_at
        freshness: { warn_after: { count: 20000, period: day } }
        columns:
          - { name: visit_id, tests: [unique, { not_null: { where: "visit_id > 0" } }] }
      - name: pages
`,
  "models/staging/stg_orders.sql":
    '{{config materialized="view" tags=(list "staging")}}\nSELECT id, customer, amount, ordered_at, SHA2({{literal (var "pepper")}}, 256) AS spice FROM {{ref "raw_orders"}}\n',
  "models/staging/only_big.sql":
    '{{config materialized="ephemeral"}}\nSELECT * FROM {{ref "stg_orders"}} WHERE amount > {{least_amount}}\n',
  "models/marts/orders.sql":
    '{{config materialized="table" primary_key="id"}}\nSELECT id, customer, amount, ordered_at FROM {{ref "only_big"}}\n',
  "models/marts/grown.sql": `{{config materialized="incremental" unique_key="id" event_time="ordered_at"}}
SELECT id, amount, ordered_at FROM {{ref "stg_orders"}} {{#if is_incremental}}WHERE id > 0{{/if}}
`,
  "models/marts/visitors.ts": `import { defineModel } from "sla";
export default defineModel({
  name: "visitors",
  materialized: "table",
  sources: ["web.visits"],
  columns: { visit_id: { type: "bigint", description: "Of the visit.", tests: ["unique"] } },
  async run({ source }) {
    const rows = [];
    for await (const row of source<{ visit_id: number }>("web", "visits").rows()) rows.push([row.visit_id]);
    return rows.map(([visit_id]) => ({ visit_id }));
  },
});
`,
  "models/retired.sql": '{{config enabled=false}}\nSELECT 1 AS x FROM {{ref "orders"}}\n',
  "models/models.yml": `models:
  - name: orders
    description: One row per order.
    tags: [finance]
    meta: { owner: Ann, depth: { level: 2 } }
    columns:
      - name: id
        description: Key.
        data_type: bigint
        tests:
          - unique
          - not_null: { config: { severity: warn, store_failures: true } }
          - relationships: { to: ref('raw_orders'), field: id }
      - name: customer
        data_type: varchar(50)
        meta: { person: true }
        tests:
          - accepted_values: { values: [Ann, Bob, "O'Neill", 'the "other" one'] }
      - { name: amount, data_type: "decimal(10,2)", tests: [{ accepted_range: { min_value: 0, max_value: 100.5 } }, { within: { most: 50 } }] }
      - { name: ordered_at, data_type: datetime }
    tests:
      - dbt_utils.unique_combination_of_columns: { combination_of_columns: [id, customer, amount, ordered_at] }
  - name: retired
    columns: [{ name: x, tests: [unique] }]
unit_tests:
  - name: small_ones_go
    model: orders
    description: Small orders do not count.
    given:
      - input: ref('only_big')
        rows: [{ id: 2, customer: Bob, amount: 99.00, ordered_at: 2026-01-01 10:00:00 }]
    expect: { format: csv, rows: "id,customer\\n2,Bob\\n" }
    overrides: { vars: { pepper: hushhush } }
exposures:
  - name: order_page
    type: dashboard
    label: Orders
    owner: { name: Ann, email: ann@example.com }
    maturity: high
    depends_on: [ref('orders'), "source('web', 'visits')", metric('revenue')]
metrics:
  - name: revenue
    label: Revenue
    description: What was sold.
    model: ref('orders')
    numerator: SUM(amount)
    filter: { customer: [Ann, Bob] }
    date: ordered_at
  - name: average
    label: Average
    description: Per order.
    model: ref('orders')
    numerator: SUM(amount)
    denominator: COUNT(*)
`,
  "macros/least_amount.sql": "{{#macro least_amount}}6{{/macro}}\n",
  "tests/generic/within.sql":
    "{{#test within model column_name most=100}}\nSELECT * FROM {{model}} WHERE {{column_name}} > {{most}}\n{{/test}}\n",
  "tests/orders_are_few.sql": 'SELECT COUNT(*) AS n FROM {{ref "orders"}} HAVING COUNT(*) > 100\n',
  "snapshots/snapshots.yml": `snapshots:
  - name: order_history
    relation: ref('stg_orders')
    config: { strategy: check, unique_key: id, check_cols: [amount] }
`,
  "snapshots/kept.sql":
    '{{config strategy="timestamp" unique_key="id" updated_at="ordered_at"}}\nSELECT id, ordered_at FROM {{ref "raw_orders"}}\n',
  "procedures/find_regulars.sql": `CREATE PROCEDURE find_regulars(IN least INT)
BEGIN
  DELETE FROM {{ref "regulars"}};
  INSERT INTO {{ref "regulars"}} (customer, found)
  SELECT customer, COUNT(*) FROM {{ref "orders"}} GROUP BY customer HAVING COUNT(*) >= least;
END;
`,
  "procedures/procedures.yml": `procedures:
  - name: find_regulars
    description: Who comes often.
    config: { arguments: { least: 1 } }
    parameters: [{ name: least, description: How often. }]
    tables:
      - name: regulars
        description: Regulars.
        primary_key: [customer]
        columns:
          - { name: customer, data_type: varchar(50), tests: [not_null] }
          - { name: found, data_type: bigint }
`,
  "models/marts/greeted.sql": 'SELECT customer FROM {{ref "regulars"}}\n',
  "selectors.yml": "selectors:\n  - name: nightly\n    definition: { method: tag, value: finance }\n",
};

/** What `project.yml` adds: a variable that nobody may read. */
export const SECRETS = "vars: { pepper: gruesome-pepper-77 }\nsecret-vars: [pepper]\n";
