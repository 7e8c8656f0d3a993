import { cumulate, type Random } from "./random.js";
import type { System } from "./systems.js";
import { TEAMS, teamNumber } from "./teams.js";
import { CATEGORIES, type Category, FIX_TYPES, type FixType, ROOT_CAUSES, type RootCause } from "./words.js";

/** What usually lies behind a ticket of a category, as weights. */
const CAUSES_BY_CATEGORY: Record<Category, Partial<Record<RootCause, number>>> = {
  Hardware: { "Hardware Failure": 70, "User Error": 8, "Third-Party Failure": 14, "Configuration Change": 8 },
  Software: {
    "Code Bug": 38,
    "Server Overload": 20,
    "Configuration Change": 14,
    "Database Lock": 12,
    "User Error": 12,
    "Third-Party Failure": 4,
  },
  Network: {
    "Network Outage": 54,
    "Configuration Change": 22,
    "Third-Party Failure": 16,
    "Server Overload": 8,
  },
  Access: { "User Error": 42, "Expired Credentials": 42, "Configuration Change": 12, "Code Bug": 4 },
};

/** What makes a system's tickets differ from the rest, as factors. */
const CAUSES_BY_SYSTEM: Record<string, Partial<Record<RootCause, number>>> = {
  CBS: { "Database Lock": 2.5, "Server Overload": 1.5 },
  MOB: { "Code Bug": 2.2 },
  IBK: { "Code Bug": 1.6 },
  ATM: { "Third-Party Failure": 2 },
  PAY: { "Server Overload": 2.5 },
  SWF: { "Third-Party Failure": 3 },
  CRD: { "Third-Party Failure": 2.5 },
  DWH: { "Database Lock": 4 },
  RRP: { "Database Lock": 3 },
  VPN: { "Configuration Change": 1.6 },
};

/** Month end: queues run full. */
const MONTH_END_OVERLOAD = 2.2;

/** Shares of Permanent, Patch and Workaround after each cause. */
const FIXES: Record<RootCause, readonly [number, number, number]> = {
  "Code Bug": [22, 60, 18],
  "Server Overload": [14, 16, 70],
  "User Error": [78, 2, 20],
  "Configuration Change": [66, 24, 10],
  "Hardware Failure": [72, 4, 24],
  "Network Outage": [34, 22, 44],
  "Expired Credentials": [84, 2, 14],
  "Database Lock": [16, 40, 44],
  "Third-Party Failure": [18, 24, 58],
};

const fixTables = new Map(ROOT_CAUSES.map((cause) => [cause, cumulate(FIXES[cause])]));
const causeTables = new Map<string, Float64Array>();
const categoryTables = new Map<System, Float64Array>();

export function drawCategory(random: Random, system: System): Category {
  let table = categoryTables.get(system);
  if (!table) {
    table = cumulate(system.categories);
    categoryTables.set(system, table);
  }
  return CATEGORIES[random.pick(table)]!;
}

export function drawCause(
  random: Random,
  system: System,
  category: Category,
  isMonthEnd: boolean,
): RootCause {
  const busy = isMonthEnd && system.monthEnd;
  const key = `${system.code}${category}${busy}`;
  let table = causeTables.get(key);
  if (!table) {
    const usual = CAUSES_BY_CATEGORY[category];
    const special = CAUSES_BY_SYSTEM[system.code] ?? {};
    table = cumulate(
      ROOT_CAUSES.map((cause) => {
        const overload = busy && cause === "Server Overload" ? MONTH_END_OVERLOAD : 1;
        return (usual[cause] ?? 0) * (special[cause] ?? 1) * overload;
      }),
    );
    causeTables.set(key, table);
  }
  return ROOT_CAUSES[random.pick(table)]!;
}

export function drawFix(random: Random, cause: RootCause): FixType {
  return FIX_TYPES[random.pick(fixTables.get(cause)!)]!;
}

const SERVICE_DESK = teamNumber("Service Desk");
const BY_CATEGORY: Record<Category, number> = {
  Hardware: teamNumber("Field Services"),
  Software: teamNumber("Infrastructure"),
  Network: teamNumber("Network Ops"),
  Access: teamNumber("Identity & Access"),
};
const DATABASE = teamNumber("Database Admin");

/** Position in `TEAMS` of the team that gets the ticket: the system's own, or the specialists for what seems to be wrong. */
export function drawTeam(random: Random, system: System, category: Category, cause: RootCause): number {
  const u = random.next();
  if (cause === "Database Lock" && u < 0.7) return DATABASE;
  if (category === "Access")
    return u < 0.45 ? SERVICE_DESK : u < 0.8 ? BY_CATEGORY.Access : teamNumber(system.team);
  if (category !== "Software" && u < 0.6) return BY_CATEGORY[category];
  if (u > 0.92) return SERVICE_DESK;
  if (u > 0.88) return BY_CATEGORY.Software;
  return teamNumber(system.team);
}

/** Added to the logarithm of the resolution time by the team. */
export function slowness(team: number): number {
  return TEAMS[team]!.slowness;
}
