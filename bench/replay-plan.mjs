/**
 * Turns logged statements into what a replay needs: for each its connection (from 0) and which earlier statements of other
 * connections must be done first. A statement's first model is the one it makes, the others it reads; it waits for what
 * earlier statements made of either. What stands before the first model (schemas, introspection) comes before all.
 */
export function replayPlan(logged) {
  const connections = [...new Set(logged.map(({ connection }) => connection))];
  const modelsOf = ({ sql }) => [...new Set(sql.match(/\b[tv]_\d{3}/g) ?? [])];
  const firstModel = logged.findIndex((statement) => modelsOf(statement).length > 0);
  const makers = new Map();
  const statements = logged.map((statement, at) => {
    const connection = connections.indexOf(statement.connection);
    const models = modelsOf(statement);
    const others = (indexes) =>
      indexes.filter((index) => connections.indexOf(logged[index].connection) !== connection);
    const preamble = at >= firstModel ? [...Array(firstModel).keys()] : [];
    const after = [
      ...new Set([...others(preamble), ...models.flatMap((model) => others(makers.get(model) ?? []))]),
    ];
    const [made] = models;
    if (made !== undefined) makers.set(made, [...(makers.get(made) ?? []), at]);
    return { sql: statement.sql, connection, after };
  });
  return { connections: connections.length, statements };
}
