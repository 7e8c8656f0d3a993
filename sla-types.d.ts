// Written by `sla generate types`, which brings it up to date. Changes by hand are lost.
// It gives the rows that ref() and source() read their types.
import "sla";

declare module "sla" {
  interface Relations {
    /** Work that comes in, is done and is left. Unit: tickets. Grain: one row per day; states are those at the end of the day (24:00, a ticket closed at midnight sharp is open until then), on the last day those at `as_of`. */
    backlog_daily: {
      /** date: The day */
      date_day: string;
      /** tinyint: 0 for the day in which `as_of` lies */
      is_complete: number;
      /** int: Tickets created on the day */
      opened: number;
      /** int: Tickets whose fix was delivered on the day */
      closed: number;
      /** int: opened − closed */
      net_change: number;
      /** int: The backlog: tickets created and not closed by the end of the day */
      open_at_end: number | null;
      /** int: Those of the backlog whose SLA limit had run out */
      overdue_at_end: number | null;
    };
    /** Tickets as the breach model sees them: what is known when a ticket is created, and whether it breached its limit, once that is known. The features are priority, system_name, category, channel, team_name, created_hour and created_weekday; nothing else of this view enters the model. */
    breach_features: {
      /** Number of the ticket */
      ticket_id: number | bigint;
      /** Feature: urgency agreed with the user */
      priority: string;
      /** Feature: the system it is about */
      system_name: string;
      /** Feature: kind of trouble */
      category: string;
      /** Feature: how it came in */
      channel: string;
      /** Feature: the team it was dispatched to. Known at creation: the export names it for tickets that nobody has answered yet */
      team_name: string;
      /** Feature: hour of creation, 0 to 23 */
      created_hour: number;
      /** Feature: weekday of creation, Monday is 0 */
      created_weekday: number;
      /** Month of creation, which divides training from later months */
      created_month: string;
      /** The outcome, known once the limit has run out: 1 if the ticket was not resolved by then, be it resolved later or still open; null while the limit runs, even if the ticket is resolved */
      is_breach: number | null;
      /** 1 if no fix has been delivered yet */
      is_open: number | null;
      /** 1 if it is still open and past its limit */
      is_overdue: number | null;
      /** Open, Pending, Resolved or Closed */
      status: string | null;
      /** When it was created (UTC) */
      created_at: string | null;
      /** When its limit runs out (UTC) */
      due_at: string | null;
      /** Hours from the export to its limit, negative if overdue; null if it is resolved */
      hours_left: number | null;
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
    /** How many of the tickets resolved in a month were resolved after their limit, and beside it the breaches to come: open tickets that are overdue already. Unit: tickets and percent. Grain: one row per month and priority, and one of the priority All that is their sum. */
    breach_rate_monthly: {
      /** date: First day of the month: of resolution for resolved and breached */
      month_start_date: string;
      /** varchar(16): Priority, or All */
      priority: string;
      /** int: Tickets resolved in the month: the denominator */
      resolved: number;
      /** int: Those of them resolved after their limit: the numerator */
      breached: number;
      /** decimal(9,6): 100 × breached / resolved; null if nothing was resolved */
      breach_percent: number | null;
      /** int: Tickets open at the end of the month, or at `as_of` in the last */
      open_at_end: number;
      /** int: Those of them past their limit. They are in no month's breaches until they are resolved */
      overdue_at_end: number;
    };
    /** Every open ticket with the probability that it breaches its limit, and why: the list a duty manager works from, by alert_rank. */
    breach_scores: {
      /** bigint: The ticket */
      ticket_id: number | bigint;
      /** int: Place on the list, from 1: first the breaches that can still be avoided, the most probable first; then those that have happened, the longest overdue first */
      alert_rank: number;
      /** varchar(16): Overdue (past its limit: the breach is certain), At risk (from the model's threshold on) or On track */
      alert_state: string;
      /** double: Probability that it breaches its limit; 1 if it is overdue */
      breach_probability: number;
      /** double: What the model says from what was known at creation, whatever has happened since */
      model_probability: number;
      /** decimal(12,4): Hours from the export to its limit; negative if it is overdue */
      hours_left: number;
      /** datetime: When its limit runs out (UTC) */
      due_at: string;
      /** varchar(500): Up to three reasons, strongest first, each with its factor on the odds against the average ticket */
      main_reasons: string;
      /** varchar(16): Priority */
      priority: string;
      /** varchar(64): The system it is about */
      system_name: string;
      /** varchar(64): The assigned team */
      team_name: string;
      /** varchar(16): Kind of trouble */
      category: string;
      /** varchar(16): How it came in */
      channel: string;
      /** varchar(16): Open or Pending (waiting for the user or a supplier) */
      status: string;
      /** datetime: When it was created (UTC) */
      created_at: string;
    };
    /** What a service manager takes up with the owners: systems that breached their SLA more often than tolerated. Months of creation count, so the latest ones can still grow. Grain: one row per system and month above the threshold. */
    chronic_issues: {
      /** date: First day of the month in which the tickets were created */
      month_start_date: string;
      /** varchar(8): The system */
      system_code: string;
      /** varchar(64): Its name */
      system_name: string | null;
      /** varchar(8): The team to talk to */
      owner_team_code: string | null;
      /** int: Tickets about the system that were created in the month */
      tickets: number | null;
      /** int: Those of them that were resolved after their limit */
      breaches: number | null;
      /** decimal(5,4): Breaches in the tickets, 0 to 1 */
      breach_share: number | null;
      /** decimal(5,4): The system's breaches in those of all systems in the month, 0 to 1 */
      share_of_month: number | null;
      /** int: 1 for the system with the most breaches in the month; equal counts share a rank */
      rank_in_month: number | null;
      /** int: Months one after the other that it has been above the threshold, this one included */
      months_in_a_row: number | null;
      /** int: The threshold that it was found with */
      threshold: number | null;
    };
    /** Internal users who have reported a ticket. */
    dim_customers: {
      /** varchar(32): Code of the user */
      customer_id: string;
      /** varchar(8): The branch that the user's business impacts name most often; NONE if none does */
      home_region_code: string;
      /** date: Day of the first ticket */
      first_ticket_date: string | null;
      /** date: Day of the latest ticket */
      last_ticket_date: string | null;
    };
    /** Every day from the first ticket's year to the export's. */
    dim_dates: {
      /** date: The day */
      date_day: string;
      /** smallint: Year */
      year_number: number | null;
      /** tinyint: Quarter, 1 to 4 */
      quarter_number: number | null;
      /** tinyint: Month, 1 to 12 */
      month_number: number | null;
      /** varchar(3): Jan, Feb … */
      month_name: string | null;
      /** varchar(7): 2026-01, 2026-02 … */
      year_month_name: string | null;
      /** date: First day of the month */
      month_start_date: string | null;
      /** varchar(8): ISO week with its year, 2026-W01 */
      iso_week: string | null;
      /** date: Monday of the week */
      week_start_date: string | null;
      /** tinyint: Day of the month, 1 to 31 */
      day_of_month: number | null;
      /** tinyint: Monday is 0 */
      weekday_number: number | null;
      /** varchar(3): Mon, Tue … */
      weekday_name: string | null;
      /** tinyint: 1 on Saturdays and Sundays */
      is_weekend: number | null;
      /** tinyint: 1 on the last day of a month */
      is_month_end: number | null;
    };
    /** Engineers by name, and Unassigned for tickets that nobody has answered yet or whose engineer the export lost. */
    dim_engineers: {
      /** varchar(96): Name in one spelling */
      engineer_name: string;
      /** varchar(8): The team under which most of the engineer's tickets stand; null for Unassigned */
      team_code: string | null;
      /** tinyint: 0 for Unassigned */
      is_person: number | null;
    };
    /** Priorities, with the service level policy that they stand for. */
    dim_priorities: {
      /** varchar(16): Name of the priority */
      priority: string;
      /** tinyint: 1 is the most urgent */
      priority_rank: number;
      /** int: Hours until a ticket must be resolved */
      sla_limit_hours: number | null;
      /** int: Minutes until somebody should have answered */
      first_response_target_minutes: number | null;
      /** varchar(128): What the priority means */
      meaning: string | null;
    };
    /** Where transactions fail. */
    dim_regions: {
      /** varchar(8): Short code; NONE for no region */
      region_code: string;
      /** varchar(64): Branch location or Digital */
      region_name: string;
      /** varchar(16): Branch, Digital or None */
      region_type: string;
      /** varchar(32): Nation of a branch; null for the others */
      nation: string | null;
    };
    /** The bank's systems, with how critical they are and when they must be in service. */
    dim_systems: {
      /** varchar(8): Short code */
      system_code: string;
      /** varchar(64): Name as users know it */
      system_name: string;
      /** varchar(32): Business area */
      system_group: string | null;
      /** varchar(8): Tier 1 is critical to the bank */
      criticality: string;
      /** varchar(8): The team that answers for it */
      owner_team_code: string;
      /** int: Hour at which service starts on a service day (UTC) */
      service_start_hour: number | null;
      /** int: Hour at which service ends (24 is midnight) */
      service_end_hour: number | null;
      /** int: Service days, counted from Monday */
      service_days_per_week: number | null;
      /** int: Agreed hours of service in a week */
      service_hours_per_week: number | null;
      /** tinyint: 1 if the bank's customers notice an outage themselves */
      is_customer_facing: number | null;
      /** tinyint: 1 if its faults can fail transactions */
      handles_transactions: number | null;
    };
    /** Support teams. */
    dim_teams: {
      /** varchar(8): Short code */
      team_code: string;
      /** varchar(64): Name of the team */
      team_name: string;
      /** varchar(4): L1 answers first, L3 are specialists */
      support_level: string | null;
      /** varchar(16): When the team is there */
      coverage: string | null;
    };
    /** Daily trend: tickets by day of creation with the mean of seven days. Every day of the period has a row, also one without a ticket. Exported as eda_daily.csv, .svg and .png. */
    eda_daily: {
      /** date: The day (UTC) */
      date_day: string;
      /** int: Tickets created on the day */
      tickets: number;
      /** decimal(12,6): Mean of this day and the six before it; null on the first six days and on a day that is not over */
      rolling_mean: number | null;
      /** tinyint: 0 for the day in which `as_of` lies; its count is not final */
      is_complete: number | null;
    };
    /** Peak load: tickets by weekday and hour of creation (UTC). All 168 hours of the week have a row. Exported as eda_hourly.csv, .svg and .png. */
    eda_hourly: {
      /** tinyint: Weekday of creation, Monday is 0 */
      weekday: number;
      /** varchar(9): Its name */
      weekday_name: string;
      /** tinyint: Hour of creation, 0 to 23 */
      hour: number;
      /** int: Tickets created in this hour of the week */
      tickets: number;
      /** decimal(9,6): tickets / all tickets, from 0 to 1 */
      share: number;
      /** decimal(12,4): tickets / such weekdays that are over: what to expect in this hour. Tickets of a day that is not over do not count here; null before the first such day is over */
      tickets_per_day: number | null;
    };
    /** Time to resolve by system: mean (MTTR), median and 90th percentile of the resolved tickets, the slowest first; mean alone says too little of times that are so skewed. Every system has a row. Exported as eda_mttr_system.csv, .svg and .png. */
    eda_mttr_system: {
      /** varchar(8): The system */
      system_code: string;
      /** varchar(64): Its name */
      system_name: string;
      /** int: Resolved tickets: what the figures are of */
      tickets: number;
      /** decimal(12,4): MTTR: mean hours from creation to closing, around the clock; null without a resolved ticket */
      mean_hours: number | null;
      /** decimal(12,4): Half of the tickets took at most so many hours; between two tickets their mean */
      median_hours: number | null;
      /** decimal(12,4): Nine of ten tickets took at most so many hours: the 90th percentile, interpolated between the closest ranks */
      p90_hours: number | null;
    };
    /** Time to resolve by team: mean (MTTR), median and 90th percentile of the resolved tickets, the slowest first; mean alone says too little of times that are so skewed. Every team has a row. Exported as eda_mttr_team.csv, .svg and .png. */
    eda_mttr_team: {
      /** varchar(8): The assigned team */
      team_code: string;
      /** varchar(64): Its name */
      team_name: string;
      /** int: Resolved tickets: what the figures are of */
      tickets: number;
      /** decimal(12,4): MTTR: mean hours from creation to closing, around the clock; null without a resolved ticket */
      mean_hours: number | null;
      /** decimal(12,4): Half of the tickets took at most so many hours; between two tickets their mean */
      median_hours: number | null;
      /** decimal(12,4): Nine of ten tickets took at most so many hours: the 90th percentile, interpolated between the closest ranks */
      p90_hours: number | null;
    };
    /** Pareto: how tickets are spread over systems, the busiest first, and which few cause 80 % of them. Every system has a row, also one without a ticket. Exported as eda_pareto.csv, .svg and .png. */
    eda_pareto: {
      /** int: 1 for the system with the most tickets; equals stand by code */
      rank: number;
      /** varchar(8): The system */
      system_code: string;
      /** varchar(64): Its name */
      system_name: string;
      /** int: Tickets created in the period */
      tickets: number;
      /** decimal(9,6): tickets / tickets of all systems, from 0 to 1 */
      share: number;
      /** decimal(9,6): Share of this system and those before it */
      cumulative_share: number | null;
      /** tinyint: 1 for the fewest systems, from the first, that make up at least 80 % */
      is_vital: number | null;
    };
    /** One row per ticket with all its measures; dimensions by key. Times are UTC. */
    fact_tickets: {
      /** bigint: Number of the ticket in order of creation */
      ticket_id: number | bigint;
      /** varchar(32): Internal user who reported it */
      customer_id: string;
      /** varchar(8): The system it is about */
      system_code: string;
      /** varchar(8): The assigned team */
      team_code: string;
      /** varchar(96): The assigned engineer; Unassigned before the first answer and where the export lost the name */
      engineer_name: string;
      /** varchar(16): Urgency agreed with the user */
      priority: string;
      /** varchar(8): Where transactions failed; NONE without business impact or where the export does not say */
      region_code: string;
      /** date: Day of creation */
      created_date: string;
      /** date: Day of closing; null while open */
      closed_date: string | null;
      /** datetime: When it was created */
      created_at: string;
      /** datetime: When the fix was delivered; null while open */
      closed_at: string | null;
      /** datetime: When the limit runs out: created_at plus sla_limit_hours */
      due_at: string | null;
      /** tinyint: Hour of creation, 0 to 23 */
      created_hour: number | null;
      /** tinyint: Weekday of creation, Monday is 0 */
      created_weekday: number | null;
      /** varchar(200): What is wrong and where */
      subject: string | null;
      /** varchar(16): Kind of trouble */
      category: string;
      /** varchar(16): How it came in */
      channel: string;
      /** varchar(16): Open, Pending (waiting for the user or a supplier), Resolved (fixed, awaiting the user's word) or Closed */
      status: string;
      /** tinyint: 1 if no fix has been delivered yet (Open or Pending) */
      is_open: number | null;
      /** int: Hours allowed by the priority's policy */
      sla_limit_hours: number;
      /** decimal(12,4): Hours from creation to closing, around the clock; null while open */
      resolution_hours: number | null;
      /** decimal(12,4): Hours from creation to closing, or to `as_of` while open */
      age_hours: number;
      /** int: Minutes until somebody answered; null before that */
      first_response_minutes: number | null;
      /** tinyint: 1 if it was resolved, and after the limit, as in the source. An open ticket counts 0 until it is closed; see is_overdue */
      sla_breached: number;
      /** tinyint: 1 if it is still open and past its limit; it will be a breach when it is closed */
      is_overdue: number | null;
      /** int: Minutes for which the system stayed down after created_at. Tickets of one outage overlap: take the union of their intervals, never the sum */
      uptime_impact_minutes: number | null;
      /** varchar(48): What was behind it; null while open and where it was not noted */
      root_cause_category: string | null;
      /** varchar(16): How lasting the fix is; null while open and where it was not noted */
      fix_type: string | null;
      /** tinyint: 1 if the same user reported the same system within the 24 hours before */
      is_repeat_incident: number;
      /** tinyint: 1 if transactions failed */
      has_business_impact: number | null;
      /** int: Transactions that failed */
      failed_transaction_count: number | null;
      /** decimal(14,2): Estimated loss in pounds */
      estimated_financial_loss: number | null;
    };
    /** How long users wait for the first answer, by month of creation. Unit: minutes, tickets and percent. Grain: one row per month and priority in which tickets were created, and one of the priority All for every such month. */
    first_response_monthly: {
      /** date: First day of the month of creation */
      month_start_date: string;
      /** varchar(16): Priority, or All */
      priority: string;
      /** int: Tickets created in the month */
      tickets: number;
      /** int: Those that somebody has answered by `as_of` */
      answered: number;
      /** bigint: Their minutes to the first answer, added up */
      response_minutes: number | bigint;
      /** decimal(12,4): response_minutes / answered; null if none was answered */
      mean_minutes: number | null;
      /** decimal(12,4): Median over the answered; between two tickets their mean */
      median_minutes: number | null;
      /** decimal(12,4): Ninetieth percentile over the answered, interpolated between neighbours */
      p90_minutes: number | null;
      /** int: Answered within the priority's target */
      in_time: number;
      /** int: Answered after it, or not at all though it has run out */
      late: number;
      /** decimal(9,6): 100 × in_time / (in_time + late); null if neither. Tickets whose target is still running are in neither */
      in_time_percent: number | null;
    };
    /** One row per open ticket with its risk, the time that is left to it and why. In the order of alert_rank it is the list a duty manager works from. */
    mart_breach_alerts: {
      /** bigint: Number of the ticket */
      ticket_id: number | bigint;
      /** int: Place on the list, from 1: what can still be avoided first, the most probable before the others; then what is overdue */
      alert_rank: number;
      /** varchar(16): Overdue (past its limit), At risk (the model expects a breach) or On track */
      risk: string;
      /** double: Probability that it is resolved after its limit, from 0 to 1; 1 if it is overdue */
      breach_probability: number;
      /** decimal(12,4): Hours until its limit runs out; below zero once it has */
      hours_left: number;
      /** varchar(500): What raises its probability most */
      reasons: string | null;
      /** varchar(200): What is wrong and where */
      subject: string | null;
      /** datetime: When it was created (UTC) */
      created_at: string | null;
      /** date: Day of creation */
      created_date: string;
      /** datetime: When its limit runs out */
      due_at: string | null;
      /** varchar(64): The system it is about */
      system_name: string | null;
      /** varchar(64): The assigned team */
      team: string | null;
      /** varchar(96): The assigned engineer, under a pseudonym unless the project shows people */
      engineer: string | null;
      /** varchar(16): Urgency agreed with the user */
      priority: string | null;
      /** tinyint: Order of priorities, 1 is the most urgent */
      priority_rank: number | null;
      /** varchar(16): Kind of trouble */
      category: string | null;
      /** varchar(64): Where transactions failed */
      region: string | null;
      /** varchar(16): Open or Pending */
      status: string | null;
      /** decimal(12,4): Hours since it was created */
      age_hours: number | null;
      /** tinyint: 1 if the limit has run out */
      is_overdue: number;
    };
    /** One row per system and day with minutes in service, minutes down and incidents, days without any included. */
    mart_system_day: {
      /** date: The day */
      service_date: string;
      /** varchar(64): The system */
      system_name: string;
      /** varchar(32): Business area of the system */
      system_group: string | null;
      /** varchar(8): Tier of the system, Tier 1 is critical to the bank */
      criticality: string | null;
      /** decimal(14,4): Minutes of agreed service */
      service_minutes: number;
      /** decimal(14,4): Of these down, each outage once whatever number of tickets reported it */
      down_minutes: number;
      /** int: Outages that began on the day */
      outages_started: number;
      /** int: Tickets created */
      incidents: number;
      /** int: Of these with priority Critical */
      critical_incidents: number;
      /** int: Of these resolved by now */
      resolved_incidents: number;
      /** int: Of these resolved after their limit */
      sla_breached: number;
    };
    /** Tickets opened, closed, still open and overdue, per day and region, days without any included. Opened and Closed add up over days; Backlog and Overdue do not, they are what is open, and what of it is past its limit, when the day ends. */
    mart_ticket_flow: {
      /** date: The day */
      flow_date: string;
      /** varchar(64): Where transactions failed; No region without business impact */
      region: string;
      /** varchar(16): Opened, Closed, Backlog or Overdue */
      flow: string;
      /** int: Number of tickets */
      tickets: number;
    };
    /** One row per ticket, flat, under names that a reader understands. Flags are 0 or 1, so that a sum counts; a rate is a sum divided by a sum. */
    mart_tickets: {
      /** bigint: Number of the ticket */
      ticket_id: number | bigint;
      /** varchar(200): What is wrong and where */
      subject: string | null;
      /** datetime: When it was created (UTC) */
      created_at: string;
      /** date: Day of creation */
      created_date: string;
      /** datetime: When the fix was delivered; null while open */
      closed_at: string | null;
      /** date: Day of closing; null while open */
      closed_date: string | null;
      /** datetime: When the limit of its priority runs out */
      due_at: string;
      /** tinyint: Hour of creation, 0 to 23 */
      created_hour: number | null;
      /** tinyint: Weekday of creation, Monday is 0 */
      created_weekday: number | null;
      /** varchar(64): The system it is about */
      system_name: string;
      /** varchar(32): Business area of the system */
      system_group: string | null;
      /** varchar(8): Tier of the system, Tier 1 is critical to the bank */
      criticality: string;
      /** varchar(64): The assigned team */
      team: string;
      /** varchar(96): The assigned engineer under a pseudonym, or by name if the project shows people; Unassigned where nobody is known */
      engineer: string;
      /** tinyint: 1 if an engineer is known */
      is_assigned: number | null;
      /** varchar(16): Urgency agreed with the user */
      priority: string | null;
      /** tinyint: Order of priorities, 1 is the most urgent */
      priority_rank: number;
      /** varchar(16): Kind of trouble */
      category: string | null;
      /** varchar(16): How it came in */
      channel: string | null;
      /** varchar(64): Where transactions failed; known only of tickets with business impact, No region for the others */
      region: string;
      /** varchar(16): Open, Pending, Resolved or Closed */
      status: string;
      /** varchar(16): Met or Breached once it is resolved; Overdue or Open before */
      sla_status: string;
      /** varchar(48): What was behind it; Not known while open and where it was not noted */
      root_cause: string;
      /** varchar(16): How lasting the fix is; Not known while open and where it was not noted */
      fix_type: string;
      /** tinyint: 1 if the kind of fix was noted */
      is_fix_known: number;
      /** tinyint: 1 if the fix was permanent */
      is_permanent_fix: number;
      /** int: Hours allowed by the priority's policy */
      sla_limit_hours: number | null;
      /** decimal(12,4): Hours from creation to closing, around the clock; null while open */
      resolution_hours: number | null;
      /** decimal(12,4): Hours from creation to closing, or to the export while open */
      age_hours: number;
      /** int: Minutes until somebody answered; null before that */
      first_response_minutes: number | null;
      /** tinyint: 1 if no fix has been delivered yet */
      is_open: number;
      /** tinyint: 1 if the fix has been delivered */
      is_resolved: number;
      /** tinyint: 1 if it was resolved after its limit; 0 while open */
      sla_breached: number;
      /** tinyint: 1 if it is open and past its limit */
      is_overdue: number;
      /** tinyint: 1 if it was answered later than its priority's target */
      is_late_response: number;
      /** tinyint: 1 if the same user reported the same system within the 24 hours before: work that a machine could do */
      is_repeat_incident: number;
      /** tinyint: 1 if transactions failed */
      has_business_impact: number | null;
      /** int: Transactions that failed */
      failed_transaction_count: number | null;
      /** decimal(14,2): Estimated loss in pounds */
      estimated_financial_loss: number | null;
    };
    /** Mean time to resolve by system, otherwise as mttr_by_team. Unit: hours. Grain: one row per month and system of which a ticket was closed in it. */
    mttr_by_system: {
      /** date: First day of the month of closing */
      month_start_date: string;
      /** varchar(8): The system */
      system_code: string;
      /** int: Tickets closed: the denominator */
      resolved: number | null;
      /** decimal(16,4): Their hours to resolve, added up: the numerator */
      total_hours: number;
      /** decimal(12,4): MTTR: total_hours / resolved */
      mean_hours: number;
      /** decimal(12,4): Median; between two tickets their mean */
      median_hours: number;
      /** decimal(12,4): Ninetieth percentile, interpolated between neighbours */
      p90_hours: number;
    };
    /** Mean time to resolve by team: hours from creation to closing, around the clock, over the tickets closed in the month. Unit: hours. Grain: one row per month and team that closed a ticket in it. Over several months, MTTR is the sum of total_hours over the sum of resolved; medians and percentiles do not add up. */
    mttr_by_team: {
      /** date: First day of the month of closing */
      month_start_date: string;
      /** varchar(8): The assigned team */
      team_code: string;
      /** int: Tickets closed: the denominator */
      resolved: number | null;
      /** decimal(16,4): Their hours to resolve, added up: the numerator */
      total_hours: number;
      /** decimal(12,4): MTTR: total_hours / resolved */
      mean_hours: number;
      /** decimal(12,4): Median; between two tickets their mean */
      median_hours: number;
      /** decimal(12,4): Ninetieth percentile, interpolated between neighbours: nine of ten tickets took less */
      p90_hours: number;
    };
    /** The days that the warehouse can speak of: from the first ticket's to the one in which `as_of` lies, without a gap. Grain: one row per day. The other analyses take their days from here. */
    observed_days: {
      /** date: The day */
      date_day: string;
      /** date: First day of its month */
      month_start_date: string;
      /** int: Seconds of the day that lie before `as_of`, 86,400 in a whole day */
      observed_seconds: number;
      /** tinyint: 0 for the day in which `as_of` lies; its counts are not final */
      is_complete: number;
    };
    /** Outages: each ticket about one says from when (its creation) for how long the system was down; the union of those spans is what users had to bear. Spans that overlap or touch are one outage; none goes on after `as_of`. Unit: minutes. Grain: one row per system and outage. */
    outage_intervals: {
      /** varchar(8): The system */
      system_code: string;
      /** datetime: When the first ticket about it was created */
      started_at: string;
      /** datetime: When it was over, by the ticket that says latest */
      ended_at: string;
      /** date: Day of started_at */
      started_date: string;
      /** date: Last day of it; an outage that ends at midnight sharp ends the day before */
      ended_date: string;
      /** decimal(14,4): Minutes from started_at to ended_at */
      outage_minutes: number | null;
      /** int: Tickets about it */
      tickets: number;
      /** decimal(14,4): What these tickets say, added up: how wrong a sum would be */
      reported_minutes: number;
    };
    /** Branch locations, Digital, and NONE for no region. */
    regions: {
      /** Short code */
      region_code: string;
      /** Branch location or Digital */
      region_name: string;
      /** Branch, Digital or None */
      region_type: string | null;
      /** Nation of a branch */
      nation: string | null;
    };
    /** Tickets that repeat another one: of the same user, about the same system, created within 24 hours (86,400 seconds, the limit included) of the one before. Repeats of repeats form a chain. Grain: one row per repeating ticket; the first of a chain repeats nothing and has no row. */
    repeat_incidents: {
      /** bigint: The ticket */
      ticket_id: number | bigint;
      /** bigint: The ticket that it repeats, the latest before it; of those created in one second, the one with the smaller number comes first */
      previous_ticket_id: number | bigint;
      /** varchar(32): The user */
      customer_id: string;
      /** varchar(8): The system */
      system_code: string;
      /** datetime: When it was created */
      created_at: string;
      /** datetime: When the ticket before it was created */
      previous_created_at: string;
      /** decimal(12,4): Hours between the two */
      gap_hours: number | null;
      /** tinyint: 1 if the ticket before was closed by then: its fix did not hold. 0 if the user asked again while it was open */
      is_after_fix: number;
      /** varchar(16): The fix that did not hold; null if there was none yet, or if it was not noted */
      failed_fix_type: string | null;
      /** bigint: The chain's first ticket, which names the chain */
      first_ticket_id: number | bigint | null;
      /** int: Which of its chain it is: the first repeat is 2 */
      chain_position: number | null;
      /** int: Tickets in the chain, the first one included */
      chain_length: number;
    };
    /** The root causes that the desk tells apart. */
    root_causes: {
      /** Name of the cause */
      root_cause_category: string;
      /** Where it lies */
      cause_group: string | null;
      /** Whether it can take a whole system down */
      can_stop_a_service: number | null;
    };
    /** The service level policy, hours by priority. */
    sla_policy: {
      /** Name of the priority */
      priority: string;
      /** 1 is the most urgent */
      priority_rank: number | null;
      /** Hours until a ticket must be resolved */
      sla_limit_hours: number | null;
      /** Minutes until somebody should have answered */
      first_response_target_minutes: number | null;
      /** What the priority means */
      meaning: string | null;
    };
    /** Transactions that failed and what that cost, one row per ticket that had any. */
    stg_business_impact: {
      /** The ticket */
      ticket_id: number | bigint;
      /** Transactions that failed */
      failed_transaction_count: number | null;
      /** Estimated loss in pounds */
      estimated_financial_loss: number | null;
      /** Where they failed; NONE where the export does not say */
      region_code: string;
      /** The region's name */
      region_name: string | null;
    };
    /** Service level figures as the ticket system measured them, one row per ticket. */
    stg_sla_metrics: {
      /** The ticket */
      ticket_id: number | bigint;
      /** Hours allowed by the policy; null where the export lost them */
      sla_limit_hours: number | null;
      /** Hours from creation to closing, to two decimals; null while open */
      resolution_hours: number | null;
      /** Minutes until somebody answered; null before that */
      first_response_minutes: number | null;
      /** 1 if the resolution took longer than the limit, else 0; 0 while open */
      sla_breached: number | null;
      /** Minutes for which the system stayed down after the ticket was created; null while unknown */
      uptime_impact_minutes: number | null;
    };
    /** Who works on the ticket and what it turned out to be, one row per ticket. */
    stg_ticket_ownership: {
      /** The ticket */
      ticket_id: number | bigint;
      /** The assigned team */
      team_code: string;
      /** The team's name */
      team_name: string | null;
      /** The assigned engineer; null before the first answer and where the export lost the name */
      engineer_name: string | null;
      /** What was behind it; null while open and where it was not noted */
      root_cause_category: string | null;
      /** How lasting the fix is; null while open and where it was not noted */
      fix_type: string | null;
      /** 1 if the same user reported the same system within the 24 hours before */
      is_repeat_incident: number;
    };
    /** Tickets, one row each in its latest state, with real times and one spelling per word. */
    stg_tickets: {
      /** Number of the ticket in order of creation */
      ticket_id: number | bigint;
      /** Internal user who reported it */
      customer_id: string | null;
      /** What is wrong and where */
      subject: string | null;
      /** Free text; null if there is none */
      body: string | null;
      /** When it was created (UTC) */
      created_at: string;
      /** When the fix was delivered (UTC); null while open */
      closed_at: string | null;
      /** State in which the export found it */
      status: string | null;
      /** Urgency agreed with the user */
      priority: string | null;
      /** Kind of trouble */
      category: string | null;
      /** The system it is about */
      system_code: string;
      /** The system's name (in the source: `system`) */
      system_name: string | null;
      /** How it came in */
      channel: string | null;
    };
    /** The bank's systems, from its configuration database. */
    systems: {
      /** Short code */
      system_code: string;
      /** Name as users know it */
      system_name: string;
      /** Business area */
      system_group: string | null;
      /** Tier 1 is critical to the bank */
      criticality: string | null;
      /** The team that answers for it */
      owner_team_code: string | null;
      /** Hour at which service starts on a service day (UTC) */
      service_start_hour: number | null;
      /** Hour at which service ends (24 is midnight) */
      service_end_hour: number | null;
      /** Service days, counted from Monday */
      service_days_per_week: number | null;
      /** Whether the bank's customers notice an outage themselves */
      is_customer_facing: number | null;
      /** Whether its faults can fail transactions */
      handles_transactions: number | null;
    };
    /** Support teams. */
    teams: {
      /** Short code */
      team_code: string;
      /** Name of the team */
      team_name: string;
      /** L1 answers first, L3 are specialists */
      support_level: string | null;
      /** When the team is there */
      coverage: string | null;
    };
    /** The status of each ticket at each export, by the days on which it changed. */
    ticket_status: {
      /** bigint: The ticket */
      ticket_id: number | bigint;
      /** varchar(16): What the export said */
      status: string;
      /** datetime: The export that first said so */
      seen_at: string | null;
      /** varchar(64) */
      dbt_scd_id: string;
      /** datetime(6) */
      dbt_updated_at: string | null;
      /** datetime(6) */
      dbt_valid_from: string | null;
      /** datetime(6) */
      dbt_valid_to: string | null;
    };
    /** How many tickets are opened, and the trend below the weekdays: the rolling average of seven days. Days without tickets count as zero. Unit: tickets. Grain: one row per day. */
    ticket_volume_daily: {
      /** date: The day */
      date_day: string;
      /** tinyint: 0 for the day in which `as_of` lies */
      is_complete: number;
      /** int: Tickets created on the day */
      tickets: number;
      /** bigint: Tickets created from the first day to the end of this one */
      tickets_to_date: number | bigint;
      /** int: Tickets of this day and the six before it, as far as there are six */
      tickets_7_days: number;
      /** tinyint: Days that tickets_7_days counts: 1 to 6 on the first six days, then 7 */
      days_in_window: number | null;
      /** decimal(12,6): Rolling average: tickets_7_days / 7. Null on the first six days and on a day that is not over, because an average of fewer than seven whole days follows the weekdays that it happens to hold */
      average_7_days: number | null;
    };
    /** Agreed service and outages by day, as sums that may be added up over days and systems; rates are made of the sums (uptime_monthly), never of rates. Outages are cut at midnight. Unit: minutes. Grain: one row per system and day. */
    uptime_daily: {
      /** varchar(8): The system */
      system_code: string;
      /** date: The day */
      date_day: string;
      /** date: First day of its month */
      month_start_date: string;
      /** decimal(14,4): Minutes of agreed service: the system's service hours on its service days, before `as_of` */
      service_minutes: number;
      /** decimal(14,4): Minutes of them for which the system was down */
      down_minutes: number | null;
      /** decimal(14,4): Minutes of the day before `as_of`, 1,440 in a whole day */
      clock_minutes: number;
      /** decimal(14,4): Minutes of them for which the system was down, in service hours or not */
      outage_minutes: number;
      /** int: Outages that began on the day */
      outages_started: number;
    };
    /** Uptime in the hours agreed: 100 × (1 − down minutes / service minutes), and availability around the clock beside it. Unit: minutes and percent. Grain: one row per system and month. */
    uptime_monthly: {
      /** varchar(8): The system */
      system_code: string;
      /** date: First day of the month */
      month_start_date: string;
      /** decimal(14,4): Minutes of agreed service before `as_of`: the denominator */
      service_minutes: number;
      /** decimal(14,4): Minutes down within them: the numerator */
      down_minutes: number;
      /** decimal(9,6): 100 × (service_minutes − down_minutes) / service_minutes; null in a month without service */
      uptime_percent: number | null;
      /** decimal(14,4): Minutes of the month's observed days */
      clock_minutes: number;
      /** decimal(14,4): Minutes down in all of them */
      outage_minutes: number;
      /** decimal(9,6): 100 × (clock_minutes − outage_minutes) / clock_minutes: around the clock, whatever was agreed */
      availability_percent: number;
      /** int: Outages that began in the month */
      outages_started: number;
    };
  }

