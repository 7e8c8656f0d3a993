export { inkOn, type Theme, theme } from "./charts/theme.js";
export * from "./dashboards/index.js";
export { type ExtractOptions, extractDashboards } from "./extract.js";
export type { TableauInput, TableauVersion } from "./tableau/index.js";
export type { Finding, Source, Workbook } from "./tableau/validate/index.js";
