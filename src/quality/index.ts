export { ageStatus, type SourceAge, sourceAge } from "./freshness.js";
export { GENERIC_TESTS } from "./generic-tests.js";
export { outcome } from "./test-decision.js";
export { engineSelect, type TestScope, testSelect, variesByItself } from "./test-query.js";
export { runTest } from "./test-runner.js";
