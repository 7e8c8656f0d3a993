export * from "./column.js";
export * from "./column-type.js";
export * from "./manifest.js";
export * from "./node.js";
export * from "./relation.js";
export * from "./run-results.js";
export * from "./unique-id.js";
export * from "./value.js";
