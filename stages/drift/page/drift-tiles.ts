import { orDash } from '../../pages/format.ts';
import type { Html } from '../../pages/html.ts';
import { type Tile, tiles } from '../../pages/tile.ts';
import type { DriftColumn, DriftResult } from '../drift-schema.ts';
import type { HistoryEntry } from '../history-schema.ts';
import { costChange } from '../outlook/cost-change.ts';
import { changeWord, costOf, costUnit } from './cost-words.ts';
import { BATCHES_DRAWN } from './history-section.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { psiWord } from './psi-words.ts';
import { sparkline } from './sparkline.ts';

/** The six numbers to know before any table, with what earlier batches had. */
export function driftTiles(result: DriftResult, say: Say): Html {
  return tiles([
    contractTile(result, say),
    ...costTile(result, say),
    ...scoreTiles(result, say),
    missingTile(result, say),
    togetherTile(result, say),
  ]);
}

function contractTile({ columns, decision, evidently }: DriftResult, say: Say): Tile {
  const broken = (decision?.findings ?? []).filter(({ rule, level }) => rule.startsWith('contract') && level === 'broken').length;
  return {
    label: say('Data contract', 'Contrat de données'),
    value: broken === 0 ? say('kept', 'tenu') : say('broken', 'rompu'),
    note:
      broken === 0
        ? say(
            `${columns.length} columns, ${evidently.numberOfColumns} judged`,
            `${columns.length} colonnes, ${evidently.numberOfColumns} jugées`,
          )
        : say(`${broken} of ${columns.length} columns`, `${broken} colonnes sur ${columns.length}`),
    ...drawn(
      say('Data contract', 'Contrat de données'),
      decision,
      ({ signal }) => (signal === 'broken' ? 0 : 1),
      (kept) => (kept === 1 ? say('kept', 'tenu') : say('broken', 'rompu')),
    ),
  };
}

function costTile({ estimate, money, decision }: DriftResult, say: Say): Tile[] {
  const change = estimate === null || estimate === undefined ? null : costChange(estimate);
  if (change === null) return [];
  const { percent } = numbersIn(say);
  const cost = (value: number): string => costOf(value, money);
  return [
    {
      label: say(`Estimated cost, ${costUnit(money, say)}`, `Coût estimé, ${costUnit(money, say)}`),
      value: cost(change.after),
      note: `${cost(change.lo)} ${say('to', 'à')} ${cost(change.hi)}${say('; was', ' ; était')} ${cost(change.before)} (${change.rise < 0 ? '' : '+'}${percent(change.rise)}, ${changeWord(change, say)})`,
      ...drawn(say('Estimated cost', 'Coût estimé'), decision, (entry) => entry.cost?.value ?? null, cost),
    },
  ];
}

function scoreTiles({ score, decision }: DriftResult, say: Say): Tile[] {
  const { decimal, percent } = numbersIn(say);
  if (score === null) return [{ label: say('Score PSI', 'PSI du score'), value: '–', note: say('no score given', 'pas de score donné') }];
  const psi: Tile = {
    label: say('Score PSI', 'PSI du score'),
    value: orDash(score.psi, (value) => decimal(value)),
    note: psiWord(score.psi, say),
    ...drawn(
      say('Score PSI', 'PSI du score'),
      decision,
      ({ scorePsi }) => scorePsi,
      (value) => decimal(value),
    ),
  };
  return [
    psi,
    {
      label: say('Approval rate', 'Taux d’acceptation'),
      value: orDash(score.approvalRateCurrent, (rate) => percent(rate)),
      note: `${say('was', 'était')} ${orDash(score.approvalRateReference, (rate) => percent(rate))}${say('; mean probability of default', ' ; probabilité moyenne de défaut')} ${orDash(score.meanPdCurrent, (pd) => percent(pd))}, ${say('was', 'était')} ${orDash(score.meanPdReference, (pd) => percent(pd))}`,
      ...drawn(
        say('Approval rate', 'Taux d’acceptation'),
        decision,
        ({ approvalRate }) => approvalRate,
        (value) => percent(value),
      ),
    },
  ];
}

function missingTile({ columns, decision }: DriftResult, say: Say): Tile {
  const { points, percent } = numbersIn(say);
  const shift = ({ missing }: DriftColumn): number => missing.current - missing.reference;
  const [most] = columns.filter(({ skipReason }) => skipReason === null).toSorted((a, b) => Math.abs(shift(b)) - Math.abs(shift(a)));
  const label = say('Largest shift of missing values', 'Plus grand écart de valeurs manquantes');
  if (most === undefined) return { label, value: '–', note: say('not compared', 'non comparé') };
  return {
    label,
    value: `${points(shift(most))} pts`,
    note: `${most.name}${say(':', ' :')} ${percent(most.missing.reference)} ${say('to', 'à')} ${percent(most.missing.current)}`,
    ...drawn(
      label,
      decision,
      ({ missingShift }) => missingShift,
      (value) => percent(value),
    ),
  };
}

/** Columns one by one as Evidently judges them, and all together. */
function togetherTile({ evidently, joint, decision }: DriftResult, say: Say): Tile {
  const { decimal, percent } = numbersIn(say);
  const compared = evidently.numberOfColumns > 0;
  const columns = compared
    ? say(
        `Evidently ${evidently.mode}: ${evidently.numberOfDriftedColumns} of ${evidently.numberOfColumns} columns, dataset drift from ${percent(evidently.driftShare, 0)}`,
        `Evidently ${evidently.mode} : ${evidently.numberOfDriftedColumns} colonne${evidently.numberOfDriftedColumns > 1 ? 's' : ''} sur ${evidently.numberOfColumns}, dérive d’ensemble dès ${percent(evidently.driftShare, 0)}`,
      )
    : say('not compared', 'non comparé');
  if (joint === null || joint === undefined || joint.domainAuc.value === null)
    return {
      label: say('Columns drifted', 'Colonnes dérivées'),
      value: compared ? `${evidently.numberOfDriftedColumns} ${say('of', 'sur')} ${evidently.numberOfColumns}` : '–',
      note: columns,
    };
  return {
    label: say('Told apart by a classifier, AUC', 'Distinguées par un classifieur, AUC'),
    value: decimal(joint.domainAuc.value),
    note: columns,
    ...drawn(
      'AUC',
      decision,
      ({ domainAuc }) => domainAuc ?? null,
      (value) => decimal(value),
    ),
  };
}

/** A line of the last batches, where there are two or more. */
function drawn(
  title: string,
  decision: DriftResult['decision'],
  value: (entry: HistoryEntry) => number | null,
  format: (value: number) => string,
): { readonly figure?: Html } {
  const values = (decision?.history ?? []).slice(-BATCHES_DRAWN).map(value);
  return values.filter((one) => one !== null).length < 2 ? {} : { figure: sparkline(title, values, format) };
}
