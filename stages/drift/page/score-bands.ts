import { dataTable } from '../../pages/data-table.ts';
import { orDash } from '../../pages/format.ts';
import { html, type Html } from '../../pages/html.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { Say } from './language.ts';
import { numbersIn } from './numbers.ts';

type Band = NonNullable<NonNullable<DriftResult['score']>['bands']>[number];

/** The reference's deciles of the score: who came more often, and what is expected of them. */
export function scoreBands(score: NonNullable<DriftResult['score']>, say: Say): Html {
  const { bands } = score;
  if (bands === undefined || bands.length === 0) return html``;
  const { percent, decimal, points } = numbersIn(say);
  const name = ({ from, to }: Band): string => {
    if (from === null && to === null) return say('no score', 'sans score');
    if (from === null) return `${say('under', 'moins de')} ${percent(to ?? 0)}`;
    return to === null ? `${percent(from)} ${say('and more', 'et plus')}` : `${percent(from)} ${say('to', 'à')} ${percent(to)}`;
  };
  return dataTable<Band>({
    caption: say(
      'Deciles of the reference’s score (the model’s own probability); the PSI is the sum of the last column',
      'Déciles du score de la référence (probabilité brute du modèle) ; le PSI est la somme de la dernière colonne',
    ),
    columns: [
      { title: say('Band', 'Tranche'), cell: name },
      { title: say('Reference', 'Référence'), numeric: true, cell: ({ reference }) => percent(reference) },
      {
        title: say('Current', 'Courante'),
        numeric: true,
        cell: ({ reference, current }) => html`${percent(current)}<small>${points(current - reference)}</small>`,
      },
      {
        title: say('Expected default rate', 'Taux de défaut attendu'),
        numeric: true,
        cell: ({ expectedDefaultRate }) => orDash(expectedDefaultRate, (rate) => percent(rate)),
      },
      { title: 'PSI', numeric: true, cell: ({ contribution }) => decimal(contribution, 4) },
    ],
    rows: bands,
  });
}
