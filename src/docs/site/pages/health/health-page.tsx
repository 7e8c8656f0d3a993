import type { JSX } from "preact";
import { RunsTable } from "../../components/runs-table.js";
import { Section } from "../../components/section.js";
import { core } from "../../store.js";
import { FailedTests } from "./failed-tests.js";
import { RunFigures } from "./run-figures.js";
import { Slowest } from "./slowest.js";
import { Timeline } from "./timeline.js";
import { Volumes } from "./volumes.js";

/** How the project fares: its last run in time, what was slow, what failed, how tables grew. */
export function HealthPage(): JSX.Element {
  const { runs, timeline } = core;
  if (runs.length === 0 && timeline === null)
    return (
      <>
        <div class="page-head">
          <h1>Health</h1>
        </div>
        <p class="empty">
          No run is known. <code>sla build</code> makes one; a site that was written with{" "}
          <code>--empty-catalog</code> knows of none.
        </p>
      </>
    );
  return (
    <>
      <div class="page-head">
        <h1>Health</h1>
      </div>
      {runs.length > 0 && <RunFigures runs={runs} />}
      {timeline !== null && <Timeline timeline={timeline} />}
      <FailedTests />
      <Slowest />
      <Volumes />
      {runs.length > 0 && (
        <Section id="runs" title="Runs" count={runs.length}>
          <RunsTable runs={runs} />
        </Section>
      )}
    </>
  );
}
