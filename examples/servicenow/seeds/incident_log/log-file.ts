import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

const WHERE_TO_GET_IT =
  "The log is the data set 498 of the UCI Machine Learning Repository (DOI 10.24432/C57S4H, CC BY 4.0). " +
  "Download it and pass it as --vars 'log_file: path/to/incident_event_log.csv': CSV or CSV.GZ, absolute or relative to the project's folder";

/** The file that the variable names, as an absolute path; throws with where to get it. */
export async function findLog(variable: unknown, projectDir: string): Promise<string> {
  if (variable === undefined || variable === null || variable === "") {
    throw Object.assign(new Error("the variable log_file is not set"), { hint: WHERE_TO_GET_IT });
  }
  if (typeof variable !== "string") {
    throw new Error(`the variable log_file: expected a path, found ${JSON.stringify(variable)}`);
  }
  return resolve(projectDir, variable);
}

/** Records of the log one by one, the header first, in constant memory. */
export async function* records(path: string): AsyncGenerator<string[]> {
  const compressed = await isCompressed(path);
  const parser = parse({ bom: true, skip_empty_lines: true });
  const parts = [createReadStream(path, { highWaterMark: 1 << 18 }), ...(compressed ? [createGunzip()] : [])];
  // What fails on the way (a cut-off archive, say) ends the parser with that error, which is then thrown below.
  pipeline([...parts, parser], () => {});
  try {
    for await (const record of parser as Readable & AsyncIterable<string[]>) yield record;
  } catch (error) {
    throw new Error(`${path} cannot be read to its end: ${(error as Error).message}`, { cause: error });
  }
}

async function isCompressed(path: string): Promise<boolean> {
  const start = Buffer.alloc(2);
  try {
    const file = await open(path);
    await file.read(start, 0, 2).finally(() => file.close());
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no such file" : message;
    throw Object.assign(new Error(`the variable log_file names ${path}: ${problem}`, { cause: error }), {
      hint: WHERE_TO_GET_IT,
    });
  }
  if (start.toString("latin1") === "PK")
    throw new Error(`${path} is a zip archive: unpack it and pass the CSV file`);
  return start[0] === 0x1f && start[1] === 0x8b;
}
