/** The shapes of the project's files, for those who describe them: what is read is checked against the same. */
export { CONFIG_SHAPES, columnType } from "./node-config.js";
export { PROJECT_SHAPE } from "./project-yml.js";
export { PROPERTIES_SHAPE } from "./properties.js";
export { SELECTORS_SHAPE } from "./selectors-yml.js";
export { TARGET_SHAPES } from "./target-settings.js";
