import { exp } from "./arithmetic.js";
import type { Outage } from "./outages.js";
import type { Random } from "./random.js";
import type { System } from "./systems.js";
import { type Category, DIGITAL, type Priority, type RootCause } from "./words.js";

/** Transactions that failed because of a ticket's fault. */
export interface Impact {
  failedTransactions: number;
  /** Pounds. */
  loss: number;
  region: string;
}

/** The outage that a new ticket is about, if its system is down right now. */
export function outageBehind(
  random: Random,
  outages: readonly Outage[],
  system: number,
  at: number,
): Outage | undefined {
  const outage = outages.find(
    (candidate) => candidate.system === system && candidate.start <= at && at < candidate.end,
  );
  return outage && random.chance(outage.major ? 0.92 : 0.85) ? outage : undefined;
}

/** Minutes that the system stayed down after the ticket came in: all tickets of one outage end with it. */
export function downMinutes(outage: Outage, created: number): number {
  return Math.max(1, Math.round((outage.end - created) / 60));
}

const HARMLESS: ReadonlySet<RootCause> = new Set(["User Error", "Expired Credentials"]);
const SHARE: Record<Priority, number> = { Low: 0.1, Medium: 0.3, High: 0.5, Critical: 0.7 };

export function drawImpact(
  random: Random,
  system: System,
  ticket: { category: Category; priority: Priority; cause: RootCause; branch: string },
  outage: Outage | undefined,
): Impact | undefined {
  const money = system.transactions;
  if (!money || HARMLESS.has(ticket.cause) || ticket.category === "Access") return undefined;
  if (!random.chance(outage ? 0.95 : SHARE[ticket.priority])) return undefined;
  const hours = outage ? 0.6 : 0.12;
  const failed = Math.max(1, Math.round(money.perHour * hours * exp(0.9 * random.normal())));
  const loss = Math.round(failed * money.averageLoss * exp(0.5 * random.normal()) * 100) / 100;
  return {
    failedTransactions: failed,
    loss,
    region: random.chance(money.digitalShare) ? DIGITAL : ticket.branch,
  };
}
