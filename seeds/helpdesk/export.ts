import { HOUR } from "./calendar.js";
import { Dirt } from "./dirt.js";
import { statusAt } from "./lifecycle.js";
import type { RawRow, TableName } from "./tables.js";
import type { Ticket } from "./ticket.js";
import { SLA_LIMIT_HOURS } from "./words.js";

/** Shares of rows that an export repeats, and of closed tickets that it also has in an earlier state. */
const REPEATED = 0.006;
const OUTDATED = 0.008;

/** Writes tickets as an export of the source system at one moment would have them. */
export class Exporter {
  private readonly dirt: Dirt;

  constructor(
    seed: number,
    private readonly asOf: number,
    private readonly write: (table: TableName, row: RawRow) => void,
  ) {
    this.dirt = new Dirt(seed);
  }

  export(ticket: Ticket): void {
    this.dirt.turnTo(ticket.id);
    const isClosed = ticket.lifecycle.closed < this.asOf;
    const isAnswered = ticket.lifecycle.created + 60 * ticket.responseMinutes < this.asOf;
    this.versions("tickets", isClosed, this.ticketRow(ticket, isClosed), toOpenTicket);
    this.versions("sla_metrics", isClosed, this.slaRow(ticket, isClosed, isAnswered), toOpenSla);
    this.versions(
      "ticket_ownership",
      isClosed,
      this.ownershipRow(ticket, isClosed, isAnswered),
      toOpenOwnership,
    );
    const row = this.impactRow(ticket);
    const isAssessed = ticket.outage ? ticket.outage.end < this.asOf : isAnswered;
    if (row && isAssessed) this.versions("business_impact", false, row, undefined);
  }

  private versions(
    table: TableName,
    isClosed: boolean,
    row: RawRow,
    earlier: ((row: RawRow) => RawRow) | undefined,
  ): void {
    const isOutdated = this.dirt.chance(OUTDATED);
    const isRepeated = this.dirt.chance(REPEATED);
    if (isOutdated && isClosed && earlier) this.write(table, earlier(row));
    this.write(table, row);
    if (isRepeated) this.write(table, [...row]);
  }

  private ticketRow(ticket: Ticket, isClosed: boolean): RawRow {
    const { dirt } = this;
    return [
      ticket.id,
      dirt.word(ticket.customer),
      dirt.text(`${ticket.issue} - ${ticket.system.name}`),
      dirt.body(ticket.body),
      dirt.time(ticket.lifecycle.created),
      dirt.time(isClosed ? ticket.lifecycle.closed : null),
      dirt.word(statusAt(ticket.lifecycle, this.asOf)),
      dirt.word(ticket.priority),
      dirt.word(ticket.category),
      dirt.word(ticket.system.name),
      dirt.channel(ticket.channel),
    ];
  }

  private slaRow(ticket: Ticket, isClosed: boolean, isAnswered: boolean): RawRow {
    const { created, closed } = ticket.lifecycle;
    const limit = SLA_LIMIT_HOURS[ticket.priority];
    return [
      ticket.id,
      this.dirt.chance(0.01) ? null : limit,
      isClosed ? Math.round((closed - created) / 36) / 100 : null,
      isAnswered ? ticket.responseMinutes : null,
      this.dirt.flag(isClosed ? closed - created > limit * HOUR : null),
      this.downMinutes(ticket, isClosed),
    ];
  }

  private downMinutes(ticket: Ticket, isClosed: boolean): number | null {
    if (ticket.outage) return ticket.outage.end < this.asOf ? ticket.outage.minutes : null;
    return isClosed ? 0 : null;
  }

  private ownershipRow(ticket: Ticket, isClosed: boolean, isAnswered: boolean): RawRow {
    const { dirt } = this;
    const cause = dirt.forgotten(dirt.word(ticket.cause));
    const fix = dirt.forgotten(dirt.word(ticket.fix));
    return [
      ticket.id,
      dirt.word(ticket.team),
      dirt.name(isAnswered ? ticket.engineer : null),
      isClosed ? cause : null,
      isClosed ? fix : null,
      dirt.flag(ticket.isRepeat),
    ];
  }

  private impactRow(ticket: Ticket): RawRow | undefined {
    if (!ticket.impact) return undefined;
    const { failedTransactions, loss, region } = ticket.impact;
    return [
      ticket.id,
      failedTransactions,
      this.dirt.money(loss),
      this.dirt.forgotten(this.dirt.word(region)),
    ];
  }
}

function toOpenTicket(row: RawRow): RawRow {
  return row.map((value, column) => (column === 5 ? null : column === 6 ? "Open" : value));
}

function toOpenSla(row: RawRow): RawRow {
  return row.map((value, column) => (column === 2 || column === 4 || column === 5 ? null : value));
}

function toOpenOwnership(row: RawRow): RawRow {
  return row.map((value, column) => (column === 3 || column === 4 ? null : value));
}
