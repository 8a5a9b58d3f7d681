import { whole } from '../../pages/format.ts';
import { html } from '../../pages/html.ts';
import { pageDocument } from '../../pages/page-document.ts';
import type { DriftResult } from '../drift-schema.ts';
import { columnTable, skippedTable } from './column-table.ts';
import { driftHeading, driftLead } from './drift-lead.ts';
import { driftTiles } from './drift-tiles.ts';
import { methodSection } from './method-section.ts';
import { scoreSection } from './score-section.ts';

export interface DriftPageContext {
  /** Calibrated probability from which an application is refused. */
  readonly threshold: number | null;
  /** Null where no model was given. */
  readonly modelSha256: string | null;
  readonly minRows: number;
}

/** `drift.html`. The same result gives the same bytes. */
export function driftPage(result: DriftResult, context: DriftPageContext): string {
  const skipped = result.columns.filter(({ skipReason }) => skipReason !== null);
  const { reference, current, columns } = result;
  return pageDocument({
    title: 'Drift report',
    kicker: `Drift report · ${reference.name}, ${whole(reference.rows)} rows, against ${current.name}, ${whole(current.rows)} rows`,
    heading: driftHeading(result),
    lead: html`${driftLead(result)}${driftTiles(result)}`,
    sections: [
      { id: 'scores', title: 'Scores', body: scoreSection(result, context) },
      { id: 'columns', title: 'Columns', body: columnTable(result) },
      ...(skipped.length === 0 ? [] : [{ id: 'skipped', title: 'Not judged', body: skippedTable(skipped) }]),
      { id: 'method', title: 'Method', body: methodSection(result, context) },
    ],
    footer: html`<p>The numbers of this page, unrounded, are in drift.json (schema ${result.schema}): ${columns.length} columns.</p>`,
  });
}
