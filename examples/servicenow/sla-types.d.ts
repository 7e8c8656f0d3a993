// Written by `sla generate types`, which brings it up to date. Changes by hand are lost.
// It gives the rows that ref() and source() read their types.
import "sla";

declare module "sla" {
  interface Relations {
    /** What comes in, is done and is left, at the end of each day. Two backlogs, because this service desk closes in bulk, days after the work is done: unresolved is what users wait for, open is what is in the books. Unit: incidents. One row per day. */
    backlog_daily: {
      /** date: The day */
      date_day: string;
      /** int: Incidents opened on the day */
      opened: number;
      /** int: Incidents resolved on the day; where that time is lost, closed on it */
      resolved: number;
      /** int: Incidents closed on the day */
      closed: number;
      /** int: Opened and not resolved by the end of the day */
      unresolved_at_end: number | null;
      /** int: Opened and not closed by the end of the day */
      open_at_end: number | null;
    };
    /** Incidents as the breach model sees them: what the first event of the log says of them, and how they ended. Nothing of a later event but the outcome. */
    breach_features: {
      /** varchar(100): The incident */
      incident_number: string;
      /** int: Feature: priority in the first event, 0 if not known */
      priority_code: number;
      /** varchar(100): Feature: category in the first event */
      category: string;
      /** varchar(100): Feature: support group in the first event; Unknown if it names none */
      assignment_group: string;
      /** int: Feature: hour of opening, 0 to 23 */
      opened_hour: number;
      /** int: Feature: weekday of opening, Monday is 0 */
      opened_weekday: number;
      /** varchar(7): Month of opening, which divides training from later months */
      opened_month: string;
      /** boolean: The outcome by the last event; null while the incident is open */
      is_breach: number | null;
    };
    /** The trained breach model: one row per feature and level, with coefficient and odds ratio. All that predicts reads it from here; nothing trains twice. */
    breach_model: {
      /** varchar(32): What is known at the start; (intercept) for the constant */
      feature: string;
      /** varchar(128): A value of the feature; (unseen) for any that was not met in training */
      level: string;
      /** varchar(128): The group whose coefficient it shares: its own name, hours or days next to each other, or (other), where too few cases are known of it alone; (average) where it counts as the average case */
      pooled_as: string;
      /** double: What it adds to the log odds of a breach, against the reference */
      coefficient: number;
      /** double: The same as a factor of the odds; of the intercept, the odds where all is as the references */
      odds_ratio: number;
      /** int: Cases with it in the training sample */
      n: number;
      /** int: Breaches among these */
      breaches: number;
      /** tinyint: 1 if it belongs to the reference */
      is_reference: number;
      /** varchar(128): The group that the odds ratio is against: the one with most cases */
      reference_level: string;
      /** double: What is left of the log loss's gradient: 0 at the optimum, so this says how far training has converged */
      gradient: number;
      /** varchar(7): The last month of training */
      trained_until: string;
    };
    /** What the breach model said of the later months and what came, by tenths of the probability. Exports the picture of it and the model card (breach_model.md). */
    breach_model_calibration: {
      /** tinyint: Tenth of the later months' cases by probability, 1 the lowest */
      decile: number;
      /** int: Cases */
      n: number;
      /** double: Lowest probability in it */
      lowest_probability: number | null;
      /** double: Highest probability in it */
      highest_probability: number | null;
      /** double: What the model said: the mean probability */
      mean_probability: number | null;
      /** int: Breaches among the cases */
      breaches: number | null;
      /** double: What came: breaches / n */
      observed_share: number | null;
      /** double: Lower end of the 95 % interval of that share (Wilson) */
      observed_low: number | null;
      /** double: Upper end of it */
      observed_high: number | null;
    };
    /** How good the breach model is: in training and in later months, as a whole and by month, beside a baseline that knows only each priority's share of breaches in training. */
    breach_model_metrics: {
      /** varchar(16): train (months learnt from), test (later months) or test_resolved (of these only what is resolved, as one would count who forgets open cases) */
      split: string;
      /** varchar(7): Month of creation, or all */
      period: string;
      /** int: Cases with a known outcome */
      n: number;
      /** int: Breaches among them */
      breaches: number;
      /** double: Chance that the model ranks a breach above a kept limit, ties counting half; null where one of them is missing */
      auc: number | null;
      /** double: Log loss of the model, natural logarithm; null without cases */
      log_loss: number | null;
      /** double: Mean squared error of the model; null without cases */
      brier: number | null;
      /** double: Mean probability by the model; beside breaches / n it shows bias */
      mean_probability: number | null;
      /** double: Probability from which the model says breach, chosen in training */
      threshold: number;
      /** int: Breaches of which the model warns */
      true_positives: number;
      /** int: Kept limits of which the model warns */
      false_positives: number;
      /** int: Breaches of which the model does not warn */
      false_negatives: number;
      /** int: Kept limits of which the model does not warn */
      true_negatives: number;
      /** double: Chance that the baseline by priority ranks a breach above a kept limit, ties counting half; null where one of them is missing */
      baseline_auc: number | null;
      /** double: Log loss of the baseline by priority, natural logarithm; null without cases */
      baseline_log_loss: number | null;
      /** double: Mean squared error of the baseline by priority; null without cases */
      baseline_brier: number | null;
      /** double: Mean probability by the baseline by priority; beside breaches / n it shows bias */
      baseline_mean_probability: number | null;
      /** double: Probability from which the baseline by priority says breach, chosen in training */
      baseline_threshold: number;
      /** int: Breaches of which the baseline by priority warns */
      baseline_true_positives: number;
      /** int: Kept limits of which the baseline by priority warns */
      baseline_false_positives: number;
      /** int: Breaches of which the baseline by priority does not warn */
      baseline_false_negatives: number;
      /** int: Kept limits of which the baseline by priority does not warn */
      baseline_true_negatives: number;
      /** double: On the row of all later months: what the AUC must reach; null elsewhere and where too few breaches are known to judge */
      auc_floor: number | null;
    };
    /** How many of the incidents closed in a month had missed their target, by the log's own made_sla. Unit: incidents and percent. One row per month and priority of which incidents were closed, and one of the priority All that is their sum. */
    breach_rate_monthly: {
      /** date: First day of the month of closing */
      month_start_date: string;
      /** varchar(100): Priority, or All */
      priority_name: string;
      /** int: Incidents closed in the month: the denominator */
      closed: number;
      /** int: Those of them that had missed their target: the numerator */
      breached: number;
      /** decimal(9,6): 100 × breached / closed */
      breach_percent: number | null;
    };
    /** Users affected by incidents, one row each; Unknown for incidents that name none. */
    dim_callers: {
      /** varchar(100): The user */
      caller_id: string;
      /** boolean: 0 for Unknown */
      is_known: number;
      /** varchar(100): Where the latest of his or her incidents was */
      last_location: string;
      /** date: Day of his or her first incident */
      first_incident_date: string | null;
      /** date: Day of his or her last incident */
      last_incident_date: string | null;
    };
    /** Affected services, one row per category and subcategory. */
    dim_categories: {
      /** varchar(203): Category and subcategory */
      category_path: string;
      /** varchar(100): First level */
      category: string;
      /** varchar(100): Second level */
      subcategory: string;
    };
    /** One row per day of the years that the log touches. */
    dim_dates: {
      /** date: The day */
      date_day: string;
      /** int: Year */
      year_number: number;
      /** int: Quarter, 1 to 4 */
      quarter_number: number | null;
      /** int: Month, 1 to 12 */
      month_number: number | null;
      /** varchar(3): Month, Jan to Dec */
      month_name: string | null;
      /** varchar(7): Month with its year, 2016-03 */
      year_month_name: string | null;
      /** varchar(8): ISO week, 2016-W09 */
      iso_week: string | null;
      /** int: Day, 1 to 31 */
      day_of_month: number | null;
      /** int: Weekday, 0 is Monday */
      weekday_number: number | null;
      /** varchar(3): Weekday, Mon to Sun */
      weekday_name: string | null;
      /** boolean: 1 on Saturdays and Sundays */
      is_weekend: number | null;
      /** boolean: 1 on the last day of a month */
      is_month_end: number | null;
    };
    /** Support groups, one row each; Unknown for incidents that name none. */
    dim_groups: {
      /** varchar(100): The group */
      assignment_group: string;
      /** boolean: 0 for Unknown */
      is_known: number;
      /** date: Day on which its first incident was opened */
      first_incident_date: string | null;
      /** date: Day on which its last incident was opened */
      last_incident_date: string | null;
    };
    /** Those who report, handle and resolve incidents, one row per name. The log is anonymised by column, so that one person has another name in each role. */
    dim_people: {
      /** varchar(100): The name */
      person: string;
      /** boolean: 0 for Unknown */
      is_known: number;
      /** boolean: 1 if incidents were reported under this name */
      is_opener: number | null;
      /** boolean: 1 if incidents are assigned to this name */
      is_assignee: number | null;
      /** boolean: 1 if incidents were resolved under this name */
      is_resolver: number | null;
    };
    /** Priorities that occur, one row each. */
    dim_priorities: {
      /** int: 1 (critical) to 4 (low); 0 if not known */
      priority_code: number;
      /** varchar(100): Critical, High, Moderate or Low */
      priority_name: string;
    };
    /** Trend: incidents by day with the average of seven days, and below it what is left, unresolved and still open in the books. Exported as eda_daily.csv, .svg and .png. */
    eda_daily: {
      /** date: The day */
      date_day: string;
      /** int: Incidents opened on the day */
      incidents: number;
      /** decimal(12,6): Rolling average; null on the first six days */
      average_7_days: number | null;
      /** int: Opened and not resolved by the end of the day */
      unresolved_at_end: number | null;
      /** int: Opened and not closed by the end of the day */
      open_at_end: number | null;
    };
    /** Peak load: incidents by weekday and hour of opening, in the log's own time. All 168 hours of the week have a row. Exported as eda_hourly.csv, .svg and .png. */
    eda_hourly: {
      /** int: Weekday of opening, Monday is 0 */
      weekday: number;
      /** varchar(9): Its name */
      weekday_name: string;
      /** int: Hour of opening, 0 to 23 */
      hour: number;
      /** int: Incidents opened in this hour of the week */
      incidents: number;
      /** decimal(9,6): incidents / all incidents, from 0 to 1 */
      share: number;
    };
    /** Time to resolve by support group: mean (MTTR), median and 90th percentile in hours by the clock, the busiest group first. Incidents without a time of resolution are in none. Exported as eda_mttr_group.csv, .svg and .png. */
    eda_mttr_group: {
      /** varchar(100): The group that had it last; Unknown where the log does not say */
      assignment_group: string;
      /** int: Incidents with a time of resolution */
      incidents: number;
      /** decimal(12,4): MTTR */
      mean_hours: number;
      /** decimal(12,4): Median; between two incidents their mean */
      median_hours: number | null;
      /** decimal(12,4): Ninetieth percentile, interpolated between neighbours */
      p90_hours: number | null;
    };
    /** Pareto: how incidents are spread over categories, the busiest first, and which few make up 80 % of them. Exported as eda_pareto.csv, .svg and .png. */
    eda_pareto: {
      /** int: 1 for the category with the most incidents; equals stand by name */
      rank: number;
      /** varchar(100): The category; Unknown where the log does not say */
      category: string;
      /** int: Incidents opened */
      incidents: number;
      /** decimal(9,6): incidents / all incidents, from 0 to 1 */
      share: number;
      /** decimal(9,6): Share of this category and those before it */
      cumulative_share: number | null;
      /** int: 1 for the fewest categories, from the first, that make up at least 80 % */
      is_vital: number | null;
    };
    /** One row per incident in its last state, with all measures; dimensions by key. */
    fact_incidents: {
      /** varchar(100): The incident */
      incident_number: string;
      /** varchar(100): The user affected */
      caller_id: string;
      /** varchar(203): The affected service, category and subcategory */
      category_path: string;
      /** int: Priority, 1 (critical) to 4 (low); 0 if not known */
      priority_code: number;
      /** varchar(100): Support group that had it last */
      assignment_group: string;
      /** varchar(100): Who reported it */
      opened_by: string;
      /** varchar(100): Person who had it last */
      assigned_to: string;
      /** varchar(100): Who resolved it */
      resolved_by: string;
      /** date: Day of opening */
      opened_date: string;
      /** date: Day of resolution; null if not known */
      resolved_date: string | null;
      /** date: Day of closing; null if not closed */
      closed_date: string | null;
      /** datetime: When the user opened it */
      opened_at: string;
      /** datetime: When it first was in any state but New: the nearest that the log has to a first response */
      first_response_at: string | null;
      /** datetime: When it was resolved: the end of the work */
      resolved_at: string | null;
      /** datetime: When it was closed, in bulk some days after its resolution */
      closed_at: string | null;
      /** int: Hour of opening, 0 to 23 */
      opened_hour: number;
      /** int: Weekday of opening, 0 is Monday */
      opened_weekday: number;
      /** varchar(100): Step of the process in which the log leaves it */
      incident_state: string;
      /** boolean: 1 if neither closed nor cancelled */
      is_open: number;
      /** varchar(100): High, Medium or Low */
      impact_name: string;
      /** varchar(100): High, Medium or Low */
      urgency_name: string;
      /** varchar(100): How it came in */
      channel: string;
      /** varchar(100): The place affected */
      location: string;
      /** varchar(100): What the user noticed */
      symptom: string;
      /** varchar(100): How it was resolved */
      closed_code: string;
      /** boolean: 1 if its last event says that the target was missed */
      is_sla_breached: number;
      /** decimal(12,4): Hours from opening to resolution, by the clock; null if the time of resolution is not known */
      resolution_hours: number | null;
      /** int: Minutes from opening to first_response_at; negative where the log puts that first */
      first_response_minutes: number | null;
      /** int: Changes of group or analyst */
      reassignment_count: number;
      /** int: Resolutions that the caller has rejected */
      reopen_count: number;
      /** int: Updates, by the system's own count */
      update_count: number;
      /** int: Events of it in the log */
      event_count: number;
      /** boolean: 1 if the caller has rejected a resolution */
      is_reopened: number;
      /** boolean: 1 if the same caller has opened an incident of the same category within the 24 hours before */
      is_repeat_incident: number;
      /** boolean: 1 if a knowledge document was used */
      is_knowledge_used: number | null;
      /** boolean: 1 if the priority was checked twice */
      is_priority_confirmed: number | null;
      /** boolean: 1 if it belongs to a problem */
      has_problem: number;
      /** boolean: 1 if it led to a change */
      has_change: number;
    };
    /** Minutes from opening to the first event in any state but New, by month of opening; the log has no targets for it. Unit: minutes. One row per month and priority of which incidents were opened, and one of the priority All. */
    first_response_monthly: {
      /** date: First day of the month of opening */
      month_start_date: string;
      /** varchar(100): Priority, or All */
      priority_name: string;
      /** int: Incidents opened in the month */
      incidents: number;
      /** int: Those of them with a first response */
      answered: number;
      /** int: Those whose response the log puts before the opening; their minutes are negative */
      answered_before_opening: number;
      /** bigint: Minutes to the first response, added up */
      response_minutes: number | bigint;
      /** decimal(12,4): response_minutes / answered; null if none was answered */
      mean_minutes: number | null;
      /** decimal(12,4): Median over the answered */
      median_minutes: number | null;
      /** decimal(12,4): Ninetieth percentile over the answered, interpolated between neighbours */
      p90_minutes: number | null;
    };
    /** How many incidents are opened, with the rolling average of seven days; days without any count as zero. The log holds nearly all of its incidents in its first three months: what comes later is the tail of an extract, not a trend. Unit: incidents. One row per day. */
    incident_volume_daily: {
      /** date: The day */
      date_day: string;
      /** int: Incidents opened on the day */
      incidents: number;
      /** int: Incidents opened from the first day to the end of this one */
      incidents_to_date: number;
      /** int: Incidents of this day and the six before it, as far as there are six */
      incidents_7_days: number;
      /** int: Days that incidents_7_days counts: 1 to 6 on the first six days, then 7 */
      days_in_window: number | null;
      /** decimal(12,6): Rolling average: incidents_7_days / 7; null on the first six days */
      average_7_days: number | null;
    };
    /** Incidents opened, resolved and still unresolved, per day and priority, days without any included. Opened and Resolved add up over days; Unresolved does not, it is what is left when the day ends. */
    mart_incident_flow: {
      /** date: The day */
      flow_date: string;
      /** varchar(100): Critical, High, Moderate or Low; Unknown if the log does not say */
      priority: string;
      /** varchar(16): Opened, Resolved or Unresolved */
      flow: string;
      /** int: Number of incidents */
      incidents: number;
    };
    /** One row per incident, flat. Flags are 0 or 1, so that a sum counts; a rate is a sum divided by a sum. */
    mart_incidents: {
      /** varchar(100): The incident */
      incident_number: string;
      /** date: Day of opening */
      opened_date: string;
      /** date: Day of resolution; null if not known */
      resolved_date: string | null;
      /** date: Day of closing; null if not closed */
      closed_date: string | null;
      /** varchar(100): Critical, High, Moderate or Low; Unknown if the log does not say */
      priority: string;
      /** tinyint: Order of priorities, 1 is the most urgent; 0 if not known */
      priority_rank: number;
      /** varchar(100): The affected service */
      category: string;
      /** varchar(100): Support group that had it last */
      assignment_group: string;
      /** varchar(100): How it came in */
      channel: string;
      /** tinyint: 1 if its last event says that the target was missed */
      sla_breached: number;
      /** tinyint: 1 if the time of its resolution is known */
      is_resolved: number;
      /** tinyint: 1 if the same caller has opened one of the same category within the 24 hours before */
      is_repeat_incident: number;
      /** tinyint: 1 if the caller has rejected a resolution */
      is_reopened: number;
      /** tinyint: 1 if its group or analyst has changed */
      is_reassigned: number;
      /** varchar(16): Changes of group or analyst: None, One, Two, Three or more */
      handovers: string;
      /** tinyint: Order of handovers, 0 to 3 */
      handovers_rank: number;
      /** decimal(12,4): Hours from opening to resolution, by the clock; null if the time of resolution is not known */
      resolution_hours: number | null;
      /** int: Minutes until it was first in any state but New; negative where the log puts that before the opening */
      first_response_minutes: number | null;
    };
    /** Mean time to resolve by support group: hours from opening to resolution, by the clock, over the incidents resolved in the month. Incidents without a time of resolution are in none. Over several months, MTTR is the sum of total_hours over the sum of resolved. Unit: hours. One row per month and group that resolved something in it. */
    mttr_by_group: {
      /** date: First day of the month of resolution */
      month_start_date: string;
      /** varchar(100): Support group that had it last */
      assignment_group: string;
      /** int: Incidents resolved: the denominator */
      resolved: number;
      /** decimal(16,4): Their hours to resolution, added up: the numerator */
      total_hours: number;
      /** decimal(12,4): MTTR: total_hours / resolved */
      mean_hours: number;
      /** decimal(12,4): Median; between two incidents their mean */
      median_hours: number;
      /** decimal(12,4): Ninetieth percentile, interpolated between neighbours */
      p90_hours: number;
    };
    /** The days that the log tells of, from the first opening to the last closing, without a gap. One row per day. */
    observed_days: {
      /** date: The day */
      date_day: string;
      /** date: First day of its month */
      month_start_date: string;
    };
    /** Incidents that repeat another one: of the same caller, in the same category, opened within 24 hours (1,440 minutes, the limit included) of the one before. Repeats of repeats form a chain. One row per repeating incident; callers and categories that the log does not know have none. */
    repeat_incidents: {
      /** varchar(100): The incident */
      incident_number: string;
      /** varchar(100): The incident that it repeats, the latest before it; of those opened in one minute, the smaller number comes first */
      previous_incident_number: string;
      /** varchar(100): The caller */
      caller_id: string;
      /** varchar(100): The category */
      category: string;
      /** datetime: When it was opened */
      opened_at: string;
      /** datetime: When the incident before it was opened */
      previous_opened_at: string;
      /** decimal(12,4): Hours between the two */
      gap_hours: number | null;
      /** int: 1 if the incident before was resolved by then: the resolution did not hold. 0 if it was not, or if nobody knows */
      is_after_resolution: number | null;
      /** varchar(100): The chain's first incident, which names the chain */
      first_incident_number: string | null;
      /** int: Which of its chain it is: the first repeat is 2 */
      chain_position: number | null;
      /** int: Incidents in the chain, the first one included */
      chain_length: number;
    };
    /** The log's events with real types, one row each; what is not known is null. */
    stg_incident_events: {
      /** Place in the file, from 1 */
      event_number: number;
      /** The incident */
      incident_number: string;
      /** Step of the process; null where the log says -100 */
      incident_state: string | null;
      /** 1 until closed or cancelled */
      is_active: number | null;
      /** Changes of group or analyst so far */
      reassignment_count: number | bigint | null;
      /** Resolutions that the caller has rejected so far */
      reopen_count: number | bigint | null;
      /** Updates so far, by the system's own count */
      update_count: number | bigint | null;
      /** 1 while the target is met */
      is_sla_met: number;
      /** The user affected */
      caller_id: string | null;
      /** Who reported it */
      opened_by: string | null;
      /** When the user opened it */
      opened_at: string;
      /** Who registered it */
      created_by: string | null;
      /** When it was registered */
      created_at: string | null;
      /** Who caused this event */
      updated_by: string | null;
      /** When this event happened */
      updated_at: string;
      /** How it came in */
      channel: string | null;
      /** The place affected */
      location: string | null;
      /** The affected service, first level */
      category: string | null;
      /** The affected service, second level */
      subcategory: string | null;
      /** What the user noticed */
      symptom: string | null;
      /** The device or service itself, rarely known */
      configuration_item: string | null;
      /** 1 (high) to 3 (low) */
      impact_code: number | bigint | null;
      /** High, Medium or Low */
      impact_name: string | null;
      /** 1 (high) to 3 (low) */
      urgency_code: number | bigint | null;
      /** High, Medium or Low */
      urgency_name: string | null;
      /** 1 (critical) to 4 (low), from impact and urgency */
      priority_code: number | bigint | null;
      /** Critical, High, Moderate or Low */
      priority_name: string | null;
      /** Support group in charge */
      assignment_group: string | null;
      /** Person in charge */
      assigned_to: string | null;
      /** 1 if a knowledge document was used */
      is_knowledge_used: number | null;
      /** 1 if the priority was checked twice */
      is_priority_confirmed: number | null;
      /** Do Not Notify or Send Email */
      notification: string | null;
      /** Problem that it belongs to */
      problem_id: string | null;
      /** Change that it led to */
      change_id: string | null;
      /** Supplier in charge; null where the log has a closing code in its place */
      vendor: string | null;
      /** Change that caused it */
      causing_change_id: string | null;
      /** How it was resolved */
      closed_code: string | null;
      /** Who resolved it */
      resolved_by: string | null;
      /** When it was resolved */
      resolved_at: string | null;
      /** When it was closed */
      closed_at: string | null;
    };
    /** Incidents, one row each in the state of its last event. */
    stg_incidents: {
      /** varchar(100): The incident */
      incident_number: string;
      /** varchar(100): Step of the process; null where the log says -100 */
      incident_state: string | null;
      /** boolean: 1 until closed or cancelled */
      is_active: number | null;
      /** int: Changes of group or analyst */
      reassignment_count: number | null;
      /** int: Resolutions that the caller has rejected */
      reopen_count: number | null;
      /** int: Updates, by the system's own count */
      update_count: number | null;
      /** int: Events of it in the log */
      event_count: number;
      /** int: Place of its last event in the file */
      last_event_number: number;
      /** boolean: 1 if the target was met to the end */
      is_sla_met: number;
      /** varchar(100): The user affected */
      caller_id: string | null;
      /** varchar(100): Who reported it */
      opened_by: string | null;
      /** datetime: When the user opened it */
      opened_at: string;
      /** datetime: When it first was in any state but New: the nearest that the log has to a first response */
      first_response_at: string | null;
      /** datetime: When its last event happened */
      last_updated_at: string | null;
      /** varchar(100): How it came in */
      channel: string | null;
      /** varchar(100): The place affected */
      location: string | null;
      /** varchar(100): The affected service, first level */
      category: string | null;
      /** varchar(100): The affected service, second level */
      subcategory: string | null;
      /** varchar(100): What the user noticed */
      symptom: string | null;
      /** varchar(100): The device or service itself, rarely known */
      configuration_item: string | null;
      /** int: 1 (high) to 3 (low) */
      impact_code: number | null;
      /** varchar(100): High, Medium or Low */
      impact_name: string | null;
      /** int: 1 (high) to 3 (low) */
      urgency_code: number | null;
      /** varchar(100): High, Medium or Low */
      urgency_name: string | null;
      /** int: 1 (critical) to 4 (low), from impact and urgency */
      priority_code: number | null;
      /** varchar(100): Critical, High, Moderate or Low */
      priority_name: string | null;
      /** varchar(100): Support group in charge */
      assignment_group: string | null;
      /** varchar(100): Person in charge */
      assigned_to: string | null;
      /** boolean: 1 if a knowledge document was used */
      is_knowledge_used: number | null;
      /** boolean: 1 if the priority was checked twice */
      is_priority_confirmed: number | null;
      /** varchar(100): Do Not Notify or Send Email */
      notification: string | null;
      /** varchar(100): Problem that it belongs to */
      problem_id: string | null;
      /** varchar(100): Change that it led to */
      change_id: string | null;
      /** varchar(100): Supplier in charge; null where the log has a closing code in its place */
      vendor: string | null;
      /** varchar(100): Change that caused it */
      causing_change_id: string | null;
      /** varchar(100): How it was resolved */
      closed_code: string | null;
      /** varchar(100): Who resolved it */
      resolved_by: string | null;
      /** datetime: When it was resolved */
      resolved_at: string | null;
      /** datetime: When it was closed */
      closed_at: string | null;
    };
  }

