import type { ColumnType } from "../manifest/index.js";

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;
const BOOLEAN = /^(?:true|false)$/i;

/** Lengths that text columns are rounded up to, so that a seed that grows a little keeps its types. */
const LENGTHS = [16, 32, 64, 128, 255, 500, 1000, 4000];
const MOST_IN_TEXT = 16_000;
const MOST_DIGITS = 65;
const MOST_SCALE = 30;
const SAFE_DIGITS = 15;

/** Whether dbt reads a CSV field as NULL, in a column of any type. */
export function isNullField(field: string): boolean {
  if (field.length > 4 && field.charCodeAt(0) > 32 && field.charCodeAt(field.length - 1) > 32) return false;
  const trimmed = field.trim();
  return trimmed === "" || trimmed.toLowerCase() === "null";
}

/** Whether a text is a day of the calendar, or a time on one. */
export function isRealDate(text: string): boolean {
  const day = text.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(time) &&
    new Date(time).toISOString().startsWith(day) &&
    !Number.isNaN(Date.parse(text.length > 10 ? timeOf(text) : day))
  );
}

function timeOf(text: string): string {
  return text.replace(" ", "T").replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
}

/**
 * The type of a column as dbt infers it, from all its fields: the first of integer, number, date, date-time, boolean that fits
 * every field that is not NULL, else text. Ours are MySQL's types: numbers with decimals become exact decimals.
 */
export class ColumnGuess {
  #any = false;
  #integer = true;
  #number = true;
  #exact = true;
  #date = true;
  #dateTime = true;
  #fraction = false;
  #boolean = true;
  #wholeDigits = 1;
  #scale = 0;
  #length = 0;

  /** Takes one more field into account. */
  see(field: string): void {
    if (field.length > this.#length) this.#length = field.length;
    if (isNullField(field)) return;
    this.#any = true;
    const value = field.trim();
    if (this.#integer && !INTEGER.test(value)) this.#integer = false;
    if (this.#number) this.#seeNumber(value);
    if (this.#date && !(DATE.test(value) && isRealDate(value))) this.#date = false;
    if (this.#dateTime) {
      if (!(DATE_TIME.test(value) || DATE.test(value)) || !isRealDate(value)) this.#dateTime = false;
      else if (value.includes(".")) this.#fraction = true;
    }
    if (this.#boolean && !BOOLEAN.test(value)) this.#boolean = false;
  }

  #seeNumber(value: string): void {
    if (!FLOAT.test(value)) {
      this.#number = false;
      return;
    }
    const match = DECIMAL.exec(value);
    if (match === null) {
      this.#exact = false;
      return;
    }
    this.#wholeDigits = Math.max(this.#wholeDigits, match[2]!.replace(/^0+/, "").length);
    this.#scale = Math.max(this.#scale, match[3]!.length);
  }

  /** Whether all fields so far are integers that a JavaScript number holds. */
  get isSafeInteger(): boolean {
    return this.#integer && this.#wholeDigits <= SAFE_DIGITS;
  }

  /** The type that all fields so far fit. */
  type(): ColumnType {
    if (!this.#any) return { kind: "bigint", unsigned: false };
    const digits = this.#wholeDigits + this.#scale;
    const fits = digits <= MOST_DIGITS && this.#scale <= MOST_SCALE;
    if (this.#integer && this.#wholeDigits <= 18) return { kind: "bigint", unsigned: false };
    if (this.#number && this.#exact && fits) {
      return {
        kind: "decimal",
        precision: Math.max(digits, this.#integer ? 20 : 10),
        scale: this.#scale,
        unsigned: false,
      };
    }
    if (this.#number) return { kind: "double" };
    if (this.#date) return { kind: "date" };
    if (this.#dateTime) return { kind: "datetime", precision: this.#fraction ? 6 : 0 };
    if (this.#boolean) return { kind: "boolean" };
    const length = LENGTHS.find((most) => this.#length <= most);
    if (length !== undefined) return { kind: "varchar", length };
    return { kind: this.#length <= MOST_IN_TEXT ? "text" : "longtext" };
  }
}
