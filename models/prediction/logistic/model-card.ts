import type { CalibrationRow } from "./calibration.js";
import { ALL, type MetricsRow } from "./metrics.js";
import { type ModelRow, UNSEEN } from "./model.js";

/** What a card says that the tables do not. */
export interface CardText {
  title: string;
  /** What is predicted, in a paragraph. */
  purpose: string;
  /** What a case is called: "tickets". */
  cases: string;
  baseline: string;
  /** Where the data come from and which of them count, a paragraph each. */
  data: readonly string[];
  /** Features in words, by column. */
  features: Readonly<Record<string, string>>;
  picture: string;
  /** What the model cannot do and must not be used for. */
  limits: readonly string[];
}

/** The model card as Markdown: what was learnt from what, how good it is, and where its use ends. */
export function modelCard(
  text: CardText,
  model: readonly ModelRow[],
  metrics: readonly MetricsRow[],
  tenths: readonly CalibrationRow[],
): string {
  const total = (split: string) => metrics.find((row) => row.split === split && row.period === ALL);
  const months = metrics
    .filter(({ split, period }) => split !== "test_resolved" && period !== ALL)
    .sort((one, other) => (one.period < other.period ? -1 : 1));
  const [train, test, resolved] = [total("train"), total("test"), total("test_resolved")];
  const sampled = model.find(({ feature, level }) => feature === level)!;
  const aucs = months.filter(({ split, auc }) => split === "test" && auc !== null);
  const [worst, best] = [least(aucs, ({ auc }) => auc!), least(aucs, ({ auc }) => -auc!)];
  return [
    `# ${text.title}`,
    text.purpose,
    "## Data",
    ...text.data,
    table(
      ["", "months", text.cases, "breaches", "share"],
      [train, test].flatMap((row) =>
        row
          ? [
              [
                row.split === "train" ? "learnt from" : "judged by",
                monthsOf(row.split, months),
                count(row.n),
                count(row.breaches),
                share(row),
              ],
            ]
          : [],
      ),
    ),
    sampled.n === train?.n
      ? `All of the earlier ${text.cases} were trained on.`
      : `Trained on a sample of ${count(sampled.n)} of the earlier ${text.cases}: of each month and outcome its share, chosen by a hash of the number.`,
    "## Features",
    `Only what is known when one of the ${text.cases} comes in. Rare levels share a coefficient.`,
    featureTable(text, model),
    `Strongest levels, against each feature's reference:`,
    oddsTable(text, model),
    "## Quality",
    `The baseline knows ${text.baseline}. AUC is the chance that a breach is ranked above a kept limit; log loss and Brier score are errors, the lower the better.`,
    qualityTable(text, [
      ["in training", train],
      ["later months", test],
      ["… only what is resolved", resolved],
    ]),
    resolved && test && resolved.n < test.n
      ? `The last row leaves out the ${count(test.n - resolved.n)} of the later ${text.cases} that are overdue and still open, as one would who counts resolved ones alone. They are the hardest to foresee: without them the model would look better than it is.`
      : "",
    "### By month",
    qualityTable(
      text,
      months.map((row) => [row.split === "train" ? row.period : `**${row.period}**`, row]),
    ),
    `**Bold**: months that the model has not seen.${
      worst && best && worst !== best
        ? ` In these the AUC lies between ${digits(worst.auc, 2)} (${worst.period}) and ${digits(best.auc, 2)} (${best.period}).`
        : ""
    }`,
    ...warnings(text, train, test),
    "## Calibration",
    `![Predicted and observed shares of breaches](${text.picture})`,
    table(
      ["tenth", text.cases, "predicted", "observed", "95 % interval"],
      tenths.map((row) => [
        String(row.decile),
        count(row.n),
        percent(row.mean_probability),
        percent(row.observed_share),
        `${percent(row.observed_low)} to ${percent(row.observed_high)}`,
      ]),
    ),
    ...bias(test),
    "## Training",
    `Logistic regression by \`ml-logistic-regression\` (gradient descent, no penalty), on columns made independent first. What is left of the gradient is at most ${Math.max(
      ...model.map(({ gradient }) => Math.abs(gradient)),
    ).toExponential(0)} per case: it has converged. No random numbers: the same data give the same model.`,
    "## Limits of use",
    text.limits.map((limit) => `- ${limit}`).join("\n"),
    "",
  ]
    .filter((part, n, parts) => part !== "" || n === parts.length - 1)
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function featureTable({ features }: CardText, model: readonly ModelRow[]): string {
  return table(
    ["feature", "levels", "with a coefficient of their own", "reference"],
    Object.entries(features).map(([name, words]) => {
      const own = model.filter(({ feature, level }) => feature === name && level !== UNSEEN);
      const alone = own.filter(({ level, pooled_as, is_reference }) => level === pooled_as && !is_reference);
      return [words, String(own.length), String(alone.length), own[0]?.reference_level ?? ""];
    }),
  );
}

function oddsTable({ cases, features }: CardText, model: readonly ModelRow[]): string {
  const groups = new Map<string, ModelRow>();
  for (const row of model) {
    if (row.level === UNSEEN || row.is_reference || !(row.feature in features)) continue;
    const key = `${row.feature} ${row.pooled_as}`;
    const known = groups.get(key);
    groups.set(key, known ? { ...known, n: known.n + row.n, breaches: known.breaches + row.breaches } : row);
  }
  const strongest = [...groups.values()]
    .sort((one, other) => Math.abs(other.coefficient) - Math.abs(one.coefficient))
    .slice(0, 12)
    .sort((one, other) => other.coefficient - one.coefficient);
  return table(
    ["feature", "level", "odds ratio", `${cases} trained on`, "of them breached"],
    strongest.map((row) => [
      features[row.feature]!,
      row.pooled_as,
      digits(row.odds_ratio, 2),
      count(row.n),
      share(row),
    ]),
  );
}

function qualityTable(
  { cases }: CardText,
  rows: readonly (readonly [string, MetricsRow | undefined])[],
): string {
  return table(
    ["", cases, "breaches", "predicted", "AUC", "baseline", "log loss", "baseline", "Brier", "baseline"],
    rows.flatMap(([name, row]) =>
      row
        ? [
            [
              name,
              count(row.n),
              share(row),
              percent(row.mean_probability),
              digits(row.auc, 3),
              digits(row.baseline_auc, 3),
              digits(row.log_loss, 3),
              digits(row.baseline_log_loss, 3),
              digits(row.brier, 3),
              digits(row.baseline_brier, 3),
            ],
          ]
        : [],
    ),
  );
}

function warnings({ cases }: CardText, train?: MetricsRow, test?: MetricsRow): string[] {
  if (!train || !test || test.n === 0) return [];
  const { true_positives: hits, false_positives: alarms, false_negatives: misses } = test;
  return [
    "### At the threshold",
    `A warning is given from a probability of ${percent(train.threshold)} on, chosen in training. In the later months it warned of ${count(hits + alarms)} of ${count(test.n)} ${cases}: ${percent(hits / (hits + alarms || 1))} of the warnings came true, and ${percent(hits / (hits + misses || 1))} of the breaches had been warned of. By the baseline at its own threshold these were ${percent(test.baseline_true_positives / (test.baseline_true_positives + test.baseline_false_positives || 1))} and ${percent(test.baseline_true_positives / (hits + misses || 1))}.`,
  ];
}

/** What to say of probabilities that are too high or too low as a whole. */
function bias(test?: MetricsRow): string[] {
  if (!test || test.n === 0) return [];
  const observed = test.breaches / test.n;
  const said = test.mean_probability!;
  if (Math.abs(said - observed) < 0.05) return [];
  return [
    `**Its probabilities are too ${said > observed ? "high" : "low"}**: ${percent(said)} on average, and ${percent(observed)} came. Breaches have become ${said > observed ? "rarer" : "more frequent"} since the months that it learnt from. The order in which it puts cases may still be good (see the AUC); the probabilities should not be read as they are.`,
  ];
}

function monthsOf(split: string, months: readonly MetricsRow[]): string {
  const own = months.filter((row) => row.split === split);
  return own.length === 0 ? "none" : `${own[0]!.period} to ${own.at(-1)!.period}`;
}

function least<T>(items: readonly T[], value: (item: T) => number): T | undefined {
  return [...items].sort((one, other) => value(one) - value(other))[0];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = heading.map((_, n) => (n === 0 ? "---" : "---:"));
  return [line(heading), line(rule), ...rows.map(line)].join("\n");
}

function share({ n, breaches }: { n: number; breaches: number }): string {
  return n === 0 ? "–" : percent(breaches / n);
}

function percent(value: number | null): string {
  return value === null ? "–" : `${(100 * value).toFixed(1)} %`;
}

function digits(value: number | null, places: number): string {
  return value === null ? "–" : value.toFixed(places);
}

function count(value: number): string {
  return value.toLocaleString("en-GB");
}
