import { decimal, orDash, percent, points, whole } from '../../pages/format.ts';
import type { Html } from '../../pages/html.ts';
import { type Tile, tiles } from '../../pages/tile.ts';
import type { Say } from './language.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';

/** The numbers to know before any table. */
export function driftTiles(result: DriftResult, say: Say): Html {
  const { evidently, columns, score } = result;
  const judged = columns.filter(({ skipReason }) => skipReason === null);
  const compared = evidently.numberOfColumns > 0;
  return tiles([
    {
      label: say('Columns drifted', 'Colonnes dérivées'),
      value: compared ? `${evidently.numberOfDriftedColumns} ${say('of', 'sur')} ${evidently.numberOfColumns}` : '–',
      note: compared
        ? `Evidently ${evidently.mode}${say(': dataset drift ', ' : dérive d’ensemble ')}${evidently.datasetDrift ? say('detected', 'détectée') : say('not detected', 'non détectée')} (${percent(evidently.shareOfDriftedColumns)}, ${say('limit', 'limite')} ${percent(evidently.driftShare, 0)})`
        : say('not compared', 'non comparé'),
    },
    missingTile(judged, say),
    { label: say('Score PSI', 'PSI du score'), value: orDash(score?.psi, (psi) => decimal(psi)), note: psiWord(score?.psi ?? null, say) },
    {
      label: say('Mean probability of default', 'Probabilité moyenne de défaut'),
      value: orDash(score?.meanPdCurrent, (pd) => percent(pd, 2)),
      note: `${say('was', 'était')} ${orDash(score?.meanPdReference, (pd) => percent(pd, 2))}`,
    },
    {
      label: say('Approval rate', 'Taux d’acceptation'),
      value: orDash(score?.approvalRateCurrent, (rate) => percent(rate)),
      note: `${say('was', 'était')} ${orDash(score?.approvalRateReference, (rate) => percent(rate))}`,
    },
    {
      label: say('Current rows', 'Lignes courantes'),
      value: whole(result.current.rows),
      note: `${say('reference', 'référence')} ${whole(result.reference.rows)}`,
    },
  ]);
}

function missingTile(columns: readonly DriftColumn[], say: Say): Tile {
  const shift = ({ missing }: DriftColumn): number => missing.current - missing.reference;
  const [most] = columns.toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)));
  if (most === undefined)
    return {
      label: say('Largest shift of missing values', 'Plus grand écart de valeurs manquantes'),
      value: '–',
      note: say('not compared', 'non comparé'),
    };
  return {
    label: say('Largest shift of missing values', 'Plus grand écart de valeurs manquantes'),
    value: `${points(shift(most))} pts`,
    note: `${most.name}: ${percent(most.missing.reference)} ${say('to', 'à')} ${percent(most.missing.current)}`,
  };
}

/** The bands of credit practice. */
export function psiWord(psi: number | null, say: Say): string {
  if (psi === null) return say('not computed', 'non calculé');
  if (psi < 0.1) return say('stable (under 0.1)', 'stable (moins de 0,1)');
  return psi < 0.25 ? say('moved (0.1 to 0.25)', 'a bougé (0,1 à 0,25)') : say('shifted (0.25 or more)', 'déplacé (0,25 ou plus)');
}
