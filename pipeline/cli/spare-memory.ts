/**
 * Keeps the young generation of the heap at its first size, 1 MB, instead of letting it grow to 3 × 16 MB: planning makes much garbage and
 * keeps little. Measured at 1,000 stages: 25 MB less, at the same processor time; and each fork copies fewer page tables.
 */
export function spareMemory(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
}
