export type { ArqueroTable, NoSuchColumn } from "./arquero-table.js";
export { codeEdition } from "./code-edition.js";
export { type CsvSeed, csvHeader, readCsv } from "./csv-seed.js";
export { parseCsvRows } from "./csv-text.js";
export * from "./definition.js";
export type { Environment } from "./environment.js";
export { FileCache, type FileText } from "./file-cache.js";
export * from "./file-shapes.js";
export { type FolderConfig, folderLayers, packageLayers, unusedFolders } from "./folder-config.js";
export { type ConfigLayer, configKeys, mergeConfig } from "./node-config.js";
export { definitionName, loadedMacro, modelDefinition, seederDefinition } from "./node-definition.js";
export { type LoadOptions, loadProject, type Project, projectOf } from "./project.js";
export { readProjectYml } from "./project-yml.js";
export {
  type ColumnProperties,
  type NodeProperties,
  type ProcedureProperties,
  type Properties,
  readProperties,
  type SourceProperties,
  type UnitTestProperties,
} from "./properties.js";
export * from "./relation-types.js";
export type {
  DashboardProperties,
  ExposureProperties,
  MetricProperties,
  SheetProperties,
} from "./report-shapes.js";
export { hasSecrets, masked, maskedVars, projectRedaction } from "./secrets.js";
export { readSelectorsYml, type SelectorsYml } from "./selectors-yml.js";
export { checkShape } from "./shape.js";
export { listFiles, type SourceFile } from "./source-files.js";
export type { TableauSettings } from "./tableau-settings.js";
export type { DuckDbTarget, MySqlTarget, TargetConfig } from "./target.js";
export { BUILT_IN_TARGETS } from "./target-settings.js";
export type { Exported } from "./typescript-file.js";
export { parseVars } from "./vars.js";
export { editYaml, writeYaml, type YamlEdit } from "./yaml-edit.js";
export { locateYaml, parseYaml, type YamlPath, type YamlText } from "./yaml-file.js";
