import { whole } from '../../pages/format.ts';
import { html } from '../../pages/html.ts';
import { pageDocument } from '../../pages/page-document.ts';
import type { DriftResult } from '../drift-schema.ts';
import type { DriftLimits } from '../limits.ts';
import { columnTable, skippedTable } from './column-table.ts';
import { costSection } from './cost-section.ts';
import { driftHeading, driftLead } from './drift-lead.ts';
import { featuresSection } from './features-section.ts';
import { historySection } from './history-section.ts';
import { type Language, sayIn } from './language.ts';
import { driftTiles } from './drift-tiles.ts';
import { jointSection } from './joint-section.ts';
import { methodSection } from './method-section.ts';
import { scoreSection } from './score-section.ts';
import { segmentsSection } from './segments-section.ts';
import { whySection } from './why-section.ts';

export interface DriftPageContext {
  /** Calibrated probability from which an application is refused. */
  readonly threshold: number | null;
  /** Null where no model was given. */
  readonly modelSha256: string | null;
  readonly minRows: number;
  readonly limits: DriftLimits;
  /** Whether a run's stage made it: its score's reference is the holdout, and there are no batches. */
  readonly isRun: boolean;
  /** @default 'en' */
  readonly language?: Language;
}

/** `drift.html`. The same result gives the same bytes. */
export function driftPage(result: DriftResult, context: DriftPageContext): string {
  const { language = 'en' } = context;
  const say = sayIn(language);
  const skipped = result.columns.filter(({ skipReason }) => skipReason !== null);
  const { reference, current, columns, decision } = result;
  const kicker = say('Drift report', 'Rapport de dérive');
  const history = decision?.history ?? [];
  return pageDocument({
    language,
    title: kicker,
    kicker: `${kicker} · ${reference.name}, ${whole(reference.rows)} ${say('rows, against', 'lignes, contre')} ${current.name}, ${whole(current.rows)} ${say('rows', 'lignes')}`,
    heading: driftHeading(result, say),
    lead: html`${driftLead(result, say)}${driftTiles(result, say)}`,
    sections: [
      { id: 'cost', title: say('Cost', 'Coût'), body: costSection(result, say) },
      { id: 'why', title: say('Why scores moved', 'Pourquoi les scores ont bougé'), body: whySection(result, say) },
      {
        id: 'features',
        title: say('What the model rests on', 'Ce sur quoi le modèle s’appuie'),
        body: featuresSection(result, context.limits, say),
      },
      { id: 'scores', title: 'Scores', body: scoreSection(result, context, say) },
      { id: 'segments', title: say('Groups of applicants', 'Groupes de demandeurs'), body: segmentsSection(result, context.limits, say) },
      ...(history.length < 2 ? [] : [{ id: 'history', title: say('Batches', 'Lots'), body: historySection(history, result.money, say) }]),
      { id: 'columns', title: say('Columns', 'Colonnes'), body: columnTable(result, say) },
      ...(skipped.length === 0 ? [] : [{ id: 'skipped', title: say('Not judged', 'Non jugées'), body: skippedTable(skipped, say) }]),
      { id: 'joint', title: say('All columns together', 'Toutes les colonnes ensemble'), body: jointSection(result, say) },
      { id: 'method', title: say('Method', 'Méthode'), body: methodSection(result, context, say) },
    ],
    footer: html`<p>
      ${say('The numbers of this page, unrounded, are in drift.json', 'Les nombres de cette page, sans arrondi, sont dans drift.json')}
      (schema ${result.schema}): ${columns.length} ${say('columns', 'colonnes')}.
    </p>`,
  });
}
