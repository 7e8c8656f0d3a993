import type { JSX } from "preact";
import type { SiteHistory } from "../../../site-data.js";
import { useDetail } from "../../components/detail.js";
import { SparkBars } from "../../components/spark-bars.js";
import { STATUS_LOOKS } from "../../components/status-mark.js";
import { duration, integer, moment } from "../../format.js";
import { core } from "../../store.js";

const READ = {
  time: {
    of: ([, status, seconds]: SiteHistory) => (status === "reused" || status === "skipped" ? null : seconds),
    say: duration,
    title: "Time taken",
  },
  rows: {
    of: (entry: SiteHistory) => entry[3],
    say: (rows: number) => `${integer(rows)} rows`,
    title: "Rows",
  },
};

/** How long a node took, or how many rows it had, in its latest runs. */
export function HistoryBars({ at, what }: { at: number; what: keyof typeof READ }): JSX.Element | null {
  const node = core.nodes[at]!;
  const detail = useDetail(node);
  const { of, say, title } = READ[what];
  const bars = (detail?.history ?? []).toReversed().flatMap((entry) => {
    const value = of(entry);
    return value === null
      ? []
      : [
          {
            value,
            tone: STATUS_LOOKS[entry[1]].tone,
            title: `${moment(core.runs[entry[0]]!.started)}: ${say(value)}`,
          },
        ];
  });
  if (bars.length < 2) return null;
  return (
    <SparkBars
      bars={bars}
      caption={`${title} of ${node.name} in ${bars.length} runs, latest ${say(bars.at(-1)!.value)}`}
    />
  );
}
