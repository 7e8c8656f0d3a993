import type { JSX } from "preact";
import type { SiteRun } from "../../../site-data.js";
import { SparkBars } from "../../components/spark-bars.js";
import type { Tone } from "../../components/status-mark.js";
import { count, duration, integer, moment } from "../../format.js";
import { core } from "../../store.js";

const TONES: Readonly<Record<string, Tone>> = { success: "good", error: "bad", interrupted: "warn" };

/** The state of things in a few figures. */
export function RunFigures({ runs }: { runs: readonly SiteRun[] }): JSX.Element {
  const latest = runs[0]!;
  const failed = runs.filter(({ status }) => status === "error").length;
  const tests = core.nodes.filter(({ test, state }) => test !== null && state !== null);
  const passed = tests.filter(({ state }) => state!.status === "pass" || state!.status === "reused").length;
  const bars = runs
    .filter(({ seconds }) => seconds !== null)
    .toReversed()
    .map((run) => ({
      value: run.seconds!,
      tone: TONES[run.status] ?? ("idle" as const),
      title: `${moment(run.started)}: ${run.command}, ${duration(run.seconds!)}, ${run.status}`,
    }));
  return (
    <div class="tiles health-tiles">
      <div class="tile">
        <span class="what">Last run</span>
        <div class="figure">{latest.status}</div>
        <span class="more">
          {latest.command}, {moment(latest.started)}
        </span>
      </div>
      <div class="tile">
        <span class="what">Tests that passed</span>
        <div class="figure">
          {integer(passed)} <span class="of">of {integer(tests.length)}</span>
        </div>
        <span class="more">each as it was last run</span>
      </div>
      <div class="tile">
        <span class="what">Runs that failed</span>
        <div class="figure">
          {integer(failed)} <span class="of">of {integer(runs.length)}</span>
        </div>
        <span class="more">of the latest {count(runs.length, "run")}</span>
      </div>
      <div class="tile">
        <span class="what">Time of each run</span>
        <SparkBars bars={bars} caption={`Time of the last ${count(bars.length, "run")}, oldest first`} />
      </div>
    </div>
  );
}