  interface Sources {
    helpdesk: {
      /** Only tickets with transaction failures, one row each before repetitions. */
      business_impact: {
        /** bigint: The ticket */
        ticket_id: number | bigint;
        /** int: Transactions that failed */
        failed_transaction_count: number | null;
        /** varchar(24): Pounds as text: 1234.50, 1,234.50 or GBP 1,234.50 */
        estimated_financial_loss: string | null;
        /** varchar(64): Branch location or Digital; missing at times */
        affected_region: string | null;
      };
      /** What the ticket system measures against the service level, one row per ticket before repetitions. */
      sla_metrics: {
        /** bigint: The ticket */
        ticket_id: number | bigint;
        /** int: Hours allowed by the priority's policy; missing in about 1 % of rows */
        sla_limit_hours: number | null;
        /** decimal(10,2): Hours from creation to closing, to two decimals; null while open */
        resolution_hours: number | null;
        /** int: Minutes until somebody answered; null before that */
        first_response_minutes: number | null;
        /** varchar(8): 1 if the resolution took longer than the limit (also Y, N, true, false); null or empty while open */
        sla_breached: string | null;
        /** int: Minutes for which the system stayed down after the ticket was created; 0 for no outage and null while unknown */
        uptime_impact_minutes: number | null;
      };
      /** Who works on the ticket and what it turned out to be, one row per ticket before repetitions. */
      ticket_ownership: {
        /** bigint: The ticket */
        ticket_id: number | bigint;
        /** varchar(64): Name of the team, in any case */
        assigned_team: string | null;
        /** varchar(96): Name of the engineer, in any case; null, empty or N/A before the first answer and in 1 % of rows after it */
        assigned_engineer: string | null;
        /** varchar(48): What was behind it; known when closed and even then forgotten at times */
        root_cause_category: string | null;
        /** varchar(24): Permanent, Patch or Workaround; known when closed and even then forgotten at times */
        fix_type: string | null;
        /** varchar(8): 1 if the same user reported the same system within the 24 hours before (also Y, N, true, false) */
        is_repeat_incident: string | null;
      };
      /** One row per ticket, but some rows twice and some in an earlier state too. */
      tickets: {
        /** bigint: Number of the ticket in order of creation */
        ticket_id: number | bigint;
        /** varchar(32): Internal user who reported it, e.g. U00042 */
        customer_id: string | null;
        /** varchar(200): What is wrong and where: Login Failure - Core Banking */
        subject: string | null;
        /** text: Free text, at times missing */
        body: string | null;
        /** varchar(32): UTC as text, in one of three formats */
        created_at: string | null;
        /** varchar(32): When the fix was delivered; null or empty while open */
        closed_at: string | null;
        /** varchar(24): Open, Pending, Resolved (awaiting the user's word) or Closed, in any case */
        status: string | null;
        /** varchar(24): Low, Medium, High or Critical, in any case */
        priority: string | null;
        /** varchar(24): Hardware, Software, Network or Access, in any case */
        category: string | null;
        /** varchar(64): Name of the system, in any case and with stray spaces */
        system: string | null;
        /** varchar(24): Email (also E-mail), Phone or Portal, in any case */
        channel: string | null;
      };
    };
  }
}
