// Written by `sla generate types`, which brings it up to date. Changes by hand are lost.
// It gives the rows that ref() and source() read their types.
import "sla";

declare module "sla" {
  interface Relations {
    /** One row for each customer, with what was ordered and kept. */
    customers: {
      customer_id: number;
      /** varchar(100) */
      customer_name: string | null;
      /** varchar(50) */
      city: string | null;
      first_order_on: string | null;
      latest_order_on: string | null;
      orders: number | null;
      /** decimal(12,2): What the customer has paid. */
      revenue: number | null;
      /** varchar(20): How often the customer orders. */
      segment: string | null;
    };
    /** How many days lie between an order and the customer's order before it. */
    days_between_orders: {
      /** bigint */
      order_id: number | bigint;
      /** bigint */
      customer_id: number | bigint | null;
      /** int: NULL for the first order. */
      days_since_order_before: number | null;
    };
    /** Every status that an order has had, and from when until when. */
    order_status: {
      order_id: number | null;
      customer_id: number | null;
      status: string | null;
      ordered_at: string | null;
      ordered_on: string | null;
      /** varchar(64) */
      dbt_scd_id: string;
      /** datetime(6) */
      dbt_updated_at: string | null;
      /** datetime(6) */
      dbt_valid_from: string | null;
      /** datetime(6) */
      dbt_valid_to: string | null;
    };
    /** One row for each order, with what it is worth. Takes in what is new with each build. */
    orders: {
      /** The order's number. */
      order_id: number;
      customer_id: number;
      /** varchar(50): Where the customer lives. */
      city: string | null;
      /** varchar(20) */
      status: string | null;
      /** When it was placed, UTC. */
      ordered_at: string | null;
      /** The day of it, UTC. */
      ordered_on: string | null;
      items: number | null;
      /** decimal(12,2): What it is worth. */
      amount: number | null;
    };
    raw_customers: {
      id: number | null;
      name: string | null;
      email: string | null;
      city: string | null;
      joined_on: string | null;
    };
    raw_order_lines: {
      id: number | null;
      order_id: number | null;
      product_id: number | null;
      quantity: number | null;
    };
    raw_orders: {
      id: number | null;
      customer_id: number | null;
      status: string | null;
      ordered_at: string | null;
    };
    raw_products: {
      id: number | null;
      name: string | null;
      price_cents: number | null;
    };
    /** Customers, one row each. */
    stg_customers: {
      /** The customer's number. */
      customer_id: number;
      customer_name: string;
      email: string | null;
      city: string | null;
      joined_on: string | null;
    };
    /** What was ordered, one row for each product of an order. */
    stg_order_lines: {
      line_id: number;
      order_id: number | null;
      product_id: number | null;
      product_name: string | null;
      quantity: number | null;
      amount: number | null;
    };
    /** Orders, one row each. */
    stg_orders: {
      order_id: number;
      customer_id: number | null;
      /** Where the order is now. */
      status: string | null;
      ordered_at: string | null;
      ordered_on: string | null;
    };
    /** What is for sale. */
    stg_products: {
      product_id: number;
      product_name: string | null;
      /** In money, not in cents. */
      price: number | null;
    };
  }
}
