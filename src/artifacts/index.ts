export { type ArtifactMetadata, type ArtifactOrigin, artifactMetadata, DBT_VERSION } from "./dbt/metadata.js";
