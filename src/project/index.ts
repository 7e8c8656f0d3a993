export type { DuckDbTarget, MySqlTarget, TargetConfig } from "./target.js";
