/** The words of the source system, in its spelling. */

export const PRIORITIES = ["Low", "Medium", "High", "Critical"] as const;
export const CATEGORIES = ["Hardware", "Software", "Network", "Access"] as const;
export const CHANNELS = ["Email", "Phone", "Portal"] as const;
export const FIX_TYPES = ["Permanent", "Patch", "Workaround"] as const;
export const ROOT_CAUSES = [
  "Code Bug",
  "Server Overload",
  "User Error",
  "Configuration Change",
  "Hardware Failure",
  "Network Outage",
  "Expired Credentials",
  "Database Lock",
  "Third-Party Failure",
] as const;

export type Priority = (typeof PRIORITIES)[number];
export type Category = (typeof CATEGORIES)[number];
export type Channel = (typeof CHANNELS)[number];
export type FixType = (typeof FIX_TYPES)[number];
export type RootCause = (typeof ROOT_CAUSES)[number];
export type Status = "Open" | "Pending" | "Resolved" | "Closed";

/** Hours by priority: the same figures as `seeds/sla_policy.csv`. */
export const SLA_LIMIT_HOURS: Record<Priority, number> = { Low: 72, Medium: 24, High: 8, Critical: 4 };

/** Where transactions fail: a branch, or Digital. The same names as `seeds/regions.csv`. */
export const DIGITAL = "Digital";
export const BRANCHES = [
  "London City",
  "Manchester",
  "Birmingham",
  "Leeds",
  "Bristol",
  "Edinburgh",
  "Glasgow",
  "Cardiff",
  "Belfast",
  "Liverpool",
  "Newcastle",
] as const;
