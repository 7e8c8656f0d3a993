import { DAY } from "./calendar.js";
import type { Random } from "./random.js";
import type { Status } from "./words.js";

/** How a ticket passes through its states; drawn once, whatever the date of the export. */
export interface Lifecycle {
  created: number;
  /** The fix is delivered: `closed_at`. */
  closed: number;
  /** Waiting for the user or a supplier between these two; equal if it never does. */
  pendingFrom: number;
  pendingUntil: number;
  /** The user confirms, or silence is taken for it: Resolved becomes Closed. */
  confirmed: number;
}

export function drawLifecycle(random: Random, created: number, seconds: number): Lifecycle {
  const closed = created + seconds;
  const isLong = seconds > 4 * DAY;
  const waits = random.chance(isLong ? 0.8 : 0.38);
  const pendingFrom = created + Math.floor(seconds * (isLong ? 0.15 : 0.4) * (0.3 + random.next()));
  const pendingUntil = waits
    ? pendingFrom + Math.floor((closed - pendingFrom) * (0.4 + 0.55 * random.next()))
    : pendingFrom;
  // A few are never confirmed, as in every real export.
  const confirmed = random.chance(0.015)
    ? Number.POSITIVE_INFINITY
    : closed + Math.floor(3 * DAY * random.next());
  return { created, closed, pendingFrom, pendingUntil, confirmed };
}

/** The state in which an export at `asOf` finds it. */
export function statusAt(lifecycle: Lifecycle, asOf: number): Status {
  if (lifecycle.closed < asOf) return lifecycle.confirmed < asOf ? "Closed" : "Resolved";
  return lifecycle.pendingFrom < asOf && asOf <= lifecycle.pendingUntil ? "Pending" : "Open";
}
