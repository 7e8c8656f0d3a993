import { defineModel } from "sla";

/** Days since the customer's order before: easier said row by row than in SQL. */
export default defineModel({
  description: "How many days lie between an order and the customer's order before it.",
  refs: ["orders"],
  columns: {
    order_id: { type: "bigint", tests: ["unique", "not_null"], from: ["orders.order_id"] },
    customer_id: { type: "bigint", from: ["orders.customer_id"] },
    days_since_order_before: {
      type: "int",
      description: "NULL for the first order.",
      from: ["orders.ordered_on"],
    },
  },
  async *run({ ref }) {
    const before = new Map<number, number>();
    const orders = await ref("orders").all(["order_id", "customer_id", "ordered_on"]);
    for (const { order_id, customer_id, ordered_on } of orders.sort((a, b) => a.order_id - b.order_id)) {
      const day = Date.parse(String(ordered_on)) / 86_400_000;
      const last = before.get(customer_id);
      yield { order_id, customer_id, days_since_order_before: last === undefined ? null : day - last };
      before.set(customer_id, day);
    }
  },
});
