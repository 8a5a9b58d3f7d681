import { writeFile } from 'node:fs/promises';
import type { StageBody } from '../../pipeline/index.ts';
import { html } from '../pages/html.ts';
import { inlineSvg } from '../pages/inline-svg.ts';
import type { PageSection } from '../pages/page-document.ts';
import { readFigures } from '../pages/read-figures.ts';
import { toHtml } from './blocks/to-html.ts';
import { toMarkdown } from './blocks/to-markdown.ts';
import { dataSheet } from './documents/data-sheet.ts';
import { modelCard } from './documents/model-card.ts';
import { validationReport } from './documents/validation-report.ts';
import { type Evidence, lastValues } from './evidence.ts';
import type { document } from './stage.ts';

type Context = Parameters<StageBody<typeof document>>[0];

const run: StageBody<typeof document> = async ({ inputs, outputs, log }) => {
  const evidence = await gather(inputs);
  const documents = [
    { made: modelCard(evidence), text: outputs.modelCard, page: outputs.modelCardPage, more: [await figureSection(inputs.figures.path)] },
    { made: validationReport(evidence), text: outputs.validation, page: outputs.validationPage, more: [] },
    { made: dataSheet(evidence), text: outputs.dataSheet, page: outputs.dataSheetPage, more: [] },
  ];
  for (const { made, text, page, more } of documents) {
    await writeFile(text.path, toMarkdown(made));
    await page.write(toHtml(made, { kicker: `${made.title.split(':')[0]} · credit scoring`, more }));
  }
  log.info('model card, validation report and data sheet written', {
    highlights: [
      { label: 'Model card', port: 'modelCardPage' },
      { label: 'Validation report', port: 'validationPage' },
    ],
  });
};

async function gather(inputs: Context['inputs']): Promise<Evidence> {
  const { verdict, drift } = inputs;
  return {
    evaluation: await inputs.evaluation.read(),
    evaluateMetrics: lastValues(await inputs.evaluateMetrics.read()),
    assessMetrics: lastValues(await inputs.assessMetrics.read()),
    trainMetrics: lastValues(await inputs.trainMetrics.read()),
    calibrationMetrics: lastValues(await inputs.calibrationMetrics.read()),
    summary: await inputs.summary.read(),
    calibrator: await inputs.calibrator.read(),
    decision: await inputs.decision.read(),
    catalogue: await inputs.catalogue.read(),
    contract: await inputs.contract.read(),
    ingest: await inputs.ingestSummary.read(),
    explanations: await inputs.explanations.read(),
    verdict: verdict === null ? null : await verdict.read(),
    drift: drift === null ? null : await drift.read(),
    digests: Object.fromEntries(Object.entries(inputs).flatMap(([name, input]) => (input === null ? [] : [[name, input.digest]]))),
  };
}

/** The evaluation's own drawings; their titles hold their numbers. */
async function figureSection(folder: string): Promise<PageSection> {
  const figures = await readFigures(folder);
  const titleOf = (svg: string): string => /<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1] ?? 'figure';
  const body = html`<div class="figures">
    ${figures.map(({ name, svg }) => html`<figure>${inlineSvg(svg, { prefix: `card-${name}`, label: unescape(titleOf(svg)) })}</figure>`)}
  </div>`;
  return { id: 'figures', title: 'Figures', body };
}

const unescape = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');

export default run;
