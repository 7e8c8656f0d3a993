import type { JSX } from "preact";

/** Where a column comes from. */
export function ColumnLineageCell(_: { at: number; column: string }): JSX.Element | null {
  return null;
}
