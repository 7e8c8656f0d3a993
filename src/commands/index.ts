export { type BuildOptions, type RunCommand, runCommand } from "./build.js";
export { clean } from "./clean.js";
export { type CompiledText, type CompileOptions, compile } from "./compile.js";
export { type Check, debug } from "./debug.js";
export { type CommandOptions, type Effects, slaVersion } from "./invocation.js";
export { LS_OUTPUTS, type LsOptions, ls } from "./ls.js";
export { type ParseSummary, parse } from "./parse.js";
export { type ShownRows, type ShowOptions, show } from "./show.js";
