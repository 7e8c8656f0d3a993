import type { Faker } from "@faker-js/faker";
import type { Random } from "./random.js";
import type { System } from "./systems.js";
import type { Category } from "./words.js";

/** What users report, by category; the subject is one of these and the system's name. */
const ISSUES: Record<Category, readonly string[]> = {
  Hardware: ["Device Not Responding", "Disk Failure", "Power Supply Fault", "Peripheral Not Recognised"],
  Software: [
    "Application Error",
    "Slow Response",
    "Screen Freezes",
    "Report Not Generated",
    "Batch Job Delayed",
  ],
  Network: ["Connection Timeout", "Link Down", "Packet Loss", "Intermittent Connectivity"],
  Access: ["Login Failure", "Account Locked", "Password Reset", "Access Request", "MFA Code Not Received"],
};
const ATM_FAULTS = ["Cash Dispenser Jam", "Card Reader Fault", "Receipt Printer Fault", "Terminal Offline"];
const MONEY_FAULTS = [
  "Transaction Failed",
  "Payment Not Posted",
  "Balance Not Updated",
  "Transaction Timeout",
];

export function drawIssue(random: Random, system: System, category: Category, inOutage: boolean): string {
  if (inOutage && random.chance(0.6)) return "Service Unavailable";
  if (category === "Hardware" && system.code === "ATM") return random.of(ATM_FAULTS);
  if (category === "Software" && system.transactions && random.chance(0.45)) return random.of(MONEY_FAULTS);
  return random.of(ISSUES[category]);
}

const POOL = 600;

/** Sentences made by Faker once; each ticket's text is put together from them. */
export class Texts {
  private readonly openings: string[];
  private readonly details: string[];
  private readonly closings: string[];

  constructor(faker: Faker) {
    const pool = (make: () => string) => Array.from({ length: POOL }, make);
    const openings = [
      () =>
        `Hello, since ${faker.number.int({ min: 7, max: 18 })}:${faker.number.int({ min: 10, max: 59 })} we see this on`,
      () => `Colleagues on floor ${faker.number.int({ min: 1, max: 14 })} report a problem with`,
      () => `${faker.person.firstName()} from ${faker.person.jobArea()} can't work with`,
      () => `Workstation ${faker.string.alphanumeric({ length: 7, casing: "upper" })} has trouble with`,
      () => `Customer reference ${faker.finance.accountNumber(8)}: please look at`,
    ];
    const details = [
      () =>
        `Error code ${faker.string.hexadecimal({ length: 6, casing: "upper" })}, host ${faker.internet.ipv4()}.`,
      () => `The message says "${faker.hacker.ingverb()} ${faker.hacker.noun()} failed".`,
      () => `See ${faker.system.commonFileName("log")} (about ${faker.number.int({ min: 2, max: 900 })} kB).`,
      () => `It stops at ${faker.hacker.abbreviation()} ${faker.hacker.noun()}; a restart didn't help.`,
      () => `Path C:\\Users\\${faker.internet.username()}\\${faker.system.fileName()} — still the same.`,
    ];
    this.openings = pool(() => faker.helpers.arrayElement(openings)());
    this.details = pool(() => faker.helpers.arrayElement(details)());
    this.closings = pool(() => `Regards,\n${faker.person.fullName()}, ext. ${faker.string.numeric(4)}`);
  }

  body(random: Random, system: System, issue: string): string {
    const detail = random.of(this.details);
    return `${random.of(this.openings)} ${system.name}: ${issue}.\n${detail}\n${random.of(this.closings)}`;
  }
}
