export type { Given, World } from "./api-command.js";
export * from "./commands.js";
export { isSlaError, slaErrors } from "./errors.js";
