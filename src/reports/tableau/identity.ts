import { createHash } from "node:crypto";

/** Makes the ids of a project's files from names, so that two runs write the same bytes. */
export interface Identity {
  /** 28 letters and digits, as the names of data sources and connections have them. */
  token(...parts: readonly string[]): string;
  /** 32 hexadecimal digits, as the ids of logical tables end. */
  hex(...parts: readonly string[]): string;
  /** A UUID of version 5 in braces. */
  uuid(...parts: readonly string[]): string;
}

/** Of all that this tool names. */
const NAMESPACE = Buffer.from("7d6ff1c4a6a54f0a9a1b2f3f8d5c1e20", "hex");

/** The ids of one project. */
export function identityOf(project: string): Identity {
  const digest = (parts: readonly string[]): Buffer =>
    createHash("sha256")
      .update(JSON.stringify([project, ...parts]))
      .digest();
  return {
    token: (...parts) =>
      BigInt(`0x${digest(parts).toString("hex")}`)
        .toString(36)
        .padStart(28, "0")
        .slice(-28),
    hex: (...parts) => digest(parts).toString("hex").slice(0, 32).toUpperCase(),
    uuid: (...parts) => uuid5(JSON.stringify([project, ...parts])),
  };
}

function uuid5(name: string): string {
  const bytes = createHash("sha1").update(NAMESPACE).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString("hex").toUpperCase();
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `{${parts.join("-")}}`;
}
