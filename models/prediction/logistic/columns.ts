import type { ColumnDeclaration } from "sla";

/** The columns of a table that holds a trained model. */
export const MODEL_COLUMNS = {
  feature: {
    type: "varchar(32)",
    description: "What is known at the start; (intercept) for the constant",
    tests: ["not_null"],
  },
  level: {
    type: "varchar(128)",
    description: "A value of the feature; (unseen) for any that was not met in training",
    tests: ["not_null"],
  },
  pooled_as: {
    type: "varchar(128)",
    description:
      "The group whose coefficient it shares: its own name, hours or days next to each other, or (other), where too few cases are known of it alone; (average) where it counts as the average case",
    tests: ["not_null"],
  },
  coefficient: {
    type: "double",
    description: "What it adds to the log odds of a breach, against the reference",
    tests: ["not_null"],
  },
  odds_ratio: {
    type: "double",
    description:
      "The same as a factor of the odds; of the intercept, the odds where all is as the references",
    tests: ["not_null"],
  },
  n: { type: "int", description: "Cases with it in the training sample", tests: ["not_null"] },
  breaches: { type: "int", description: "Breaches among these", tests: ["not_null"] },
  is_reference: { type: "tinyint", description: "1 if it belongs to the reference", tests: ["not_null"] },
  reference_level: {
    type: "varchar(128)",
    nullable: false,
    description: "The group that the odds ratio is against: the one with most cases",
  },
  gradient: {
    type: "double",
    nullable: false,
    description:
      "What is left of the log loss's gradient: 0 at the optimum, so this says how far training has converged",
    tests: [
      {
        expression_is_true: { name: "breach_model_has_converged", expression: "BETWEEN -0.0001 AND 0.0001" },
      },
    ],
  },
  trained_until: { type: "varchar(7)", description: "The last month of training", tests: ["not_null"] },
} as const satisfies Record<string, ColumnDeclaration>;

const QUALITY = (whose: string, prefix = "") =>
  ({
    [`${prefix}auc`]: {
      type: "double",
      description: `Chance that ${whose} ranks a breach above a kept limit, ties counting half; null where one of them is missing`,
    },
    [`${prefix}log_loss`]: {
      type: "double",
      description: `Log loss of ${whose}, natural logarithm; null without cases`,
    },
    [`${prefix}brier`]: { type: "double", description: `Mean squared error of ${whose}; null without cases` },
    [`${prefix}mean_probability`]: {
      type: "double",
      description: `Mean probability by ${whose}; beside breaches / n it shows bias`,
    },
    [`${prefix}threshold`]: {
      type: "double",
      description: `Probability from which ${whose} says breach, chosen in training`,
      tests: ["not_null"],
    },
    [`${prefix}true_positives`]: {
      type: "int",
      nullable: false,
      description: `Breaches of which ${whose} warns`,
    },
    [`${prefix}false_positives`]: {
      type: "int",
      nullable: false,
      description: `Kept limits of which ${whose} warns`,
    },
    [`${prefix}false_negatives`]: {
      type: "int",
      nullable: false,
      description: `Breaches of which ${whose} does not warn`,
    },
    [`${prefix}true_negatives`]: {
      type: "int",
      nullable: false,
      description: `Kept limits of which ${whose} does not warn`,
    },
  }) as Record<string, ColumnDeclaration>;

/** The columns of a table that says how good a model is; `baseline` says in words what it is compared with. */
export function metricsColumns(baseline: string): Record<string, ColumnDeclaration> {
  return {
    split: {
      type: "varchar(16)",
      description:
        "train (months learnt from), test (later months) or test_resolved (of these only what is resolved, as one would count who forgets open cases)",
      tests: ["not_null", { accepted_values: { values: ["train", "test", "test_resolved"] } }],
    },
    period: { type: "varchar(7)", description: "Month of creation, or all", tests: ["not_null"] },
    n: { type: "int", description: "Cases with a known outcome", tests: ["not_null"] },
    breaches: { type: "int", description: "Breaches among them", tests: ["not_null"] },
    ...QUALITY("the model"),
    ...QUALITY(baseline, "baseline_"),
    auc_floor: {
      type: "double",
      description:
        "On the row of all later months: what the AUC must reach; null elsewhere and where too few breaches are known to judge",
      tests: [
        {
          expression_is_true: {
            name: "breach_model_reaches_its_auc_floor",
            expression: "IS NULL OR auc >= auc_floor",
          },
        },
      ],
    },
  };
}

/** The columns of a table that compares what was said with what came. */
export const CALIBRATION_COLUMNS = {
  decile: {
    type: "tinyint",
    description: "Tenth of the later months' cases by probability, 1 the lowest",
    tests: ["unique", "not_null"],
  },
  n: { type: "int", description: "Cases", tests: ["not_null"] },
  lowest_probability: { type: "double", description: "Lowest probability in it" },
  highest_probability: { type: "double", description: "Highest probability in it" },
  mean_probability: { type: "double", description: "What the model said: the mean probability" },
  breaches: { type: "int", description: "Breaches among the cases" },
  observed_share: { type: "double", description: "What came: breaches / n" },
  observed_low: { type: "double", description: "Lower end of the 95 % interval of that share (Wilson)" },
  observed_high: { type: "double", description: "Upper end of it" },
} as const satisfies Record<string, ColumnDeclaration>;
