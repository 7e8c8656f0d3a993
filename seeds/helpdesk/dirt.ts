import { calendarDay, clock, DAY, timestamp } from "./calendar.js";
import { Random, STREAMS } from "./random.js";

/**
 * What an export does to clean values. Every method takes exactly one random number, whatever the value, so that a ticket
 * that is open today has the same dirt when it is closed tomorrow.
 */
export class Dirt {
  private readonly random: Random;
  private timeStyle = 0;

  constructor(private readonly seed: number) {
    this.random = new Random(seed, STREAMS.dirt, 0);
  }

  /** Turns to a ticket; its times share one format, as they come from one upstream system. */
  turnTo(ticket: number): void {
    this.random.restart(this.seed, STREAMS.dirt, ticket);
    this.timeStyle = this.random.next();
  }

  /** A word from a list: case lost, spaces before, after or doubled within, in about 5 % of rows. */
  word<T extends string | null>(value: T): T | string {
    const u = this.random.next();
    if (value === null || u >= 0.05) return value;
    if (u < 0.016) return value.toUpperCase();
    if (u < 0.032) return value.toLowerCase();
    if (u < 0.038) return ` ${value}`;
    if (u < 0.046) return `${value}  `;
    return value.includes(" ") ? value.replace(" ", "  ") : `  ${value} `;
  }

  /** The channel's name in another system's spelling. */
  channel(value: string): string {
    const u = this.random.next();
    return value === "Email" && u < 0.06 ? "E-mail" : u > 0.97 ? value.toUpperCase() : value;
  }

  /** Free text: stray spaces at its ends in about 3 % of rows. */
  text(value: string): string {
    const u = this.random.next();
    return u >= 0.03 ? value : u < 0.012 ? `  ${value}` : u < 0.024 ? `${value} ` : ` ${value}   `;
  }

  /** Absent text: null, or an empty string. */
  body(value: string): string | null {
    const u = this.random.next();
    return u < 0.03 ? null : u < 0.05 ? "" : value;
  }

  /** A time as text: ISO, or day first, or with T and Z; nothing as null or as an empty string. */
  time(value: number | null): string | null {
    const u = this.random.next();
    if (value === null) return u < 0.25 ? "" : null;
    if (this.timeStyle < 0.04) {
      const day = calendarDay(Math.floor(value / DAY));
      return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)} ${clock(value)}`;
    }
    const text = timestamp(value);
    if (this.timeStyle < 0.06) return `${text.slice(0, 10)}T${text.slice(11)}Z`;
    return u < 0.01 ? ` ${text}` : u < 0.02 ? `${text} ` : text;
  }

  /** A yes or no: 1 and 0, Y and N, true and false; unknown as null or as an empty string. */
  flag(value: boolean | null): string | null {
    const u = this.random.next();
    if (value === null) return u < 0.3 ? "" : null;
    if (u < 0.03) return value ? "Y" : "N";
    if (u < 0.05) return value ? "true" : "false";
    return value ? "1" : "0";
  }

  /** A name that may not be there yet, or got lost: null, an empty string or N/A. */
  name(value: string | null): string | null {
    const u = this.random.next();
    if (value === null) return u < 0.2 ? "" : u < 0.4 ? "N/A" : null;
    if (u >= 0.99) return u < 0.993 ? "" : u < 0.996 ? "N/A" : null;
    if (u >= 0.04) return value;
    return u < 0.016
      ? value.toUpperCase()
      : u < 0.024
        ? value.toLowerCase()
        : u < 0.032
          ? `${value} `
          : ` ${value}`;
  }

  /** What a closed ticket should say but at times does not. */
  forgotten<T extends string | null>(value: T): T | string | null {
    const u = this.random.next();
    return u < 0.012 ? null : u < 0.02 ? "" : value;
  }

  /** Pounds as text: plain, or with currency and thousands separators. */
  money(value: number): string {
    const u = this.random.next();
    const plain = value.toFixed(2);
    if (u >= 0.12) return plain;
    const grouped = plain.replace(/\B(?=(\d{3})+\.)/g, ",");
    return u < 0.06 ? grouped : `GBP ${grouped}`;
  }

  chance(share: number): boolean {
    return this.random.chance(share);
  }
}
