export { dbtCatalog } from "./dbt/catalog.js";
export { graphSummary } from "./dbt/graph-summary.js";
export { manifestMetadata, manifestSections } from "./dbt/manifest.js";
export { changeHeader, headerText, readMade, writeManifestFile } from "./dbt/manifest-file.js";
export { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata, DBT_VERSION } from "./dbt/metadata.js";
export { type DbtRunResults, dbtRunResults, readRunResults } from "./dbt/run-results.js";
export { type ArtifactScope, artifactScope, type CompiledOf } from "./dbt/scope.js";
export { type JUnitCase, junitXml } from "./junit.js";
export { element, type XmlChild, type XmlElement, type XmlValue, xmlDocument } from "./xml.js";
