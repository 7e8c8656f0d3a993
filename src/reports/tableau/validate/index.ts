export { checkCatalog, tableName } from "./catalog-check.js";
export { CHECKS, runChecks } from "./checks/index.js";
export { type Comparison, compareFigures, type SiteFigures } from "./figures.js";
export type { Finding } from "./finding.js";
export { NotRunnable } from "./formula/sql.js";
export { checkPackage, openPackage, type PackageFile } from "./package-file.js";
export { type SheetQuery, sheetQuery } from "./sheet-query.js";
export { readWorkbook, type Source, type Workbook } from "./workbook.js";
export { checkSchema, parseXml, SCHEMA_HOME } from "./xml-file.js";
