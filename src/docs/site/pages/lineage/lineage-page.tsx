import type { JSX } from "preact";

/** The whole graph. */
export function LineagePage(): JSX.Element {
  return <h1>Lineage</h1>;
}
