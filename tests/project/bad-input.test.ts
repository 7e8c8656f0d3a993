import { describe, expect, it } from "vitest";
import { errorsOf, type ProjectFiles, summaries } from "../harness/project.js";

interface Case {
  files: ProjectFiles;
  /** Each error whole: code, message, hint and place. */
  errors: object[];
  env?: Record<string, string>;
  target?: string;
}

const CASES: Record<string, Case> = {
  "broken YAML": {
    files: { "models/schema.yml": "models:\n  - name: a\n   description: x\n" },
    errors: [
      {
        code: "SLA102",
        message: "Sequence item without - indicator",
        hint: "Items of one mapping or list must start in the same column.",
        at: "models/schema.yml:3:4",
      },
    ],
  },
  "YAML with a bracket that is never closed": {
    files: { "models/schema.yml": "models:\n  - name: [a\n" },
    errors: [
      {
        code: "SLA102",
        message: "Flow sequence in block collection must be sufficiently indented and end with a ]",
        hint: "Is a closing quote, bracket or brace missing?",
        at: "models/schema.yml:3:1",
      },
    ],
  },
  "YAML with a key twice": {
    files: { "models/a.sql": "select 1", "models/schema.yml": "models:\n  - name: a\n    name: b\n" },
    errors: [
      {
        code: "SLA102",
        message: "Map keys must be unique",
        hint: "Remove one of the two.",
        at: "models/schema.yml:3:5",
      },
    ],
  },
  "YAML indented with tabs": {
    files: { "models/schema.yml": "models:\n\t- name: a\n" },
    errors: [
      {
        code: "SLA102",
        message: "Tabs are not allowed as indentation",
        hint: "Indent with spaces.",
        at: "models/schema.yml:2:1",
      },
    ],
  },
  "unknown key in project.yml": {
    files: { "project.yml": "name: shop\nmodls:\n  staging: {}\n" },
    errors: [
      {
        code: "SLA103",
        message: 'unknown key "modls"',
        hint: 'Did you mean "models"?',
        at: "project.yml:2:1",
      },
    ],
  },
  "a project without a name": {
    files: { "project.yml": "version: 1.0.0\n" },
    errors: [{ code: "SLA104", message: "name is missing", at: "project.yml:1:1" }],
  },
  "all that is wrong with project.yml at once": {
    files: { "project.yml": "name: my shop\nthreads: many\nmodels:\n  +materialised: view\n" },
    errors: [
      {
        code: "SLA104",
        message: 'name: expected letters, digits and underscores, found "my shop"',
        at: "project.yml:1:7",
      },
      {
        code: "SLA104",
        message: 'threads: expected a number of threads, 1 to 64, found "many"',
        at: "project.yml:2:10",
      },
    ],
  },
  "unknown config for a folder": {
    files: {
      "project.yml": "name: shop\nmodels:\n  staging:\n    +materialised: view\n",
      "models/staging/a.sql": "select 1",
    },
    errors: [
      {
        code: "SLA103",
        message: 'unknown key "+materialised" in models.staging',
        hint: 'Did you mean "materialized"?',
        at: "project.yml:4:5",
      },
    ],
  },
  "config for a folder that does not exist": {
    files: {
      "project.yml": "name: shop\nmodels:\n  shop:\n    stagin:\n      materialized: view\n",
      "models/staging/a.sql": "select 1",
    },
    errors: [
      {
        code: "SLA103",
        message: 'unknown key "stagin" in models.shop',
        hint: 'Did you mean "staging"?',
        at: "project.yml:4:5",
      },
    ],
  },
  "config of a wrong type": {
    files: { "project.yml": "name: shop\nmodels:\n  enabled: sometimes\n" },
    errors: [
      {
        code: "SLA104",
        message: 'models.enabled: expected boolean, found "sometimes"',
        at: "project.yml:3:12",
      },
    ],
  },
  "unknown target": {
    files: {},
    target: "mysq",
    errors: [
      {
        code: "SLA109",
        message: 'there is no target "mysq"',
        hint: 'Did you mean "mysql"?',
        at: "project.yml",
      },
    ],
  },
  "target of an unknown type": {
    files: { "project.yml": "name: shop\ntargets:\n  prod: {type: mariadb}\n" },
    errors: [
      {
        code: "SLA104",
        message: 'target "prod" has the unknown type "mariadb"',
        hint: "Types are duckdb and mysql.",
        at: "project.yml:3:16",
      },
    ],
  },
  "unknown key in a target that is not chosen": {
    files: { "project.yml": "name: shop\ntargets:\n  prod: {type: mysql, user: a, hots: b}\n" },
    errors: [
      {
        code: "SLA103",
        message: 'unknown key "hots" in targets.prod',
        hint: 'Did you mean "host"?',
        at: "project.yml:3:32",
      },
    ],
  },
  "a value from the environment that does not fit, without quoting it": {
    files: { "project.yml": `name: shop\ntargets:\n  prod: {type: mysql, user: a, port: '\${THE_PORT}'}\n` },
    target: "prod",
    env: { THE_PORT: "hunter2" },
    errors: [
      { code: "SLA104", message: "targets.prod.port: expected a port, 1 to 65535", at: "project.yml:3:38" },
    ],
  },
  "missing environment variable of a project's target": {
    files: {
      "project.yml": `name: shop\ntarget: prod\ntargets:\n  prod:\n    type: mysql\n    user: \${DB_USER}\n`,
    },
    errors: [
      {
        code: "SLA106",
        message: 'the environment variable DB_USER is not set; target "prod" takes its user from it',
        hint: "Set DB_USER in the environment or in a file .env beside project.yml.",
        at: "project.yml:6:11",
      },
    ],
  },
  "missing environment variable of the built-in target": {
    files: {},
    target: "mysql",
    errors: [
      {
        code: "SLA106",
        message: 'the environment variable SLA_MYSQL_USER is not set; target "mysql" takes its user from it',
        hint: "Set SLA_MYSQL_USER in the environment or in a file .env beside project.yml.",
        at: "project.yml",
      },
    ],
  },
  "unknown key in properties": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml": "models:\n  - name: a\n    descripton: All of it.\n",
    },
    errors: [
      {
        code: "SLA103",
        message: 'unknown key "descripton" in models[0]',
        hint: 'Did you mean "description"?',
        at: "models/schema.yml:3:5",
      },
    ],
  },
  "columns that are no list": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml": "models:\n  - name: a\n    columns:\n      id: {}\n",
    },
    errors: [
      {
        code: "SLA104",
        message: "models[0].columns: expected a list of columns (- name: …), found a mapping",
        at: "models/schema.yml:4:7",
      },
    ],
  },
  "a column type that MySQL does not have": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml": "models:\n  - name: a\n    columns:\n      - {name: id, data_type: strin}\n",
    },
    errors: [
      {
        code: "SLA104",
        message:
          'models[0].columns[0].data_type: expected a type of MySQL, such as bigint or varchar(100), found "strin"',
        at: "models/schema.yml:4:31",
      },
    ],
  },
  "a column that is described twice": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml": "models:\n  - name: a\n    columns:\n      - name: id\n      - name: ID\n",
    },
    errors: [
      {
        code: "SLA105",
        message: 'column "ID" is described twice',
        hint: "Remove one of the two.",
        at: "models/schema.yml:5:15",
      },
    ],
  },
  "properties in two files": {
    files: {
      "models/a.sql": "select 1",
      "models/one.yml": "models:\n  - name: a\n",
      "models/two.yml": "models:\n  - name: a\n",
    },
    errors: [
      {
        code: "SLA105",
        message: 'model "a" has properties in models/one.yml and in models/two.yml',
        hint: "Keep one of the two.",
        at: "models/two.yml:2:11",
      },
    ],
  },
  "two models of one name": {
    files: { "models/a.sql": "select 1", "models/deep/a.sql": "select 2" },
    errors: [
      {
        code: "SLA105",
        message: 'two nodes are called "a": models/a.sql and models/deep/a.sql',
        hint: "Rename one of the two; they may still share a table name in different schemas with alias.",
        at: "models/deep/a.sql",
      },
    ],
  },
  "a model and a seed of one name": {
    files: { "models/a.sql": "select 1", "seeds/A.csv": "id\n1\n" },
    errors: [
      {
        code: "SLA105",
        message: 'two nodes are called "A": models/a.sql and seeds/A.csv',
        hint: "Rename one of the two; they may still share a table name in different schemas with alias.",
        at: "seeds/A.csv",
      },
    ],
  },
  "two models that build one table": {
    files: { "models/a.sql": "select 1", "models/b.sql": '{{config alias="A"}}select 2' },
    errors: [
      {
        code: "SLA210",
        message: '"a" (models/a.sql) and "b" (models/b.sql) both build sla.A',
        hint: "Give one of them another alias or schema.",
        at: "models/b.sql",
      },
    ],
  },
  "a test that does not exist": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, not_nul]\n",
    },
    errors: [
      {
        code: "SLA602",
        message: 'there is no test "not_nul"',
        hint: 'Did you mean "not_null"?',
        at: "models/schema.yml:5:25",
      },
    ],
  },
  "a test without an argument that it needs": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: a\n    columns:\n      - name: id\n        tests:\n          - relationships: {to: ref('a')}\n",
    },
    errors: [
      {
        code: "SLA602",
        message: 'the test relationships needs the argument "field"',
        at: "models/schema.yml:6:28",
      },
    ],
  },
  "a test whose arguments are indented wrongly": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: a\n    columns:\n      - name: id\n        tests:\n          - accepted_values:\n            values: [1]\n",
    },
    errors: [
      {
        code: "SLA602",
        message: "a test has one name, found accepted_values, values",
        hint: "Indent the arguments below the name of the test.",
        at: "models/schema.yml:6:13",
      },
    ],
  },
  "an unknown argument of a test": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: a\n    columns:\n      - name: id\n        tests:\n          - unique: {severty: warn}\n",
    },
    errors: [
      {
        code: "SLA103",
        message: 'the test unique has no argument "severty"',
        hint: 'Did you mean "severity"?',
        at: "models/schema.yml:6:22",
      },
    ],
  },
  "a relationship to nothing": {
    files: {
      "models/orders.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: orders\n    columns:\n      - name: id\n        tests:\n          - relationships: {to: ref('order'), field: id}\n",
    },
    errors: [
      {
        code: "SLA203",
        message: '"relationships_orders_id__id__ref_order_" reads ref "order", which does not exist',
        hint: 'Did you mean "orders"?',
        at: "models/schema.yml:6:13",
      },
    ],
  },
  "a relationship to something that is no reference": {
    files: {
      "models/orders.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: orders\n    columns:\n      - name: id\n        tests:\n          - relationships:\n              to: orders\n              field: id\n",
    },
    errors: [
      {
        code: "SLA602",
        message: "expected ref('model') or source('source', 'table'), found \"orders\"",
        at: "models/schema.yml:7:19",
      },
    ],
  },
  "one test twice": {
    files: {
      "models/a.sql": "select 1",
      "models/schema.yml":
        "models:\n  - name: a\n    columns:\n      - name: id\n        tests: [unique, unique]\n",
    },
    errors: [
      {
        code: "SLA105",
        message: 'the test "unique_a_id" stands twice in models/schema.yml',
        hint: "Remove one of the two, or give one a name of its own: name: ….",
        at: "models/schema.yml:5:25",
      },
    ],
  },
};

describe("bad input", () => {
  it.each(Object.entries(CASES))("%s", async (_name, { files, errors, env = {}, target }) => {
    expect(summaries(await errorsOf(files, { env, target }))).toEqual(errors);
  });
});
