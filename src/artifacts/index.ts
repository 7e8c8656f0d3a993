export { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata, DBT_VERSION } from "./dbt/metadata.js";
export { type JUnitCase, junitXml } from "./junit.js";
export { element, type XmlChild, type XmlElement, type XmlValue, xmlDocument } from "./xml.js";
