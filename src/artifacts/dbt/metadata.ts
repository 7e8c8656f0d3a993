/** The release of dbt whose artifacts ours are alike: readers branch on it. */
export const DBT_VERSION = "1.12.0";

/** The versions of dbt's artifacts that are written. */
const SCHEMAS = {
  manifest: "manifest/v12",
  "run-results": "run-results/v6",
  catalog: "catalog/v1",
  sources: "sources/v3",
} as const;

/** Which invocation of `sla` an artifact is of. */
export interface ArtifactOrigin {
  invocationId: string;
  startedAt: Date;
  slaVersion: string;
}

/** The header that all of dbt's artifacts have. */
export interface ArtifactMetadata {
  dbt_schema_version: string;
  dbt_version: string;
  /** ISO 8601 in UTC. */
  generated_at: string;
  invocation_id: string;
  invocation_started_at: string;
  env: Record<string, string>;
}

/** The header of one artifact; the version of this package stands in `env`, where readers let anything stand. */
export function artifactMetadata(
  kind: keyof typeof SCHEMAS,
  { invocationId, startedAt, slaVersion }: ArtifactOrigin,
  generatedAt: Date,
): ArtifactMetadata {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${SCHEMAS[kind]}.json`,
    dbt_version: DBT_VERSION,
    generated_at: generatedAt.toISOString(),
    invocation_id: invocationId,
    invocation_started_at: startedAt.toISOString(),
    env: { SLA_VERSION: slaVersion },
  };
}
