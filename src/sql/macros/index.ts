import { createHash } from "node:crypto";
import { EDITION } from "../edition.js";
import { DATE_MACROS } from "./date.js";
import { JSON_MACROS } from "./json.js";
import { NUMBER_MACROS } from "./number.js";
import { TEXT_MACROS } from "./text.js";

/** Statements that create the macros which translated text calls; they replace those of an earlier version. */
export function duckdbMacros(): string[] {
  return [...TEXT_MACROS, ...NUMBER_MACROS, ...DATE_MACROS, ...JSON_MACROS].map(
    (macro) => `CREATE OR REPLACE MACRO ${macro}`,
  );
}

/**
 * Changes when any macro or translation does: a database file that holds the macros of this version needs no installation, and a
 * translation that was made by this version is still good.
 */
export function duckdbMacroVersion(): string {
  return createHash("sha256")
    .update([EDITION, ...duckdbMacros()].join("\n"))
    .digest("hex")
    .slice(0, 16);
}
