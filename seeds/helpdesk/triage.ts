import { cumulate, type Random } from "./random.js";
import type { System } from "./systems.js";
import { type Category, CHANNELS, type Channel, PRIORITIES, type Priority } from "./words.js";

/** Weights of Low, Medium, High and Critical, by the system's tier. */
const BY_TIER = {
  1: cumulate([20, 44, 26, 10]),
  2: cumulate([32, 46, 17, 5]),
  3: cumulate([46, 42, 10, 2]),
};
const ACCESS = cumulate([40, 44, 14, 2]);
const IN_OUTAGE = cumulate([0, 12, 53, 35]);

export function drawPriority(
  random: Random,
  system: System,
  category: Category,
  inOutage: boolean,
): Priority {
  const weights = inOutage ? IN_OUTAGE : category === "Access" ? ACCESS : BY_TIER[system.tier];
  return PRIORITIES[random.pick(weights)]!;
}

/** Weights of Email, Phone and Portal. */
const BY_DAY = cumulate([26, 32, 42]);
const AT_NIGHT = cumulate([24, 18, 58]);
const URGENT = cumulate([6, 68, 26]);

export function drawChannel(random: Random, priority: Priority, night: boolean): Channel {
  const weights = priority === "Critical" ? URGENT : night ? AT_NIGHT : BY_DAY;
  return CHANNELS[random.pick(weights)]!;
}

/** Outside the hours in which the desk is fully staffed. */
export function isNight(hour: number): boolean {
  return hour < 7 || hour >= 19;
}
