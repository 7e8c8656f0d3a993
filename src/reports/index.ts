export * from "./dashboards/index.js";
export { type ExtractOptions, extractDashboards } from "./extract.js";
