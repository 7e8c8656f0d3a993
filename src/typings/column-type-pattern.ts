import { COLUMN_TYPE_WORDS } from "../manifest/index.js";

/** A pattern, for readers that know no flags, of what begins as a type of MySQL's does. */
export function columnTypePattern(): string {
  const words = COLUMN_TYPE_WORDS.map((word) =>
    [...word]
      .map((letter) =>
        letter === " " ? "\\s+" : /[a-z]/.test(letter) ? `[${letter}${letter.toUpperCase()}]` : letter,
      )
      .join(""),
  );
  return `^\\s*(?:${words.join("|")})\\s*(?:\\(.*\\)\\s*)?(?:[uU][nN][sS][iI][gG][nN][eE][dD]\\s*)?(?:[zZ][eE][rR][oO][fF][iI][lL][lL]\\s*)?$`;
}
