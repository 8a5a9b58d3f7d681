import { dataTable } from '../../pages/data-table.ts';
import { orDash } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';
import { psiWord } from './psi-words.ts';
import { scoreBands } from './score-bands.ts';
import { unknownReason } from './unknown-reason.ts';
import type { DriftPageContext } from './drift-page.ts';

interface ScoreRow {
  readonly what: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** What the changes in the data do to the model's decisions. */
export function scoreSection(result: DriftResult, { threshold, isRun }: DriftPageContext, say: Say): Html {
  const { score, current, reference } = result;
  const { decimal, percent } = numbersIn(say);
  if (score === null)
    return html`<p>
      ${say('The scores were not compared', 'Les scores n’ont pas été comparés')}${
        isRun
          ? say(
              current.rows === 0 ? ': the current part has no rows' : ': one of the two parts has no row in the feature table',
              current.rows === 0
                ? ' : la partie courante n’a aucune ligne'
                : ' : une des deux parties n’a aucune ligne dans la table des variables',
            )
          : unknownReason(result, 'score', say)
      }.
    </p>`;
  const before = isRun ? say('Holdout', 'Échantillon réservé') : reference.name;
  return html`${isRun && holdoutNote(say)}
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
    ${scoreBands(score, say)}
    <p class="note">
      ${say(
        'No label of the current part is known yet: these numbers say that the mix of applicants changed, not whether the model is still right about them.',
        'Aucun défaut de la partie courante n’est encore connu : ces nombres disent que la composition des demandes a changé, non si le modèle a encore raison.',
      )}
    </p>`;
}

function holdoutNote(say: Say): Html {
  return html`<p>
    ${say(
      'The model scored both parts. Its reference is the holdout: labelled applicants on whom it was not trained, so that both parts are new to it.',
      'Le modèle a noté les deux parties. Sa référence est l’échantillon réservé : des demandeurs étiquetés sur lesquels il n’a pas été entraîné ; les deux parties lui sont donc nouvelles.',
    )}
  </p>`;
}
