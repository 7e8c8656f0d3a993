import { ledgerTables } from "../state/index.js";
import type { GenericTest } from "./generic-test.js";

/**
 * One row if the table has by far more or fewer rows than its latest published builds had: further from their average than so
 * many standard deviations, and than so much of the average. Nothing while there are too few builds to compare with.
 */
export const volumeAnomaly: GenericTest = {
  varies: true,
  sql({ dialect, model, kwargs, tested, targetSchema }) {
    const { runs = 30, least_runs = 5, deviations = 3, tolerance = 10 } = kwargs as Record<string, number>;
    const ledger = ledgerTables(targetSchema);
    return (
      "SELECT n_rows, average_rows, deviation, n_builds\n" +
      `FROM (SELECT COUNT(*) AS n_rows FROM ${model}) AS sla_now\nCROSS JOIN (\n` +
      "  SELECT COUNT(*) AS n_builds, AVG(past_rows) AS average_rows, STDDEV_POP(past_rows) AS deviation\n  FROM (\n" +
      `    SELECT built.rows_affected AS past_rows\n    FROM ${dialect.relation(ledger.nodes.relation)} AS built\n` +
      `    JOIN ${dialect.relation(ledger.runs.relation)} AS run ON run.run_id = built.run_id\n` +
      `    WHERE built.unique_id = ${dialect.literal(tested.unique_id)} AND built.published = 1\n` +
      `      AND built.status = 'success' AND built.rows_affected IS NOT NULL\n` +
      `    ORDER BY run.started_at DESC\n    LIMIT ${runs}\n  ) AS sla_latest\n) AS sla_past\n` +
      `WHERE n_builds >= ${least_runs}\n` +
      `  AND ABS(n_rows - average_rows) > GREATEST(${deviations} * deviation, average_rows * ${tolerance} / 100)`
    );
  },
};
