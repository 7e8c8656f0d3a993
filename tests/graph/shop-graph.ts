import { dump } from "js-yaml";
import { Graph, namedSelectors, type SelectOptions, select } from "../../src/graph/index.js";
import { getNode, type Manifest } from "../../src/manifest/index.js";
import { readSelectorsYml } from "../../src/project/index.js";
import { type ProjectFiles, parseProject } from "../harness/project.js";

/**
 * A small shop:
 *
 *     raw_orders → stg_orders ──┐
 *     raw_payments → stg_payments → orders → revenue ← eph_rates ← raw_rates
 *     crm.customers → stg_customers → customers ← orders
 *
 * `t_orders_customer` tests orders and customers, `t_rev` tests revenue and stg_payments, all others one node.
 */
export const SHOP: ProjectFiles = {
  "project.yml": dump({
    name: "shop",
    models: { staging: { "+tags": ["staging"], "+schema": "staging" } },
    seeds: { "+tags": ["raw"] },
  }),
  "seeds/raw_orders.csv": "id,status,customer_id\n1,paid,1\n",
  "seeds/raw_payments.csv": "id,amount\n1,10\n",
  "seeds/raw_rates.csv": "currency,rate\nEUR,1\n",
  "seeds/seeds.yml": dump({
    seeds: [
      {
        name: "raw_orders",
        columns: [
          { name: "status", tests: [{ accepted_values: { name: "t_seed_values", values: ["paid"] } }] },
        ],
      },
    ],
  }),
  "models/staging/stg_orders.sql": 'SELECT * FROM {{ref "raw_orders"}}\n',
  "models/staging/stg_payments.sql": 'SELECT * FROM {{ref "raw_payments"}}\n',
  "models/staging/stg_customers.sql": 'SELECT * FROM {{source "crm" "customers"}}\n',
  "models/staging/staging.yml": dump({
    models: [
      {
        name: "stg_orders",
        columns: [
          {
            name: "id",
            tests: [{ not_null: { name: "t_stg_orders_nn", severity: "warn", tags: ["audit"] } }],
          },
        ],
      },
    ],
    sources: [
      {
        name: "crm",
        tables: [
          {
            name: "customers",
            tags: ["crm"],
            columns: [{ name: "id", tests: [{ not_null: { name: "t_source_nn" } }] }],
          },
          { name: "visits" },
        ],
      },
      { name: "erp", tables: [{ name: "items" }] },
    ],
  }),
  "models/eph_rates.sql": '{{config materialized="ephemeral"}}\nSELECT * FROM {{ref "raw_rates"}}\n',
  "models/marts/orders.sql":
    '{{config materialized="table" tags="nightly,core"}}\nSELECT {{cents "id"}} AS id FROM {{ref "stg_orders"}} JOIN {{ref "stg_payments"}} USING (id)\n',
  "models/marts/customers.sql":
    '{{config materialized="table"}}\nSELECT * FROM {{ref "stg_customers"}} JOIN {{ref "orders"}} USING (id)\n',
  "models/marts/finance/revenue.sql":
    '{{config tags="nightly"}}\nSELECT * FROM {{ref "orders"}} JOIN {{ref "eph_rates"}} USING (id)\n',
  "models/marts/marts.yml": dump({
    models: [
      {
        name: "orders",
        description: "All orders",
        config: { meta: { owner: "ann", pii: true, teams: ["sales", "ops"], level: 3 } },
        columns: [
          { name: "id", description: "Key", tests: [{ unique: { name: "t_orders_unique" } }] },
          {
            name: "customer_id",
            tests: [{ relationships: { name: "t_orders_customer", to: "ref('customers')", field: "id" } }],
          },
        ],
      },
      { name: "customers", config: { meta: { pii: false } } },
    ],
  }),
  "macros/money.sql":
    "{{#macro cents x}}{{hundred x}} * 1{{/macro}}\n{{#macro hundred x}}{{x}} * 100{{/macro}}\n{{#macro unused x}}{{x}}{{/macro}}\n",
  "tests/finance/t_rev.sql": 'SELECT * FROM {{ref "revenue"}} JOIN {{ref "stg_payments"}} USING (id)\n',
};

/** A parsed shop, with selectors if it has a `selectors.yml`. */
export interface ParsedShop {
  manifest: Manifest;
  graph: Graph;
  selectors: SelectOptions["selectors"];
}

/** Parses the shop with some of its files replaced; null removes one. */
export async function parseShop(
  files: Readonly<Record<string, string | null>> = {},
  options: Parameters<typeof parseProject>[1] = {},
): Promise<ParsedShop> {
  const all = Object.entries({ ...SHOP, ...files }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  const { manifest, project } = await parseProject(Object.fromEntries(all), options);
  const yml = readSelectorsYml(project.dir);
  return { manifest, graph: Graph.of(manifest), selectors: yml && namedSelectors(yml) };
}

/** What a selection holds, by name and sorted; sources as `source.table`. */
export function names({ manifest, graph, selectors }: ParsedShop, options: SelectOptions): string[] {
  const { ids } = select(manifest, graph, { selectors, ...options });
  return ids
    .map((id) => getNode(manifest, id)!)
    .map((node) => (node.resource_type === "source" ? `${node.source_name}.${node.name}` : node.name))
    .sort();
}

/** The warnings of a selection. */
export function warningsOf({ manifest, graph, selectors }: ParsedShop, options: SelectOptions): string[] {
  return select(manifest, graph, { selectors, ...options }).warnings;
}

/** Names in one string, as tables of cases write them. */
export function list(text: string): string[] {
  return text.split(/\s+/).filter(Boolean).sort();
}
