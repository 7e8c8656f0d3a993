/** A support team as the simulation sees it. Names are those of `seeds/teams.csv`. */
export interface Team {
  name: string;
  engineers: number;
  /** Added to the logarithm of the resolution time. */
  slowness: number;
}

export const TEAMS: readonly Team[] = [
  { name: "Service Desk", engineers: 8, slowness: -0.35 },
  { name: "Core Banking Support", engineers: 8, slowness: 0.05 },
  { name: "Digital Channels", engineers: 7, slowness: -0.1 },
  { name: "Payments Operations", engineers: 5, slowness: 0.12 },
  { name: "Network Ops", engineers: 5, slowness: 0.02 },
  { name: "Database Admin", engineers: 4, slowness: 0.25 },
  { name: "Identity & Access", engineers: 4, slowness: -0.35 },
  { name: "Infrastructure", engineers: 4, slowness: 0.1 },
  { name: "Field Services", engineers: 5, slowness: 0.28 },
];

const NUMBER = new Map(TEAMS.map((team, position) => [team.name, position]));

/** Position of a team in `TEAMS`. */
export function teamNumber(name: string): number {
  return NUMBER.get(name)!;
}
