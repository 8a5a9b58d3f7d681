import { dataTable } from '../../pages/data-table.ts';
import { decimal, orDash, percent } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { Say } from './language.ts';
import { psiWord } from './drift-tiles.ts';
import type { DriftPageContext } from './drift-page.ts';

interface ScoreRow {
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** What the changes in the data do to the model's decisions. */
export function scoreSection({ score, current, reference }: DriftResult, { threshold, isRun }: DriftPageContext, say: Say): Html {
  if (score === null)
    return html`<p>
      ${say('The scores were not compared:', 'Les scores n’ont pas été comparés :')}
      ${
        current.rows === 0
          ? say('the current part has no rows', 'la partie courante n’a aucune ligne')
          : isRun
            ? say(
                'one of the two parts has no row in the feature table',
                'une des deux parties n’a aucune ligne dans la table des variables',
              )
            : say(
                'no score and no model was given, or a part lacks them',
                'aucun score ni modèle n’a été donné, ou une partie ne les a pas',
              )
      }.
    </p>`;
  const before = isRun ? 'Holdout' : reference.name;
  return html`${isRun && holdoutNote()}
    ${
      threshold !== null &&
      html`<p>
        ${say('An application is refused from a calibrated probability of', 'Une demande est refusée à partir d’une probabilité calibrée de')}
        ${decimal(threshold, 4)}${say(' on', '')}.
      </p>`
    }
    <p>
      ${say('Score PSI is', 'Le PSI du score est')} <strong>${orDash(score.psi, (psi) => decimal(psi, 4))}</strong>,
      ${psiWord(score.psi, say)}.
    </p>
    ${dataTable<ScoreRow>({
      caption: say('Scores of the reference and of the current part', 'Scores de la référence et de la partie courante'),
      columns: [
        { title: say('Measure', 'Mesure'), cell: ({ what }) => what },
        { title: before, numeric: true, cell: ({ before }) => orDash(before, (value) => percent(value, 2)) },
        { title: say('Current', 'Courante'), numeric: true, cell: ({ after }) => orDash(after, (value) => percent(value, 2)) },
      ],
      rows: [
        {
          what: say('Mean probability of default', 'Probabilité moyenne de défaut'),
          before: score.meanPdReference,
          after: score.meanPdCurrent,
        },
        {
          what: say('Approval rate at the threshold', 'Taux d’acceptation au seuil'),
          before: score.approvalRateReference,
          after: score.approvalRateCurrent,
        },
      ],
    })}
    <p class="note">
      ${say(
        'No label of the current part is known yet: these numbers say that the mix of applicants changed, not whether the model is still right about them.',
        'Aucun défaut de la partie courante n’est encore connu : ces nombres disent que la composition des demandes a changé, non si le modèle a encore raison.',
      )}
    </p>`;
}

function holdoutNote(): Html {
  return html`<p>
    The model scored both parts. Its reference is the <strong>holdout</strong>: labelled applicants on whom it was not trained, so that both
    parts are new to it.
  </p>`;
}
