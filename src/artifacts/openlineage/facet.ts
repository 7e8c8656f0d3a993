import { slaVersion } from "../../manifest/index.js";

/** Facets by name, as they stand in an event. */
export type Facets = Record<string, Facet>;

/** One facet: its own members beside who wrote it and what it follows. */
export interface Facet {
  _producer: string;
  _schemaURL: string;
  [member: string]: unknown;
}

const SPEC = "https://openlineage.io/spec/facets";
const DBT =
  "https://raw.githubusercontent.com/OpenLineage/OpenLineage/main/integration/common/openlineage/common/schema";

const standard = (version: string, name: string) => `${SPEC}/${version}/${name}.json#/$defs/${name}`;

/** The schema of each facet that is written. */
const SCHEMAS = {
  columnLineage: standard("1-2-0", "ColumnLineageDatasetFacet"),
  schema: standard("1-2-0", "SchemaDatasetFacet"),
  dataSource: standard("1-0-1", "DatasourceDatasetFacet"),
  datasetType: standard("1-0-1", "DatasetTypeDatasetFacet"),
  datasetDocumentation: standard("1-1-0", "DocumentationDatasetFacet"),
  datasetOwnership: standard("1-0-1", "OwnershipDatasetFacet"),
  datasetTags: standard("1-0-0", "TagsDatasetFacet"),
  dataQualityAssertions: standard("1-1-0", "DataQualityAssertionsDatasetFacet"),
  outputStatistics: standard("1-0-2", "OutputStatisticsOutputDatasetFacet"),
  jobType: standard("2-0-4", "JobTypeJobFacet"),
  sql: standard("1-1-0", "SQLJobFacet"),
  sourceCode: standard("1-0-1", "SourceCodeJobFacet"),
  jobDocumentation: standard("1-1-0", "DocumentationJobFacet"),
  jobOwnership: standard("1-0-1", "OwnershipJobFacet"),
  jobTags: standard("1-0-0", "TagsJobFacet"),
  parent: standard("1-2-0", "ParentRunFacet"),
  processing_engine: standard("1-1-1", "ProcessingEngineRunFacet"),
  errorMessage: standard("1-0-1", "ErrorMessageRunFacet"),
  nominalTime: standard("1-0-1", "NominalTimeRunFacet"),
  test: standard("1-0-1", "TestRunFacet"),
  dbt_node: `${DBT}/dbt-node-job-facet.json#/$defs/DbtNodeJobFacet`,
  dbt_run: `${DBT}/dbt-run-run-facet.json#/$defs/DbtRunRunFacet`,
  dbt_exposures: `${DBT}/dbt-exposures-dataset-facet.json#/$defs/DbtExposuresDatasetFacet`,
} as const;

/** Who says all this. */
export const PRODUCER = `urn:x-sla:${slaVersion()}`;

/** A facet of a kind, with its members. */
export function facet(kind: keyof typeof SCHEMAS, members: object): Facet {
  return { _producer: PRODUCER, _schemaURL: SCHEMAS[kind], ...members };
}

/** The facets that there are something to say in. */
export function present(facets: Readonly<Record<string, Facet | null>>): Facets {
  return Object.fromEntries(
    Object.entries(facets).filter((entry): entry is [string, Facet] => entry[1] !== null),
  );
}
