import type { JSX } from "preact";
import { RunsTable } from "../../components/runs-table.js";
import { Section } from "../../components/section.js";
import { core } from "../../store.js";

/** How the project fares: runs, timings, tests. */
export function HealthPage(): JSX.Element {
  return (
    <>
      <div class="page-head">
        <h1>Health</h1>
      </div>
      <Section id="runs" title="Runs" count={core.runs.length}>
        <RunsTable runs={core.runs} />
      </Section>
    </>
  );
}
