/**
 * exp, ln and the normal quantile from nothing but + − × ÷ and square root, which IEEE 754 fixes to the last bit.
 * `Math.exp` and its kin may differ between versions of the engine, and one bit could move a ticket to the next second.
 */

const { LN2 } = Math;

/** e to the power of x, for |x| < 700. */
export function exp(x: number): number {
  const k = Math.round(x / LN2);
  const r = x - k * LN2;
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 13; n++) {
    term = (term * r) / n;
    sum += term;
  }
  return sum * powerOfTwo(k);
}

/** Natural logarithm of a positive number. */
export function ln(x: number): number {
  let k = 0;
  let m = x;
  while (m > 1.5) {
    m /= 2;
    k++;
  }
  while (m < 0.75) {
    m *= 2;
    k--;
  }
  const z = (m - 1) / (m + 1);
  const square = z * z;
  let power = z;
  let sum = 0;
  for (let n = 1; n <= 23; n += 2) {
    sum += power / n;
    power *= square;
  }
  return 2 * sum + k * LN2;
}

/** The z below which a share p of a standard normal lies (Acklam's rational approximation, error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(p);
  if (p > 0.97575) return -tail(1 - p);
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

function tail(p: number): number {
  const q = Math.sqrt(-2 * ln(p));
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
      1)
  );
}

function powerOfTwo(k: number): number {
  let result = 1;
  const factor = k < 0 ? 0.5 : 2;
  for (let n = Math.abs(k); n > 0; n--) result *= factor;
  return result;
}
