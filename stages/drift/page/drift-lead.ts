import { assertNever } from '../../../pipeline/index.ts';
import { badge, type Tone } from '../../pages/badge.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import { reasonsOf } from '../judge/reasons.ts';
import type { Say } from './language.ts';

type Status = DriftResult['verdict']['status'];

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
export function driftHeading({ verdict, evidently, current, score, decision }: DriftResult, say: Say): string {
  const { numberOfDriftedColumns: drifted, numberOfColumns: all } = evidently;
  const columns = say(`${drifted} of ${all} columns have drifted.`, `${drifted} colonnes sur ${all} ont dérivé.`);
  switch (verdict.status) {
    case 'ok':
      if (drifted > 0)
        return say(
          `Nothing to do: what has moved is waived. ${columns}`,
          `Rien à faire : ce qui a bougé fait l’objet d’une dérogation. ${columns}`,
        );
      return say(
        `Nothing has drifted: all ${all} columns${score === null ? '' : ' and the scores'} are as they were.`,
        `Rien n’a dérivé : les ${all} colonnes${score === null ? '' : ' et les scores'} sont comme avant.`,
      );
    case 'watch':
      return drifted === 0
        ? say(
            'Something has moved that deserves a look; no column has drifted.',
            'Quelque chose a bougé et mérite un regard ; aucune colonne n’a dérivé.',
          )
        : say(`Keep an eye on it: ${columns}`, `À surveiller : ${columns}`);
    case 'act':
      return decision?.findings.some(({ rule, level }) => rule === 'score_psi' && level === 'act') === true
        ? say(`Act: the scores have shifted, and ${columns}`, `Agir : les scores se sont déplacés, et ${columns}`)
        : say(`Act: ${columns}`, `Agir : ${columns}`);
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

/** Badge, reasons and what to do, and for CI the exit code. */
export function driftLead({ verdict, decision }: DriftResult, say: Say): Html {
  const reasons = decision === undefined ? verdict.reasons : reasonsOf(decision, say);
  return html`<div class="verdict ${TONES[verdict.status]}">
    <p>${badge(TONES[verdict.status], statusWord(verdict.status, say))} <strong>${advice(verdict.status, say)}</strong></p>
    <ul>
      ${reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
    ${decision !== undefined && html`<p class="note">${say(`Exit code ${decision.exit}.`, `Code de sortie ${decision.exit}.`)}</p>`}
  </div>`;
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