  interface Sources {
    servicenow: {
      /** One row per event of an incident, in the order of the file. All values are text; `?` is "not known". */
      incident_log: {
        /** int: Place in the file, from 1: an incident's last line is its last state */
        event_number: number;
        /** varchar(100): The incident, INC and seven digits */
        number: string;
        /** varchar(100): New, Active, Awaiting …, Resolved or Closed; -100 in a few rows */
        incident_state: string | null;
        /** varchar(100): true until closed or cancelled */
        active: string | null;
        /** varchar(100): Changes of group or analyst so far */
        reassignment_count: string | null;
        /** varchar(100): Resolutions that the caller has rejected so far */
        reopen_count: string | null;
        /** varchar(100): Updates so far; runs backwards inside a few incidents */
        sys_mod_count: string | null;
        /** varchar(100): true while the target is met; once false it stays so */
        made_sla: string | null;
        /** varchar(100): The user affected */
        caller_id: string | null;
        /** varchar(100): Who reported it */
        opened_by: string | null;
        /** varchar(100): When the user opened it, d/m/yyyy hh:mm without a time zone */
        opened_at: string | null;
        /** varchar(100): Who registered it */
        sys_created_by: string | null;
        /** varchar(100): When it was registered; unknown in more than a third of the rows */
        sys_created_at: string | null;
        /** varchar(100): Who caused this event */
        sys_updated_by: string | null;
        /** varchar(100): When this event happened */
        sys_updated_at: string | null;
        /** varchar(100): Phone, Self service, Email, IVR or Direct opening */
        contact_type: string | null;
        /** varchar(100): The place affected */
        location: string | null;
        /** varchar(100): The affected service, first level */
        category: string | null;
        /** varchar(100): The affected service, second level */
        subcategory: string | null;
        /** varchar(100): What the user noticed */
        u_symptom: string | null;
        /** varchar(100): Configuration item, rarely given */
        cmdb_ci: string | null;
        /** varchar(100): 1 - High, 2 - Medium or 3 - Low */
        impact: string | null;
        /** varchar(100): 1 - High, 2 - Medium or 3 - Low */
        urgency: string | null;
        /** varchar(100): 1 - Critical to 4 - Low, from impact and urgency */
        priority: string | null;
        /** varchar(100): Support group in charge */
        assignment_group: string | null;
        /** varchar(100): Person in charge */
        assigned_to: string | null;
        /** varchar(100): Whether a knowledge document was used */
        knowledge: string | null;
        /** varchar(100): Whether the priority was checked twice */
        u_priority_confirmation: string | null;
        /** varchar(100): Do Not Notify or Send Email */
        notify: string | null;
        /** varchar(100): Problem that it belongs to, rarely given */
        problem_id: string | null;
        /** varchar(100): Change that it led to, rarely given */
        rfc: string | null;
        /** varchar(100): Supplier in charge, rarely given; a closing code in 167 rows */
        vendor: string | null;
        /** varchar(100): Change that caused it, rarely given */
        caused_by: string | null;
        /** varchar(100): How it was resolved, code 1 to code 17; the final value on every row */
        closed_code: string | null;
        /** varchar(100): Who resolved it; the final value on every row */
        resolved_by: string | null;
        /** varchar(100): When it was resolved; the final value on every row */
        resolved_at: string | null;
        /** varchar(100): When it was closed; the final value on every row */
        closed_at: string | null;
      };
    };
  }
}
