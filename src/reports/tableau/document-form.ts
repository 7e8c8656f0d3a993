import { element, type XmlElement } from "../../artifacts/index.js";

/** The forms in which files are written, by the version of Tableau that reads them first. */
export const TABLEAU_VERSIONS = ["2025.1", "2026.1"] as const;

/** One of them. */
export type TableauVersion = (typeof TABLEAU_VERSIONS)[number];

/** What differs between the forms. */
export interface DocumentForm {
  version: string;
  /** The list of the features that a file uses. */
  manifest(features: ReadonlySet<string>): XmlElement;
  /** What a workbook ends with; the older form must not have it. */
  ending: XmlElement | null;
}

const MANIFEST = "document-format-change-manifest";

const FORMS: Record<TableauVersion, DocumentForm> = {
  "2025.1": {
    version: "18.1",
    manifest: (features) =>
      element(
        MANIFEST,
        {},
        [...features].sort().map((name) => element(name)),
      ),
    ending: null,
  },
  "2026.1": {
    version: "26.1",
    manifest: () => element(MANIFEST, {}, element("ManifestByVersion")),
    ending: element(
      "explain-data",
      { "enabled-for-viewer": false, "extreme-values-enabled-for-all": false },
      element("explanation-types"),
    ),
  },
};

/** The form that a version reads. */
export function documentForm(version: TableauVersion): DocumentForm {
  return FORMS[version];
}

/** Features of every data source with logical tables. */
export const SOURCE_FEATURES: readonly string[] = [
  "ObjectModelEncapsulateLegacy",
  "ObjectModelTableType",
  "SchemaViewerObjectModel",
];

/** Features of every workbook. */
export const WORKBOOK_FEATURES: readonly string[] = [
  ...SOURCE_FEATURES,
  "AccessibleZoneTabOrder",
  "SheetIdentifierTracking",
  "WindowsPersistSimpleIdentifiers",
];
