import { readFileSync } from "node:fs";
import { parseXml, checkSchema } from "./src/reports/tableau/validate/xml-file.ts";
import { readWorkbook } from "./src/reports/tableau/validate/workbook.ts";
import { runChecks } from "./src/reports/tableau/validate/checks/index.ts";
for (const f of process.argv.slice(2)) { const b=readFileSync(f);
const x=parseXml(b); const w=readWorkbook(x.root);
console.log(f, await checkSchema(b, w.version, "/work/shared/schemas/tableau"), runChecks(w)); }
