import { defineSeeder } from "sla";
import { generateHelpdesk } from "./helpdesk/generate.js";
import { helpdeskOptions } from "./helpdesk/options.js";
import { TABLES } from "./helpdesk/tables.js";

/** The simulated helpdesk of a bank as its ticket system exports it. What is in it: `seeds/README.md`. */
export default defineSeeder({
  name: "helpdesk",
  description: "A bank's helpdesk, simulated: four linked tables, as dirty as a real export",
  tables: {
    tickets: { columns: TABLES.tickets, indexes: [{ columns: ["ticket_id"] }] },
    sla_metrics: { columns: TABLES.sla_metrics, indexes: [{ columns: ["ticket_id"] }] },
    ticket_ownership: { columns: TABLES.ticket_ownership, indexes: [{ columns: ["ticket_id"] }] },
    business_impact: { columns: TABLES.business_impact, indexes: [{ columns: ["ticket_id"] }] },
  },
  async *run({ vars, signal }) {
    for await (const batch of generateHelpdesk(helpdeskOptions(vars))) {
      signal.throwIfAborted();
      yield batch;
    }
  },
});
