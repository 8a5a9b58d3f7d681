const PI2 = Math.PI ** 2;

/** Terms of the series beyond this exponent are zero in double precision. */
const LAST_EXPONENT = 745;

/**
 * P(D_n < x) by Pelz and Good ("Approximating the lower tail-areas of the Kolmogorov–Smirnov one-sample statistic",
 * J. R. Stat. Soc. B 38, 1976): Σ K_i(z) n^(−i/2), i = 0…3, z = x√n, each K a theta series in exp(−π²/(8z²)).
 */
export function pelzGood(n: number, x: number): number {
  const z = Math.sqrt(n) * x;
  const odd = oddSums(z);
  const even = evenSums(z);
  const root = Math.sqrt(2 * Math.PI);
  const k0 = (root / z) * odd[0];
  const k1 = (root / (6 * z ** 4)) * odd[1];
  const k2 = (root / (72 * z ** 7)) * odd[2] - ((root * PI2) / (36 * z ** 3)) * even[0];
  const k3 = (root / (6480 * z ** 10)) * odd[3] + ((root * PI2) / (216 * z ** 6)) * even[1];
  const s = Math.sqrt(n);
  return k0 + k1 / s + k2 / n + k3 / (n * s);
}

/** Sums over odd m of polynomial(m²) · exp(−m²π²/(8z²)). */
function oddSums(z: number): [number, number, number, number] {
  const sums: [number, number, number, number] = [0, 0, 0, 0];
  const z2 = z * z;
  const [z4, z6, z8] = [z2 ** 2, z2 ** 3, z2 ** 4];
  for (let m = 1; ; m += 2) {
    const exponent = (m * m * PI2) / (8 * z2);
    if (exponent > LAST_EXPONENT) return sums;
    const weight = Math.exp(-exponent);
    /** (mπ/2)², the natural variable of the polynomials. */
    const u = (m * m * PI2) / 4;
    sums[0] += weight;
    sums[1] += weight * (u - z2);
    sums[2] += weight * (6 * z6 + 2 * z4 + u * (2 * z4 - 5 * z2) + u * u * (1 - 2 * z2));
    sums[3] += weight * (-30 * z6 - 90 * z8 + u * (135 * z4 - 96 * z6) + u * u * (212 * z4 - 60 * z2) + u ** 3 * (5 - 30 * z2));
  }
}

/** Sums over k ≥ 1 of k² e and (3z² − k²π²) k² e with e = exp(−k²π²/(2z²)). */
function evenSums(z: number): [number, number] {
  const sums: [number, number] = [0, 0];
  const z2 = z * z;
  for (let k = 1; ; k++) {
    const exponent = (k * k * PI2) / (2 * z2);
    if (exponent > LAST_EXPONENT) return sums;
    const weight = k * k * Math.exp(-exponent);
    sums[0] += weight;
    sums[1] += weight * (3 * z2 - k * k * PI2);
  }
}
