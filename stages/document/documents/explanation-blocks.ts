import { type Block, code, text } from '../blocks/block.ts';
import { derive, quoteFrom } from '../blocks/cite.ts';
import { fixed, share, whole } from '../blocks/formats.ts';
import type { ExactExplanations } from '../../explain/explanations-schema.ts';
import type { Evidence } from '../evidence.ts';

/** Concepts and features named. */
const SHOWN = 10;

/** What moves scores, and whether the reasons given are the real ones. */
export function explanationBlocks({ explanations }: Evidence): readonly Block[] {
  if (explanations.method === 'none') {
    const quote = quoteFrom('explanations', explanations);
    return [text`This model is not explained: ${quote(({ why }) => why)}. A refusal decided with it has to be reasoned by a person.`];
  }
  const quote = quoteFrom('explanations', explanations);
  return [
    text`Exact contributions in log-odds of default before calibration, of ${quote(({ rows }) => rows, whole)} holdout clients. For each of them they add up to the model’s margin; the largest error is ${quote(
      ({ additivityError }) => additivityError,
      (value) => value.toExponential(1),
    )}.`,
    {
      kind: 'table',
      caption: 'Concepts that move scores most',
      head: ['Concept', 'Mean absolute contribution'],
      rows: explanations.concepts
        .slice(0, SHOWN)
        .map((_, index) => [
          [quote(({ concepts }) => concepts[index]?.concept)],
          [quote(({ concepts }) => concepts[index]?.meanAbs, fixed(4))],
        ]),
    },
    {
      kind: 'table',
      caption: 'Features that move scores most',
      head: ['Feature', 'Concept', 'Mean absolute contribution'],
      rows: explanations.importance
        .slice(0, SHOWN)
        .map((_, index) => [
          [code(quote(({ importance }) => importance[index]?.feature))],
          [quote(({ importance }) => importance[index]?.concept)],
          [quote(({ importance }) => importance[index]?.meanAbs, fixed(4))],
        ]),
    },
    ...faithfulness(explanations),
  ];
}

function faithfulness(explanations: ExactExplanations): readonly Block[] {
  const quote = quoteFrom('explanations', explanations);
  const [first, second] = [quote(({ codes }) => codes[0]?.named, whole), quote(({ refused }) => refused, whole)];
  const most = explanations.codes[0];
  const codes: readonly Block[] =
    most === undefined
      ? []
      : [
          text`Refusals are reasoned by at most four codes, compared with clients who would have been granted a loan. The most frequent is ${code(quote((all) => all.codes[0]?.code))}, given to ${derive(most.named / explanations.refused, share, [first, second])} of the ${second} refused.`,
        ];
  if (explanations.faithfulness === null) return [...codes, text`Nobody was refused for whom the reasons could be tested.`];
  return [
    ...codes,
    text`Deletion test on ${quote((all) => all.faithfulness?.clients, whole)} refusals: with the features of the reasons at what is typical of granted clients the log-odds fall by ${quote((all) => all.faithfulness?.named, fixed(3))}, with as many reasons drawn at random by ${quote((all) => all.faithfulness?.random, fixed(3))}; the difference is ${quote((all) => all.faithfulness?.difference.value, fixed(3))} (interval ${quote((all) => all.faithfulness?.difference.lo, fixed(3))} to ${quote((all) => all.faithfulness?.difference.hi, fixed(3))}).`,
  ];
}
