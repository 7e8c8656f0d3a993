/** Something in a file that Tableau refuses, strips in silence, or draws otherwise than the site. */
export interface Finding {
  /** Name of the check. */
  check: string;
  line: number | null;
  /** What is wrong, and where. */
  message: string;
  /** What to do, or what Tableau would do. */
  hint: string;
}
