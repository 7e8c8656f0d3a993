/** Prints the megabytes of heap that are live, at most, while so many tickets are made: `memory.ts 300000`. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { generateHelpdesk } from "../../seeds/helpdesk/generate.js";
import { helpdeskOptions } from "../../seeds/helpdesk/options.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
let batches = 0;
let most = 0;
for await (const _ of generateHelpdesk(helpdeskOptions({ tickets: process.argv[2] }))) {
  if (batches++ % 20 !== 0) continue;
  collect();
  most = Math.max(most, process.memoryUsage().heapUsed);
}
process.stdout.write(String(Math.round(most / 1e6)));
