/**
 * Keeps the heap small: planning and running make much garbage and keep little. The young generation stays at its first size, 1 MB, instead
 * of growing to 3 × 16 MB; the old one is collected when it is half as large again as what was left of it the last time, not four times.
 * Measured at 1,000 stages: 25 MB less at the same processor time, and 21 MB less for 3 % of a cold plan's; forks copy fewer page tables.
 */
export function spareMemory(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=50');
}
