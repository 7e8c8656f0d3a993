import type { Chart } from "sla";
import type { CalibrationRow } from "./calibration.js";

/** The tenths as a picture. */
export function calibrationChart(
  tenths: readonly CalibrationRow[],
  { subject, period, source }: { subject: string; period: string; source: string },
): Chart {
  const n = tenths.reduce((sum, row) => sum + row.n, 0);
  const inside = tenths.filter(
    (row) => row.observed_low <= row.mean_probability && row.mean_probability <= row.observed_high,
  );
  return {
    kind: "calibration",
    title: "What the breach model said of later months, and what came",
    subtitle: `${subject} created ${period}, which the model had not seen, in tenths by predicted probability; n = ${n.toLocaleString("en-GB")}; bars: 95 % intervals`,
    source,
    description: `Predicted probability and observed share of breaches by tenth; in ${inside.length} of ${tenths.length} tenths the prediction lies within the interval of what was observed.`,
    predicted: { name: "Predicted probability (mean of the tenth)", format: { percent: true } },
    observed: { name: "Observed share of breaches", format: { percent: true } },
    groups: tenths.map((row) => ({
      predicted: row.mean_probability,
      observed: row.observed_share,
      n: row.n,
      low: row.observed_low,
      high: row.observed_high,
    })),
  };
}
