import type { Feature } from "./feature.js";
import type { Observations } from "./observations.js";

/** What a feature's levels that are too rare are pooled as. */
export const OTHER = "(other)";

/** A level as it enters the model. */
export interface EncodedLevel {
  feature: string;
  level: string;
  /** The group whose coefficient it shares; its own name where it stands alone. */
  pooledAs: string;
  cases: number;
  positives: number;
  /** The column of its group; undefined for the reference, which has none. */
  column: number | undefined;
  /** The group against which the feature's odds ratios are. */
  reference: string;
}

/** How cases become rows of zeros and ones: column 0 is the intercept. */
export interface Encoding {
  columns: number;
  levels: EncodedLevel[];
}

interface Counted {
  level: string;
  cases: number;
  positives: number;
}

/**
 * Levels to columns. A level with fewer than `least` positives or negatives is pooled: next to it where levels have an order, as `(other)`
 * where not, and with the reference if that is still too little. The reference is the group with most cases.
 */
export function encodeLevels(cases: Observations, rows: Uint32Array, least: number): Encoding {
  const levels: EncodedLevel[] = [];
  let columns = 1;
  cases.features.forEach((feature, n) => {
    const counted = count(cases, rows, n);
    const groups = (feature.order ? neighbours : rare)(inOrder(feature, counted), least);
    if (groups.length === 0) return;
    const reference = groups.reduce((most, group) => (total(group) > total(most) ? group : most));
    const known = groups.filter((group) => group === reference || suffices(group, least));
    for (const group of groups) {
      const kept = known.includes(group) ? group : reference;
      const column = kept === reference ? undefined : columns++;
      for (const { level, cases: tickets, positives } of group) {
        levels.push({
          feature: feature.name,
          level,
          pooledAs: nameOf(kept, feature),
          cases: tickets,
          positives,
          column,
          reference: nameOf(reference, feature),
        });
      }
    }
  });
  return { columns, levels };
}

function count(cases: Observations, rows: Uint32Array, feature: number): Counted[] {
  const counted = cases.levels[feature]!.map((level): Counted => ({ level, cases: 0, positives: 0 }));
  for (const at of rows) {
    const one = counted[cases.level(feature, at)]!;
    one.cases++;
    if (cases.outcome(at)) one.positives++;
  }
  return counted.filter((one) => one.cases > 0);
}

/** As the feature orders them, with those that have not occurred; else by name. */
function inOrder(feature: Feature, counted: readonly Counted[]): Counted[] {
  const order = feature.order ?? [];
  const byName = new Map(counted.map((one) => [one.level, one]));
  const ordered = order.map((level) => byName.get(level) ?? { level, cases: 0, positives: 0 });
  const others = counted.filter(({ level }) => !order.includes(level));
  return [...ordered, ...others.sort((one, other) => (one.level < other.level ? -1 : 1))];
}

function neighbours(ordered: readonly Counted[], least: number): Counted[][] {
  const groups: Counted[][] = [];
  let group: Counted[] = [];
  for (const one of ordered) {
    group.push(one);
    if (suffices(group, least)) {
      groups.push(group);
      group = [];
    }
  }
  // What is left at the end is too little by itself.
  const last = groups.at(-1);
  if (last) last.push(...group);
  else if (group.length > 0) groups.push(group);
  return groups;
}

function rare(ordered: readonly Counted[], least: number): Counted[][] {
  const alone = ordered.filter((one) => suffices([one], least)).map((one) => [one]);
  const pooled = ordered.filter((one) => !suffices([one], least));
  return pooled.length > 0 ? [...alone, pooled] : alone;
}

function suffices(group: readonly Counted[], least: number): boolean {
  const positives = group.reduce((sum, one) => sum + one.positives, 0);
  return positives >= least && total(group) - positives >= least;
}

function total(group: readonly Counted[]): number {
  return group.reduce((sum, one) => sum + one.cases, 0);
}

function nameOf(group: readonly Counted[], feature: Feature): string {
  if (group.length === 1) return group[0]!.level;
  return feature.order ? `${group[0]!.level} to ${group.at(-1)!.level}` : OTHER;
}
