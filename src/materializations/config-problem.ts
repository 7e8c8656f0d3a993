import { didYouMean } from "../errors/index.js";

/** What is wrong with a node's config, found before anything runs. */
export interface ConfigProblem {
  message: string;
  hint: string;
}

/** The problem of a key whose value is none of those that exist; nothing when it is one, or is not given. */
export function unknownChoice(
  key: string,
  value: string | undefined,
  choices: readonly string[],
): ConfigProblem[] {
  if (value === undefined || choices.includes(value)) return [];
  return [
    {
      message: `has the unknown ${key} "${value}"`,
      hint: didYouMean(value, choices) ?? `Choose one of ${choices.join(", ")}.`,
    },
  ];
}
