import { decimal, percent, whole } from '../../pages/format.ts';
import type { EstimatedInterval } from '../../metrics/metric-schemas.ts';

/** `0.771 (0.742 to 0.797)`, or a dash where the number does not exist. */
export function withInterval(found: EstimatedInterval | null, digits = 3): string {
  return found === null ? '–' : `${decimal(found.value, digits)} (${decimal(found.lo, digits)} to ${decimal(found.hi, digits)})`;
}

/** The same as per cent. */
export function shareWithInterval(found: EstimatedInterval | null): string {
  return found === null ? '–' : `${percent(found.value)} (${percent(found.lo)} to ${percent(found.hi)})`;
}

/** The same as whole numbers, for money. */
export function moneyWithInterval(found: EstimatedInterval | null): string {
  return found === null ? '–' : `${whole(found.value)} (${whole(found.lo)} to ${whole(found.hi)})`;
}
