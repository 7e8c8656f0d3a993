import { describe, expect, it } from "vitest";
import { checkLogVariables, logSettings } from "../../src/cli/log/log-settings.js";
import { setColors } from "../../src/cli/render/style.js";

const of = (line: string, env: NodeJS.ProcessEnv = {}) => logSettings(line.split(" "), env);

describe("the options of the log", () => {
  it("stand before or after the command, with a space or an equals sign", () => {
    const expected = { format: "json", level: "debug", path: "logs", color: undefined };
    expect(of("--log-format json --log-level=debug build --log-path logs")).toEqual(expected);
    expect(of("build --log-format=json --log-path=logs --log-level debug")).toEqual(expected);
    expect(of("build --log-format text --log-format json").format).toBe("json");
    expect(of("show --inline -- --log-format json").format).toBe("text");
  });

  it("come from the environment, and the command line wins", () => {
    const env = { SLA_LOG_FORMAT: "json", SLA_LOG_LEVEL: "warn", SLA_LOG_PATH: "logs" };
    expect(of("build", env)).toEqual({ format: "json", level: "warn", path: "logs", color: undefined });
    expect(of("build --log-format text --log-level debug", env)).toMatchObject({
      format: "text",
      level: "debug",
    });
    expect(of("build", { SLA_LOG_FORMAT: "", SLA_LOG_LEVEL: "" })).toMatchObject({
      format: "text",
      level: "info",
    });
  });

  it("quiet means errors, wherever its letter stands; none stays none", () => {
    for (const line of ["build -q", "-q build", "--quiet build", "build -fq", "build -q --log-level debug"])
      expect(of(line).level, line).toBe("error");
    expect(of("build --quiet=false").level).toBe("info");
    expect(of("build -q --log-level none").level).toBe("none");
    expect(of("build -x -f").level).toBe("info");
  });

  it("colour, or not", () => {
    expect(of("build --no-color").color).toBe(false);
    expect(of("build --no-use-colors").color).toBe(false);
    expect(of("build --use-colors").color).toBe(true);
    expect(of("build --color").color).toBe(true);
    expect(of("build").color).toBeUndefined();
    const env: NodeJS.ProcessEnv = { NO_COLOR: "1" };
    setColors(true, env);
    expect(env).toEqual({ FORCE_COLOR: "1" });
    setColors(false, env);
    expect(env).toEqual({ NO_COLOR: "1" });
    setColors(undefined, env);
    expect(env).toEqual({ NO_COLOR: "1" });
  });

  it("of the environment are checked, since no parser does it", () => {
    expect(() => checkLogVariables({ SLA_LOG_FORMAT: "json", SLA_LOG_LEVEL: "none" })).not.toThrow();
    expect(() => checkLogVariables({ SLA_LOG_FORMAT: "xml" })).toThrow(/SLA_LOG_FORMAT is "xml"/);
    expect(() => checkLogVariables({ SLA_LOG_LEVEL: "loud" })).toThrow(/SLA_LOG_LEVEL is "loud"/);
  });
});
