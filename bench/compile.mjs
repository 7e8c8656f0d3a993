import { rmSync } from "node:fs";
import { join } from "node:path";
import { generateProject } from "./generate-project.mjs";
import { measureProcess, sla, withFolder } from "./measure.mjs";
import { median, seconds, times } from "./table.mjs";

export const title =
  "compile: generated projects, each model with its properties file, parsed and ordered (`sla parse`, whole process)";

const ROUNDS = 3;
const PROMISED = { 1000: { cold: 1 }, 10000: { cold: 6, cached: 1.5 } };
/** Ten times the models may take ten times as long, and a tenth more for noise. */
const MOST_GROWTH = 11;

export async function measure(note) {
  const rows = [];
  const cold = {};
  for (const models of [1000, 10000]) {
    const label = `${models.toLocaleString("en")} models`;
    await withFolder(async (folder) => {
      generateProject(folder, models);
      const rounds = [];
      for (let round = 1; round <= ROUNDS; round += 1) {
        note(`${label}: round ${round} of ${ROUNDS}`);
        rmSync(join(folder, "target"), { recursive: true, force: true });
        const first = await measureProcess(sla, ["parse", "--project-dir", folder]);
        const again = await measureProcess(sla, ["parse", "--project-dir", folder]);
        rounds.push({ first, again });
      }
      cold[models] = median(rounds.map(({ first }) => first.seconds));
      const cached = median(rounds.map(({ again }) => again.seconds));
      const promised = PROMISED[models];
      rows.push(
        {
          what: `${label}: cold`,
          measured: seconds(cold[models]),
          promised: `< ${seconds(promised.cold)}`,
          kept: cold[models] < promised.cold,
        },
        {
          what: `${label}: unchanged, from the cache`,
          measured: seconds(cached),
          ...(promised.cached && {
            promised: `< ${seconds(promised.cached)}`,
            kept: cached < promised.cached,
          }),
        },
        {
          what: `${label}: peak memory, cold`,
          measured: `${Math.round(Math.max(...rounds.map(({ first }) => first.peakMiB)))} MiB`,
        },
      );
    });
  }
  const growth = cold[10000] / cold[1000];
  rows.push({
    what: "10,000 / 1,000 models, cold",
    measured: times(growth),
    promised: `≤ ${times(MOST_GROWTH)}`,
    kept: growth <= MOST_GROWTH,
  });
  return rows;
}
