import { assertNever } from '../../../pipeline/index.ts';
import { badge, type Tone } from '../../pages/badge.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { reasonsOf } from '../judge/reasons.ts';
import { costChange } from '../outlook/cost-change.ts';
import { costSentence, realisedSentence } from './cost-words.ts';
import type { Say } from './language.ts';

type Status = DriftResult['verdict']['status'];

/** Reasons that are read without opening anything. */
const SHOWN = 4;

const TONES: Readonly<Record<Status, Tone>> = { ok: 'ok', watch: 'watch', act: 'act', broken: 'act', insufficient: 'none' };

export function statusWord(status: Status, say: Say): string {
  switch (status) {
    case 'ok':
      return 'OK';
    case 'watch':
      return say('Watch', 'À surveiller');
    case 'act':
      return say('Act', 'Agir');
    case 'broken':
      return say('Contract broken', 'Contrat rompu');
    case 'insufficient':
      return say('Not judged', 'Non jugé');
    default:
      return assertNever(status);
  }
}

/** The verdict as one sentence. */
export function driftHeading({ verdict, evidently, current, decision }: DriftResult, say: Say): string {
  const { numberOfDriftedColumns: drifted } = evidently;
  switch (verdict.status) {
    case 'ok':
      return drifted > 0
        ? say('Nothing to do: what has moved is waived.', 'Rien à faire : ce qui a bougé fait l’objet d’une dérogation.')
        : say('Nothing to do: this batch is as the reference was.', 'Rien à faire : ce lot est comme la référence.');
    case 'watch':
      return decision?.held !== null && decision?.held !== undefined
        ? say('Watch: there is a signal to act, not confirmed yet.', 'À surveiller : un signal d’agir, pas encore confirmé.')
        : say('Watch: the data have moved, the decisions hold.', 'À surveiller : les données ont bougé, les décisions tiennent.');
    case 'act':
      return say(`Act: ${causeOf(decision, say)}.`, `Agir : ${causeOf(decision, say)}.`);
    case 'broken':
      return say('Do not score this batch: it breaks the data contract.', 'Ne notez pas ce lot : il rompt le contrat de données.');
    case 'insufficient':
      return current.rows === 0
        ? say('There is nothing to compare with: the current part has no rows.', 'Rien à comparer : la partie courante n’a aucune ligne.')
        : say('There are too few rows to judge drift.', 'Il y a trop peu de lignes pour juger d’une dérive.');
    default:
      return assertNever(verdict.status);
  }
}

/** What calls for action, in words: the first rule that does. */
function causeOf(decision: DriftResult['decision'], say: Say): string {
  const first = decision?.findings.find(({ level, waiver }) => level === 'act' && waiver?.state !== 'in force');
  switch (first?.rule.split('[')[0]) {
    case 'realised_cost':
      return say('wrong decisions cost more than was expected', 'les mauvaises décisions ont coûté plus qu’attendu');
    case 'concept_drift':
      return say('loans went worse than their scores promised', 'les prêts tournent plus mal que leurs scores ne le promettaient');
    case 'estimated_cost':
      return say('wrong decisions are about to cost more', 'les mauvaises décisions vont coûter plus cher');
    case 'weighted_drift':
    case 'top_feature':
      return say('what the model rests on has moved', 'ce sur quoi le modèle s’appuie a bougé');
    case 'dataset_drift':
      return say('most columns have drifted', 'la plupart des colonnes ont dérivé');
    default:
      return say('the scores have shifted', 'les scores se sont déplacés');
  }
}

/** Badge, what to do, what it costs, why, and for CI the exit code. */
export function driftLead({ verdict, decision, estimate, realised, money }: DriftResult, say: Say): Html {
  const reasons = decision === undefined ? verdict.reasons : reasonsOf(decision, say);
  const change = estimate === null || estimate === undefined || verdict.status === 'broken' ? null : costChange(estimate);
  const came = realised && change !== null ? realisedSentence(realised, money, say) : null;
  const [first, rest] = [reasons.slice(0, SHOWN), reasons.slice(SHOWN)];
  return html`<div class="verdict ${TONES[verdict.status]}">
    <p>${badge(TONES[verdict.status], statusWord(verdict.status, say))} <strong>${advice(verdict.status, say)}</strong></p>
    ${change !== null && html`<p>${costSentence(change, money, say)}${came !== null && ` ${came}`}</p>`}
    <ul>
      ${first.map((reason) => html`<li>${reason}</li>`)}
    </ul>
    ${
      rest.length > 0 &&
      html`<details>
        <summary>
          ${say(`${rest.length} more ${rest.length === 1 ? 'reason' : 'reasons'} to look`, `${rest.length} ${rest.length === 1 ? 'autre raison' : 'autres raisons'} de regarder`)}
        </summary>
        <ul>
          ${rest.map((reason) => html`<li>${reason}</li>`)}
        </ul>
      </details>`
    }
    ${
      decision !== undefined &&
      html`<p class="note">
        ${decider(verdict.status, say)}
        ${say(`Exit code of sluice drift: ${decision.exit}.`, `Code de sortie de sluice drift : ${decision.exit}.`)}
      </p>`
    }
  </div>`;
}

/** Who decides on what follows. */
function decider(status: Status, say: Say): string {
  if (status === 'act') return say('Decides: model risk.', 'Décide : le risque de modèle.');
  if (status === 'broken') return say('Decides: the owner of the data source.', 'Décide : le responsable de la source de données.');
  return say('Nobody has to decide anything now.', 'Personne n’a de décision à prendre maintenant.');
}

function advice(status: Status, say: Say): string {
  switch (status) {
    case 'ok':
      return say('Nothing to do.', 'Rien à faire.');
    case 'watch':
      return say(
        'Go on scoring. Find out why these columns moved before the next retraining, and compare again with the next batch.',
        'Continuez à noter. Cherchez pourquoi ces colonnes ont bougé avant le prochain réentraînement, et comparez de nouveau au prochain lot.',
      );
    case 'act':
      return say(
        'Do not rely on the model’s probabilities for this population: find the cause, retrain on recent data or recalibrate, and let model risk decide on scoring meanwhile.',
        'Ne vous fiez pas aux probabilités du modèle pour cette population : trouvez la cause, réentraînez sur des données récentes ou recalibrez ; d’ici là, le risque de modèle décide si l’on continue à noter.',
      );
    case 'broken':
      return say(
        'Mend the source of the columns named here; neither score this batch nor retrain on it.',
        'Réparez la source des colonnes nommées ici ; ne notez pas ce lot et ne réentraînez pas dessus.',
      );
    case 'insufficient':
      return say(
        'Supply enough rows, or lower minRows if so few rows are all there are.',
        'Fournissez assez de lignes, ou abaissez minRows s’il n’y en a pas davantage.',
      );
    default:
      return assertNever(status);
  }
}
