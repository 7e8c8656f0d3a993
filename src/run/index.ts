export { type BuildPlan, nodeInfo, planBuild, type RunNode } from "./build-plan.js";
export { inSource } from "./error-location.js";
export type { Emit, NodeInfo, RunEvent } from "./events.js";
export { runModel } from "./model-runner.js";
export type { NodeOutcome, NodeRunner, RunContext } from "./node-runner.js";
export { RelationCache } from "./relation-cache.js";
export { type RunNodesOptions, runNodes } from "./run-nodes.js";
export { runSeed } from "./seed-runner.js";
export { keepSql, sqlPath, startsWith, writeJson, writeWhole } from "./target-folder.js";
