/**
 * e^x K_ν(x) = ∫₀^∞ exp(−x (cosh t − 1)) cosh(νt) dt (DLMF 10.32.9) by the trapezoidal rule, which converges
 * geometrically for this integrand.
 */
export function scaledBesselK(order: number, x: number): number {
  const last = Math.acosh(1 + 750 / x);
  const steps = 400;
  const width = last / steps;
  let sum = 0.5;
  for (let i = 1; i <= steps; i++) {
    const t = i * width;
    sum += Math.exp(-2 * x * Math.sinh(t / 2) ** 2) * Math.cosh(order * t);
  }
  return sum * width;
}
