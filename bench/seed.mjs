import { createReadStream, createWriteStream, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import callbackDriver from "mysql2";
import mysql from "mysql2/promise";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { withServer } from "./servers.mjs";
import { median, seconds, times } from "./table.mjs";

const TICKETS = Number(process.env.SLA_BENCH_TICKETS ?? 1_000_000);
const MOST = 1.25;
const MOST_MIB = 600;
const SCHEMA = "sla_bench";
const ROUNDS = Number(process.env.SLA_BENCH_ROUNDS ?? 3);

export const title = `seed: ${TICKETS.toLocaleString("en")} tickets, against generating the rows to nowhere and a bare load of the same bytes`;

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const vars = { tickets: TICKETS };

export async function measure(note) {
  const rows = [];
  for (const flavour of ["mariadb", "mysql"]) {
    const measured = await withServer(
      flavour,
      (url) => withFolder((folder) => compare(flavour, url, folder, note)),
      {
        optional: flavour === "mysql",
      },
    );
    rows.push(...(measured ?? []));
  }
  return rows;
}

async function compare(flavour, url, folder, note) {
  const connection = await mysql.createConnection({
    uri: url,
    infileStreamFactory: (path) => createReadStream(path, { highWaterMark: 1 << 18 }),
  });
  const { hostname, port, username, password } = new URL(url);
  const env = {
    SLA_MYSQL_HOST: hostname,
    SLA_MYSQL_PORT: port || "3306",
    SLA_MYSQL_USER: decodeURIComponent(username),
    SLA_MYSQL_PASSWORD: decodeURIComponent(password),
    SLA_MYSQL_SCHEMA: SCHEMA,
  };
  const options = ["--project-dir", project, "--target", "mysql", "--vars", JSON.stringify(vars)];
  await measureProcess(sla, ["parse", "--project-dir", project, "--target", "mysql"], { env });
  const manifest = JSON.parse(readFileSync(join(project, "target", "sla_manifest.json"), "utf8"));
  const seeders = Object.values(manifest.nodes).filter(
    (node) => node.resource_type === "seed" && node.language === "typescript",
  );
  const tables = seeders.flatMap((node) => node.tables.map(({ schema, alias }) => ({ schema, alias })));
  const drop = async () => {
    const [schemas] = await connection.query(
      "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name LIKE ?",
      [`${SCHEMA}%`],
    );
    for (const { name } of schemas) await connection.query(`DROP DATABASE \`${name}\``);
  };

  try {
    const rounds = [];
    let bytes = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      note(`${flavour}, round ${round} of ${ROUNDS}: generating to nowhere`);
      const script = fileURLToPath(new URL("generate-rows.mjs", import.meta.url));
      const generated = JSON.parse((await measureProcess(script, [project, JSON.stringify(vars)])).stdout);
      note(`${flavour}, round ${round} of ${ROUNDS}: sla seed`);
      await drop();
      const ours = await measureProcess(
        sla,
        ["seed", "--select", ...seeders.map((node) => `path:${node.original_file_path}`), ...options],
        { env },
      );
      if (round === 1) bytes = await dump(url, tables, folder);
      note(`${flavour}, round ${round} of ${ROUNDS}: bare load`);
      rounds.push({ generated: generated.seconds, ours, bare: await bareLoad(connection, tables, folder) });
    }
    const middle = (pick) => median(rounds.map(pick));
    const ratio = middle(({ ours, generated, bare }) => ours.seconds / Math.max(generated, bare));
    const peak = Math.max(...rounds.map(({ ours }) => ours.peakMiB));
    const on = `${flavour}: `;
    return [
      { what: `${on}generating to nowhere`, measured: seconds(middle(({ generated }) => generated)) },
      {
        what: `${on}bare LOAD DATA of ${Math.round(bytes / 2 ** 20)} MiB`,
        measured: seconds(middle(({ bare }) => bare)),
      },
      { what: `${on}sla seed, whole process`, measured: seconds(middle(({ ours }) => ours.seconds)) },
      {
        what: `${on}sla seed / the longer of the two`,
        measured: times(ratio),
        promised: `≤ ${times(MOST)}`,
        kept: ratio <= MOST,
      },
      {
        what: `${on}peak memory of sla seed`,
        measured: `${Math.round(peak)} MiB`,
        promised: `< ${MOST_MIB} MiB`,
        kept: peak < MOST_MIB,
      },
    ];
  } finally {
    await drop();
    await connection.end();
  }
}

/** Writes each table as the file that LOAD DATA reads; returns the bytes of all. */
async function dump(url, tables, folder) {
  const connection = callbackDriver.createConnection({
    uri: url,
    dateStrings: true,
    rowsAsArray: true,
    typeCast: (field) => field.string(),
  });
  let bytes = 0;
  for (const { schema, alias } of tables) {
    const file = join(folder, alias);
    const rows = connection.query(`SELECT * FROM \`${schema}\`.\`${alias}\``).stream({ highWaterMark: 1000 });
    await pipeline(
      rows,
      async function* (source) {
        for await (const row of source) yield `${row.map(field).join("\t")}\n`;
      },
      createWriteStream(file),
    );
    bytes += statSync(file).size;
  }
  connection.destroy();
  return bytes;
}

const ESCAPES = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\0": "\\0" };
const field = (value) =>
  value === null ? "\\N" : value.replace(/[\\\t\n\0]/g, (character) => ESCAPES[character]);

/** Seconds to load the files into empty tables of the same definition. */
async function bareLoad(connection, tables, folder) {
  const bare = ({ schema, alias }) => `\`${schema}\`.\`bare_${alias}\``;
  for (const table of tables) {
    await connection.query(`DROP TABLE IF EXISTS ${bare(table)}`);
    await connection.query(`CREATE TABLE ${bare(table)} LIKE \`${table.schema}\`.\`${table.alias}\``);
  }
  const began = performance.now();
  for (const table of tables) {
    const file = join(folder, table.alias);
    await connection.query(
      `LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${bare(table)} CHARACTER SET utf8mb4`,
    );
  }
  return (performance.now() - began) / 1000;
}
