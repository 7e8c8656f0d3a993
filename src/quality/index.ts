export { GENERIC_TESTS } from "./generic-test.js";
export { testSelect } from "./test-query.js";
export { outcome, runTest } from "./test-runner.js";
