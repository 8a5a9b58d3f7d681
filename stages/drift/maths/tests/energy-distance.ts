import type { NumericTable } from '../distinct-table.ts';
import { cdfDistance } from './cdf-distance.ts';

/** Energy distance √(2 ∫(F_r − F_c)² dx), in the square root of the column's unit (Székely and Rizzo). */
export function energyDistance(table: NumericTable): number {
  return Math.SQRT2 * Math.sqrt(cdfDistance(table, 2));
}
