export { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata, DBT_VERSION } from "./dbt/metadata.js";
export { element, type XmlChild, type XmlElement, type XmlValue, xmlDocument } from "./xml.js";
