// Sends the statements of a replay plan over bare connections and prints the seconds it took, connecting included.
import { readFileSync } from "node:fs";
import mysql from "mysql2/promise";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const options = JSON.parse(process.env.SLA_BENCH_CONNECTION);
const began = performance.now();
const connections = await Promise.all(
  Array.from({ length: plan.connections }, () => mysql.createConnection(options)),
);
const done = plan.statements.map(() => {
  let resolve;
  return { promise: new Promise((settle) => (resolve = settle)), resolve };
});
await Promise.all(
  connections.map(async (connection, own) => {
    for (const [at, statement] of plan.statements.entries()) {
      if (statement.connection !== own) continue;
      for (const earlier of statement.after) await done[earlier].promise;
      await connection.query(statement.sql);
      done[at].resolve();
    }
    await connection.end();
  }),
);
console.log((performance.now() - began) / 1000);
