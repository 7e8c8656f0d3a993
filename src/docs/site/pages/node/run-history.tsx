import type { JSX } from "preact";
import type { SiteHistory } from "../../../site-data.js";
import { Section } from "../../components/section.js";
import { type Bar, SparkBars } from "../../components/spark-bars.js";
import { STATUS_LOOKS, StatusMark } from "../../components/status-mark.js";
import { TableFrame } from "../../components/table-frame.js";
import { duration, integer, moment } from "../../format.js";
import { core } from "../../store.js";

/** How a node fared in the latest runs: how long it took, how many rows it had or how many failures were counted. */
export function RunHistory({
  history,
  isTest,
}: {
  history: readonly SiteHistory[];
  isTest: boolean;
}): JSX.Element {
  const oldestFirst = history.toReversed();
  const bars = (read: (entry: SiteHistory) => number | null, say: (value: number) => string): Bar[] =>
    oldestFirst.flatMap((entry) => {
      const value = read(entry);
      if (value === null) return [];
      const { tone, word } = STATUS_LOOKS[entry[1]];
      return [{ value, tone, title: `${moment(core.runs[entry[0]]!.started)}: ${say(value)}, ${word}` }];
    });
  const seconds = bars((entry) => (entry[1] === "reused" ? null : entry[2]), duration);
  const counted = isTest
    ? bars(
        (entry) => entry[4],
        (value) => `${integer(value)} failures`,
      )
    : bars(
        (entry) => entry[3],
        (value) => `${integer(value)} rows`,
      );
  return (
    <Section id="history" title="Runs" count={history.length}>
      <div class="pair sparks">
        <Spark title="Time taken" bars={seconds} />
        <Spark title={isTest ? "Failures" : "Rows written"} bars={counted} />
      </div>
      <TableFrame label="Runs">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Run</th>
              <th scope="col">Command</th>
              <th scope="col">Ended</th>
              <th scope="col" class="number">
                Took
              </th>
              <th scope="col" class="number">
                {isTest ? "Failures" : "Rows"}
              </th>
            </tr>
          </thead>
          <tbody>
            {history.slice(0, 10).map(([run, status, took, rows, failures]) => (
              <tr key={run}>
                <td class="tight">{moment(core.runs[run]!.started)}</td>
                <td>
                  <code>{core.runs[run]!.command}</code>
                </td>
                <td class="tight">
                  <StatusMark status={status} />
                </td>
                <td class="number">{duration(took)}</td>
                <td class="number">{numberText(isTest ? failures : rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableFrame>
    </Section>
  );
}

const numberText = (value: number | null): string => (value === null ? "" : integer(value));

function Spark({ title, bars }: { title: string; bars: readonly Bar[] }): JSX.Element | null {
  if (bars.length < 2) return null;
  return (
    <figure>
      <figcaption class="muted small">{title}</figcaption>
      <SparkBars bars={bars} caption={`${title}, last ${bars.length} runs, latest: ${bars.at(-1)!.title}`} />
    </figure>
  );
}
