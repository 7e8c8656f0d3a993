import { defineSeeder } from "sla";
import { COLUMNS, positions, WIDTH } from "./incident_log/columns.js";
import { findLog, records } from "./incident_log/log-file.js";

const BATCH_ROWS = 2000;

/** The event log as it is: every value as text, and the number of its line, as the order of lines is the order of events. */
export default defineSeeder({
  name: "servicenow",
  description:
    "The incident event log of a ServiceNow instance, from the file that the variable log_file names",
  tables: {
    incident_log: {
      columns: {
        event_number: { type: "int", nullable: false },
        ...Object.fromEntries(COLUMNS.map((name) => [name, `varchar(${WIDTH})`])),
      },
      primary_key: "event_number",
      indexes: [{ columns: ["number"] }],
    },
  },
  async *run({ vars, projectDir, log, signal }) {
    const path = await findLog(vars.log_file, projectDir);
    let places: number[] | undefined;
    let rows: (string | number)[][] = [];
    let events = 0;
    for await (const record of records(path)) {
      if (places === undefined) {
        places = positions(record, path);
        continue;
      }
      events += 1;
      rows.push([events, ...places.map((place) => record[place]!)]);
      if (rows.length === BATCH_ROWS) {
        signal.throwIfAborted();
        yield { table: "incident_log", rows };
        rows = [];
      }
    }
    if (events === 0) throw new Error(`${path} holds no events`);
    yield { table: "incident_log", rows };
    log(`${events} events read from ${path}`);
  },
});
