import type { Options } from "yargs";
import { LOG_FORMATS, LOG_THRESHOLDS } from "./log-settings.js";

/** What every command takes, before or after its name. `logSettings` reads those of the log. */
export const GLOBAL_OPTIONS: Record<string, Options> = {
  "project-dir": { type: "string", default: ".", requiresArg: true, describe: "Folder of project.yml" },
  "log-format": {
    type: "string",
    choices: LOG_FORMATS,
    requiresArg: true,
    describe: "text for people, json: one event a line",
  },
  "log-level": {
    type: "string",
    choices: LOG_THRESHOLDS,
    requiresArg: true,
    describe: "What to show at least; info without it",
  },
  "log-path": {
    type: "string",
    requiresArg: true,
    describe: "Folder of sla.log, to which all events are added",
  },
  quiet: {
    type: "boolean",
    alias: "q",
    default: false,
    describe: "Show errors and what was asked for, no more",
  },
  color: { type: "boolean", hidden: true },
  "use-colors": { type: "boolean", describe: "Colour, or with --no-color do not" },
  debug: { type: "boolean", default: false, describe: "Show the stack of errors" },
};
