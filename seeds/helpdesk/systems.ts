/** The simulated behaviour of each system. Code and name are those of `seeds/systems.csv`; a test holds them together. */
export interface System {
  code: string;
  name: string;
  /** The team that normally gets its tickets. */
  team: string;
  /** Tier 1 is critical to the bank. */
  tier: 1 | 2 | 3;
  load: "office" | "alwaysOn";
  /** More work at the end of a month. */
  monthEnd: boolean;
  /** Share of Hardware, Software, Network and Access among its tickets. */
  categories: readonly [number, number, number, number];
  /** Added to the logarithm of the resolution time. */
  difficulty: number;
  /** How often it goes down, against its share of tickets. */
  fragility: number;
  /** Customers' money moves through it: its faults can fail transactions. */
  transactions?: { perHour: number; averageLoss: number; digitalShare: number };
  /** A supplier must help with part of its faults: these take weeks. */
  vendorShare: number;
}

const CORE = "Core Banking Support";
const DIGITAL = "Digital Channels";
const PAYMENTS = "Payments Operations";
const INFRA = "Infrastructure";

/** From the busiest to the quietest. */
export const SYSTEMS: readonly System[] = [
  {
    ...system("CBS", "Core Banking", CORE, 1, "office", [4, 52, 12, 32], 0.4, 1),
    monthEnd: true,
    transactions: { perHour: 190, averageLoss: 9.5, digitalShare: 0.35 },
  },
  {
    ...system("MOB", "Mobile App", DIGITAL, 1, "alwaysOn", [2, 56, 14, 28], -0.42, 0.9),
    transactions: { perHour: 140, averageLoss: 3.2, digitalShare: 1 },
  },
  {
    ...system("ATM", "ATM Switch", "Field Services", 1, "alwaysOn", [46, 22, 30, 2], 0.62, 1.6),
    transactions: { perHour: 95, averageLoss: 6, digitalShare: 0.05 },
    vendorShare: 0.05,
  },
  {
    ...system("IBK", "Internet Banking", DIGITAL, 1, "alwaysOn", [2, 50, 14, 34], -0.3, 1),
    transactions: { perHour: 120, averageLoss: 4.1, digitalShare: 1 },
  },
  {
    ...system("PAY", "Payments Hub", PAYMENTS, 1, "alwaysOn", [3, 63, 22, 12], 0.48, 1.7),
    monthEnd: true,
    transactions: { perHour: 260, averageLoss: 14, digitalShare: 0.6 },
    vendorShare: 0.03,
  },
  {
    ...system("CRD", "Card Management", PAYMENTS, 1, "alwaysOn", [6, 60, 18, 16], 0.1, 1.2),
    transactions: { perHour: 150, averageLoss: 5, digitalShare: 0.7 },
    vendorShare: 0.04,
  },
  system("EML", "Email & Calendar", INFRA, 2, "office", [4, 46, 12, 38], -0.35, 0.6),
  system("VPN", "VPN Gateway", "Network Ops", 2, "office", [4, 16, 48, 32], -0.3, 1.2),
  system("LOS", "Loan Origination", CORE, 2, "office", [2, 64, 8, 26], 0.2, 0.6),
  system("ADS", "Active Directory", "Identity & Access", 1, "office", [2, 16, 8, 74], -0.4, 0.5),
  system("CRM", "CRM", DIGITAL, 2, "office", [2, 66, 8, 24], 0, 0.6),
  {
    ...system("SWF", "SWIFT Gateway", PAYMENTS, 1, "office", [4, 50, 34, 12], 0.4, 1.3),
    monthEnd: true,
    transactions: { perHour: 40, averageLoss: 60, digitalShare: 0.8 },
    vendorShare: 0.08,
  },
  {
    ...system("TEL", "Call Centre Telephony", "Network Ops", 2, "alwaysOn", [26, 24, 44, 6], 0.1, 1),
    vendorShare: 0.05,
  },
  {
    ...system("BTL", "Branch Teller", CORE, 1, "office", [30, 42, 16, 12], 0.05, 0.8),
    transactions: { perHour: 60, averageLoss: 8, digitalShare: 0 },
  },
  {
    ...system("DWH", "Data Warehouse", "Database Admin", 2, "office", [4, 72, 8, 16], 0.3, 0.8),
    monthEnd: true,
  },
  system("TRS", "Treasury Workstation", PAYMENTS, 2, "office", [4, 68, 12, 16], 0.25, 0.5),
  { ...system("HRP", "HR & Payroll", INFRA, 3, "office", [2, 56, 4, 38], -0.1, 0.4), monthEnd: true },
  system("FRD", "Fraud Monitoring", DIGITAL, 1, "alwaysOn", [2, 74, 14, 10], 0.2, 0.7),
  system("DMS", "Document Management", INFRA, 3, "office", [4, 66, 10, 20], 0, 0.4),
  system("TRF", "Trade Finance", PAYMENTS, 2, "office", [2, 72, 10, 16], 0.2, 0.4),
  system("AML", "AML Screening", CORE, 1, "office", [2, 74, 8, 16], 0.15, 0.5),
  system("WIF", "Branch Wi-Fi", "Network Ops", 3, "office", [34, 6, 56, 4], 0, 0.6),
  system("PRN", "Print Services", "Field Services", 3, "office", [70, 18, 10, 2], 0.1, 0.2),
  {
    ...system("RRP", "Regulatory Reporting", "Database Admin", 2, "office", [2, 78, 4, 16], 0.3, 0.4),
    monthEnd: true,
  },
  system("INT", "Intranet", INFRA, 3, "office", [2, 60, 10, 28], -0.3, 0.3),
];

function system(
  code: string,
  name: string,
  team: string,
  tier: 1 | 2 | 3,
  load: "office" | "alwaysOn",
  categories: [number, number, number, number],
  difficulty: number,
  fragility: number,
): System {
  return {
    code,
    name,
    team,
    tier,
    load,
    monthEnd: false,
    categories,
    difficulty,
    fragility,
    vendorShare: 0.012,
  };
}

/**
 * Shares of all tickets by rank, a power law with a flattened head (Zipf–Mandelbrot, exponent 3, offset 3.8): the first five of
 * the 25 systems, 20 %, get about 80 %.
 */
export const SYSTEM_SHARES: readonly number[] = (() => {
  const weights = SYSTEMS.map((_, rank) => 1 / ((rank + 4.8) * (rank + 4.8) * (rank + 4.8)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
})();
