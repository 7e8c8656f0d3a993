export { type LineageOptions, projectLineage } from "./project-lineage.js";
