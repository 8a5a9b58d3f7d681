import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDb, StageBody } from '../../pipeline/index.ts';
import { svgDocument } from '../explanations/figures/svg-document.ts';
import { html } from '../pages/html.ts';
import { pageDocument } from '../pages/page-document.ts';
import type { explain } from './stage.ts';
import { writeReasons } from './write-reasons.ts';

/** Outputs that say so: a refusal decided with this model has to be reasoned by a person. */
export async function writeNothing(db: DuckDb, outputs: Parameters<StageBody<typeof explain>>[0]['outputs'], why: string): Promise<void> {
  await outputs.explanations.write({ method: 'none', why });
  await outputs.reference.write(null);
  await writeReasons(db, outputs.reasons.path, []);
  const drawing = { name: 'shap_none', title: 'No explanations', description: why, width: 900, height: 10, body: '' };
  await writeFile(join(outputs.figures.path, 'shap_none.svg'), svgDocument(drawing));
  await outputs.page.write(
    pageDocument({
      title: 'Explanations',
      kicker: 'Explanations · credit scoring',
      heading: 'This model has no exact explanations.',
      lead: html`<p>${why}</p>`,
      sections: [],
      footer: html`<p>A refusal decided with this model has to be reasoned by a person.</p>`,
    }),
  );
}
