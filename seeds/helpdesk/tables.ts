/** The raw layer: columns as the export has them, text wherever it is dirty. No primary keys: rows occur twice. */
export const TABLES = {
  tickets: {
    ticket_id: "bigint",
    customer_id: "varchar(32)",
    subject: "varchar(200)",
    body: "text",
    created_at: "varchar(32)",
    closed_at: "varchar(32)",
    status: "varchar(24)",
    priority: "varchar(24)",
    category: "varchar(24)",
    system: "varchar(64)",
    channel: "varchar(24)",
  },
  sla_metrics: {
    ticket_id: "bigint",
    sla_limit_hours: "int",
    resolution_hours: "decimal(10,2)",
    first_response_minutes: "int",
    sla_breached: "varchar(8)",
    uptime_impact_minutes: "int",
  },
  ticket_ownership: {
    ticket_id: "bigint",
    assigned_team: "varchar(64)",
    assigned_engineer: "varchar(96)",
    root_cause_category: "varchar(48)",
    fix_type: "varchar(24)",
    is_repeat_incident: "varchar(8)",
  },
  business_impact: {
    ticket_id: "bigint",
    failed_transaction_count: "int",
    estimated_financial_loss: "varchar(24)",
    affected_region: "varchar(64)",
  },
} as const;

export type TableName = keyof typeof TABLES;
export type RawRow = (string | number | null)[];
