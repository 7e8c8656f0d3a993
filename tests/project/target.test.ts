import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadProject } from "../../src/project/index.js";
import { writeProject } from "../harness/project.js";

const TARGETS = `name: shop
threads: 2
target: prod
targets:
  prod:
    type: mysql
    host: \${DB_HOST:-db.example}
    user: \${DB_USER}
    password: "\${DB_PASSWORD}"
    schema: shop_\${STAGE:-dev}
    ssl: {ca: /etc/ca.pem}
  other: {type: mysql, user: "\${NOT_SET}"}
  fast: {type: duckdb, path: data/fast.duckdb, threads: 8, settings: {memory_limit: 1GB}}
`;

describe("the target", () => {
  it("is the embedded engine in the project's folder unless said otherwise", async () => {
    const projectDir = await writeProject({});
    const { target } = await loadProject({ projectDir, env: {} });
    expect(target).toEqual({
      name: "local",
      type: "duckdb",
      path: join(projectDir, "warehouse.duckdb"),
      schema: "sla",
      threads: 4,
      settings: {},
    });
  });

  it("takes its settings from the environment, and needs only its own", async () => {
    const projectDir = await writeProject({ "project.yml": TARGETS });
    const { target } = await loadProject({
      projectDir,
      env: { DB_USER: "ann", DB_PASSWORD: "p$w", DB_HOST: "" },
    });
    expect(target).toEqual({
      name: "prod",
      type: "mysql",
      host: "db.example",
      port: 3306,
      user: "ann",
      password: "p$w",
      schema: "shop_dev",
      threads: 2,
      ssl: { ca: "/etc/ca.pem" },
    });
  });

  it("is built in for MySQL", async () => {
    const projectDir = await writeProject({});
    const env = { SLA_MYSQL_USER: "ann", SLA_MYSQL_PORT: "3307", SLA_MYSQL_SSL: "true" };
    const { target } = await loadProject({ projectDir, target: "mysql", env });
    expect(target).toEqual({
      name: "mysql",
      type: "mysql",
      host: "127.0.0.1",
      port: 3307,
      user: "ann",
      password: "",
      schema: "sla",
      threads: 4,
      ssl: true,
    });
  });

  it("reads .env, and the process's environment wins", async () => {
    const projectDir = await writeProject({
      "project.yml": TARGETS,
      ".env": "DB_USER=file\nDB_PASSWORD='from file'\n",
    });
    const { target } = await loadProject({ projectDir, env: { DB_USER: "process" } });
    expect(target).toMatchObject({ user: "process", password: "from file" });
  });

  it("has the threads of the command, else its own, else the project's", async () => {
    const projectDir = await writeProject({ "project.yml": TARGETS });
    const load = async (threads?: number) =>
      (await loadProject({ projectDir, target: "fast", threads, env: {} })).target;
    expect(await load()).toMatchObject({
      threads: 8,
      path: join(projectDir, "data/fast.duckdb"),
      settings: { memory_limit: "1GB" },
    });
    expect(await load(3)).toMatchObject({ threads: 3 });
  });

  it("needs no environment where nothing is connected to", async () => {
    const projectDir = await writeProject({ "project.yml": TARGETS });
    const { target } = await loadProject({ projectDir, env: {}, requireTarget: false });
    expect(target).toMatchObject({ user: "", schema: "shop_dev" });
  });
});

describe("variables", () => {
  it("of the command win over those of the project, and those below its name over the others", async () => {
    const projectDir = await writeProject({
      "project.yml": "name: shop\nvars:\n  a: 1\n  b: 1\n  c: 1\n  shop: {b: 2, c: 2}\n",
    });
    expect((await loadProject({ projectDir, env: {}, vars: { c: 3 } })).vars).toEqual({ a: 1, b: 2, c: 3 });
  });
});

describe("a folder without a project", () => {
  it("is an error that says what to do", async () => {
    const missing = join(await writeProject({}), "nowhere");
    await expect(loadProject({ projectDir: missing, env: {} })).rejects.toMatchObject({
      code: "SLA101",
      message: `the folder ${missing} does not exist`,
      hint: "Run sla in the folder that holds project.yml, or name that folder with --project-dir.",
    });
  });
});
