import { DAY } from "./calendar.js";
import type { Category, FixType } from "./words.js";

/** What a later ticket may repeat. */
export interface Reported {
  at: number;
  customer: number;
  system: number;
  category: Category;
  issue: string;
  fix: FixType;
}

/** The tickets of the last 24 hours, as far as a new one may follow from them. Memory does not grow with the period. */
export class RecentTickets {
  private readonly ring: Reported[] = [];
  private from = 0;
  private to = 0;
  private today = new Map<number, number>();
  private yesterday = new Map<number, number>();
  private day = 0;

  constructor(private readonly capacity = 4096) {}

  /** One of the tickets of the last 24 hours, or undefined if there are none. */
  draw(u: number, at: number): Reported | undefined {
    while (this.from < this.to && this.ring[this.from % this.capacity]!.at < at - DAY) this.from++;
    const size = this.to - this.from;
    return size === 0 ? undefined : this.ring[(this.from + Math.floor(u * size)) % this.capacity];
  }

  /** Takes a ticket in; true if the same user reported the same system within the 24 hours before. */
  add(ticket: Reported): boolean {
    this.turnTo(Math.floor(ticket.at / DAY));
    this.ring[this.to % this.capacity] = ticket;
    this.to++;
    if (this.to - this.from > this.capacity) this.from++;
    const key = ticket.customer * 64 + ticket.system;
    const last = this.today.get(key) ?? this.yesterday.get(key);
    this.today.set(key, ticket.at);
    return last !== undefined && ticket.at - last <= DAY;
  }

  private turnTo(day: number): void {
    if (day === this.day) return;
    this.yesterday = day === this.day + 1 ? this.today : new Map();
    this.today = new Map();
    this.day = day;
  }
}
