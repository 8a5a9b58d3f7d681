import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FloatMatrix } from '../../pipeline/index.ts';
import type { Contributions } from '../explanations/contributions.ts';
import { barFigure } from '../explanations/figures/bar-figure.ts';
import { beeswarmFigure } from '../explanations/figures/beeswarm-figure.ts';
import { dependenceFigure } from '../explanations/figures/dependence-figure.ts';
import { type Drawing, svgDocument } from '../explanations/figures/svg-document.ts';
import { waterfallFigure } from '../explanations/figures/waterfall-figure.ts';
import { waterfallOf } from '../explanations/waterfall.ts';
import type { ExactExplanations } from './explanations-schema.ts';
import { columnOf } from './findings.ts';

/** Features in the bars, in the swarm; concepts with a step of their own in a waterfall. */
const [BARS, SWARMS, STEPS] = [15, 12, 12];
/** Rows that a swarm shows at most: more do not fit. */
const SWARM_ROWS = 400;

export interface DrawingFacts {
  readonly explanations: ExactExplanations;
  readonly contributions: Contributions;
  readonly matrix: FloatMatrix;
}

/** Writes every figure as SVG. @returns SVG text by name */
export async function writeDrawings(folder: string, facts: DrawingFacts): Promise<ReadonlyMap<string, string>> {
  const drawings = [...global(facts), ...dependences(facts), ...waterfalls(facts)];
  const files = new Map(drawings.map((drawing) => [drawing.name, svgDocument(drawing)]));
  for (const [name, svg] of files) await writeFile(join(folder, `${name}.svg`), svg);
  return files;
}

function global({ explanations, contributions, matrix }: DrawingFacts): readonly Drawing[] {
  const { importance, concepts, rows } = explanations;
  const axis = 'Mean absolute contribution to the log-odds of default';
  const swarms = importance.slice(0, SWARMS).map(({ feature, en }) => {
    const column = columnOf(matrix, contributions, feature);
    return { label: en, contributions: column.contributions.subarray(0, SWARM_ROWS), values: column.values.subarray(0, SWARM_ROWS) };
  });
  return [
    barFigure(
      concepts.slice(0, BARS).map(({ concept, meanAbs }) => ({ label: concept, value: meanAbs })),
      {
        name: 'shap_concepts',
        title: `“${concepts[0]?.concept ?? 'none'}” moves scores most`,
        description: `Contributions added up by concept, mean absolute value over ${rows} applicants of the holdout.`,
        axis,
      },
    ),
    barFigure(
      importance.slice(0, BARS).map(({ en, meanAbs }) => ({ label: en, value: meanAbs })),
      {
        name: 'shap_importance',
        title: `The ${Math.min(BARS, importance.length)} features that move scores most`,
        description: `Mean absolute contribution over ${rows} applicants of the holdout.`,
        axis,
      },
    ),
    beeswarmFigure(swarms, {
      name: 'shap_beeswarm',
      title: 'What each feature does to each applicant',
      description: `A dot is one of ${Math.min(SWARM_ROWS, rows)} applicants; to the right of 0 it raises the risk. Its colour says how large the value is.`,
    }),
  ];
}

function dependences({ explanations, contributions, matrix }: DrawingFacts): readonly Drawing[] {
  return explanations.dependence.map(({ feature, en }, index) =>
    dependenceFigure({ label: en, ...columnOf(matrix, contributions, feature) }, `shap_dependence_${index + 1}`),
  );
}

function waterfalls({ explanations }: DrawingFacts): readonly Drawing[] {
  return explanations.examples.map(({ client, why, margin, concepts }, index) => {
    const parts = {
      bias: explanations.bias,
      margin,
      labels: concepts.map(({ concept }) => concept),
      values: concepts.map(({ sum }) => sum),
    };
    return waterfallFigure(waterfallOf(parts, STEPS), {
      name: `shap_waterfall_${index + 1}`,
      title: `Applicant ${client}: ${why}`,
      others: 'concepts',
    });
  });
}
