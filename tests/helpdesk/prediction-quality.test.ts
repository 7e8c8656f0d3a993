import { describe, expect, it } from "vitest";
import {
  areaUnderCurve,
  brierScore,
  calibration,
  chooseThreshold,
  confusionAt,
  logLoss,
  wilsonInterval,
} from "../../models/prediction/logistic/index.js";

const scores = (...values: number[]) => Float64Array.from(values);
const came = (...values: number[]) => Uint8Array.from(values);

/** Numbers from 0 to 1 that look random and are the same every time. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("the area under the curve", () => {
  it("is the share of pairs in the right order, worked by hand", () => {
    // Breaches 0.8 and 0.3, kept 0.6 and 0.1: of four pairs, only 0.3 against 0.6 is wrong.
    expect(areaUnderCurve(scores(0.8, 0.6, 0.3, 0.1), came(1, 0, 1, 0))).toBe(0.75);
    expect(areaUnderCurve(scores(0.1, 0.2, 0.8, 0.9), came(0, 0, 1, 1))).toBe(1);
    expect(areaUnderCurve(scores(0.9, 0.8, 0.2, 0.1), came(0, 0, 1, 1))).toBe(0);
  });

  it("counts ties half", () => {
    expect(areaUnderCurve(scores(0.5, 0.5), came(1, 0))).toBe(0.5);
    // 0.5 against 0.5 half, against 0.2 right; 0.9 right twice: 3.5 of 4.
    expect(areaUnderCurve(scores(0.5, 0.5, 0.9, 0.2), came(1, 0, 1, 0))).toBe(0.875);
  });

  it("is nothing where all end alike, or without cases", () => {
    expect(areaUnderCurve(scores(0.5, 0.6), came(1, 1))).toBeNull();
    expect(areaUnderCurve(scores(0.5, 0.6), came(0, 0))).toBeNull();
    expect(areaUnderCurve(scores(), came())).toBeNull();
  });

  it.each([1, 2, 3, 4, 5])("equals the count over all pairs (%i)", (seed) => {
    const next = noise(seed);
    const size = 50 + Math.floor(next() * 150);
    // Few different values, so that there are many ties.
    const values = Float64Array.from({ length: size }, () => Math.floor(next() * 12) / 12);
    const outcomes = Uint8Array.from({ length: size }, (_, n) => (next() < 0.2 + values[n]! / 2 ? 1 : 0));
    let [right, pairs] = [0, 0];
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++) {
        if (outcomes[one] !== 1 || outcomes[other] !== 0) continue;
        pairs++;
        right += values[one]! > values[other]! ? 1 : values[one] === values[other] ? 0.5 : 0;
      }
    }
    expect(areaUnderCurve(values, outcomes)).toBeCloseTo(right / pairs, 12);
  });
});

describe("errors of probabilities", () => {
  it("are what they are by hand", () => {
    // −(ln 0.8 + ln 0.5) / 2, and (0.04 + 0.25) / 2.
    expect(logLoss(scores(0.8, 0.5), came(1, 0))).toBeCloseTo(-(Math.log(0.8) + Math.log(0.5)) / 2, 15);
    expect(brierScore(scores(0.8, 0.5), came(1, 0))).toBeCloseTo(0.145, 15);
  });

  it("stay finite where certainty was wrong", () => {
    expect(logLoss(scores(1, 0), came(0, 1))).toBeCloseTo(36.04, 1);
  });

  it("are nothing without cases", () => {
    expect(logLoss(scores(), came())).toBeNull();
    expect(brierScore(scores(), came())).toBeNull();
  });
});

describe("the threshold", () => {
  const said = scores(0.9, 0.8, 0.7, 0.4, 0.2);
  const outcomes = came(1, 0, 1, 1, 0);

  it("counts what is at it as a warning", () => {
    expect(confusionAt(0.7, said, outcomes)).toEqual({
      true_positives: 2,
      false_positives: 1,
      false_negatives: 1,
      true_negatives: 1,
    });
  });

  it("is chosen by the rule", () => {
    // F1 from the top: 2/4, 2/5, 4/6, 6/7, 6/8. Youden: 1/3, −1/6, 1/6, 1/2, 0. Three breaches: the top three.
    expect(chooseThreshold("f1", said, outcomes)).toBe(0.4);
    expect(chooseThreshold("youden", said, outcomes)).toBe(0.4);
    expect(chooseThreshold("share", said, outcomes)).toBe(0.7);
    expect(chooseThreshold(0.33, said, outcomes)).toBe(0.33);
  });

  it.each(["f1", "youden", "share"])("is the best of all by %s, tried one by one", (rule) => {
    const next = noise(7);
    const values = Float64Array.from({ length: 120 }, () => Math.floor(next() * 40) / 40);
    const came = Uint8Array.from(values, (value) => (next() < value ? 1 : 0));
    const value = (threshold: number) => {
      const { true_positives, false_positives, false_negatives, true_negatives } = confusionAt(
        threshold,
        values,
        came,
      );
      if (rule === "f1")
        return (2 * true_positives) / (2 * true_positives + false_positives + false_negatives);
      if (rule === "share") return -Math.abs(false_positives - false_negatives);
      return (
        true_positives / (true_positives + false_negatives) -
        false_positives / (false_positives + true_negatives)
      );
    };
    const best = Math.max(...Array.from(values, value));
    expect(value(chooseThreshold(rule, values, came))).toBeCloseTo(best, 12);
  });

  it("says which rules there are", () => {
    expect(() => chooseThreshold("fi", said, outcomes)).toThrow(
      'threshold_rule is "fi"; it may be f1, youden, share or a probability',
    );
  });
});

describe("calibration", () => {
  it("takes tenths by probability and counts what came", () => {
    const values = Float64Array.from({ length: 20 }, (_, n) => ((n * 7) % 20) / 20);
    const outcomes = Uint8Array.from(values, (value) => (value >= 0.5 ? 1 : 0));
    const tenths = calibration(values, outcomes);
    expect(tenths.map(({ n }) => n)).toEqual(Array(10).fill(2));
    expect(tenths.map(({ breaches }) => breaches)).toEqual([0, 0, 0, 0, 0, 2, 2, 2, 2, 2]);
    expect(tenths[3]).toMatchObject({ decile: 4, lowest_probability: 0.3, highest_probability: 0.35 });
    expect(tenths[3]!.mean_probability).toBeCloseTo(0.325, 12);
  });

  it("leaves out tenths without cases", () => {
    expect(calibration(scores(0.1, 0.9), came(0, 1)).map(({ n }) => n)).toEqual([1, 1]);
    expect(calibration(scores(), came())).toEqual([]);
  });

  it("has Wilson's intervals", () => {
    // Newcombe 1998, table I: 81 of 263, and 0 of 20, without continuity correction.
    expect(wilsonInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilsonInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4);
  });
});
