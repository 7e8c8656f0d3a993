// Sends the statements of a replay plan over bare connections and prints the seconds from the first to the last.
import { readFileSync } from "node:fs";
import mysql from "mysql2/promise";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const options = JSON.parse(process.env.SLA_BENCH_CONNECTION);
const connections = await Promise.all(
  Array.from({ length: plan.connections }, () => mysql.createConnection(options)),
);
const done = plan.statements.map(() => {
  let resolve;
  return { promise: new Promise((settle) => (resolve = settle)), resolve };
});
const began = performance.now();
await Promise.all(
  connections.map(async (connection, own) => {
    for (const [at, statement] of plan.statements.entries()) {
      if (statement.connection !== own) continue;
      for (const earlier of statement.after) await done[earlier].promise;
      await connection.query(statement.sql);
      done[at].resolve();
    }
  }),
);
console.log((performance.now() - began) / 1000);
await Promise.all(connections.map((connection) => connection.end()));
