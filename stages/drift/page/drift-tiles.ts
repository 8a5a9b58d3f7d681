import { decimal, orDash, percent, points, whole } from '../../pages/format.ts';
import type { Html } from '../../pages/html.ts';
import { type Tile, tiles } from '../../pages/tile.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';

/** The numbers to know before any table. */
export function driftTiles(result: DriftResult): Html {
  const { evidently, columns, score } = result;
  const judged = columns.filter(({ skipReason }) => skipReason === null);
  const compared = evidently.numberOfColumns > 0;
  return tiles([
    {
      label: 'Columns drifted',
      value: compared ? `${evidently.numberOfDriftedColumns} of ${evidently.numberOfColumns}` : '–',
      note: compared
        ? `Evidently ${evidently.mode}: dataset drift ${evidently.datasetDrift ? 'detected' : 'not detected'} (${percent(evidently.shareOfDriftedColumns)}, limit ${percent(evidently.driftShare, 0)})`
        : 'not compared',
    },
    missingTile(judged),
    { label: 'Score PSI', value: orDash(score?.psi, (psi) => decimal(psi)), note: psiWord(score?.psi ?? null) },
    {
      label: 'Mean probability of default',
      value: orDash(score?.meanPdCurrent, (pd) => percent(pd, 2)),
      note: `was ${orDash(score?.meanPdReference, (pd) => percent(pd, 2))}`,
    },
    {
      label: 'Approval rate',
      value: orDash(score?.approvalRateCurrent, (rate) => percent(rate)),
      note: `was ${orDash(score?.approvalRateReference, (rate) => percent(rate))}`,
    },
    { label: 'Current rows', value: whole(result.current.rows), note: `reference ${whole(result.reference.rows)}` },
  ]);
}

function missingTile(columns: readonly DriftColumn[]): Tile {
  const shift = ({ missing }: DriftColumn): number => missing.current - missing.reference;
  const [most] = columns.toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)));
  if (most === undefined) return { label: 'Largest shift of missing values', value: '–', note: 'not compared' };
  return {
    label: 'Largest shift of missing values',
    value: `${points(shift(most))} pts`,
    note: `${most.name}: ${percent(most.missing.reference)} to ${percent(most.missing.current)}`,
  };
}

/** The bands of credit practice. */
export function psiWord(psi: number | null): string {
  if (psi === null) return 'not computed';
  if (psi < 0.1) return 'stable (under 0.1)';
  return psi < 0.25 ? 'moved (0.1 to 0.25)' : 'shifted (0.25 or more)';
}
