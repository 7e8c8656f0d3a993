export * from "./dashboards/index.js";
