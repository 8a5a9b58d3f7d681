import { useMemo } from 'react';
import { ChartFigure } from '../../../charts/chart-figure.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import type { ExactExplanation, Score } from '../explain-answer.ts';
import { reasonsWords } from './reasons-words.ts';
import { waterfallHeight, waterfallOption } from './waterfall-option.ts';
import { waterfallSteps } from './waterfall-steps.ts';

export function Waterfall({ explanation, score }: { readonly explanation: ExactExplanation; readonly score: Score }) {
  const words = useWords(reasonsWords);
  const { language } = useLanguage();
  const format = useFormat();
  const steps = useMemo(
    () => waterfallSteps(explanation, { language, logOdds: score.logOdds, words }),
    [explanation, score.logOdds, language, words],
  );
  const option = useMemo(() => waterfallOption(steps, format), [steps, format]);
  const inner = steps.filter(({ kind }) => kind !== 'total').toSorted((left, right) => right.value - left.value);
  const named = (step: (typeof inner)[number] | undefined, kind: string) =>
    step === undefined || step.kind !== kind ? words.nothing : `${step.label} (${format.signed(step.value)})`;
  return (
    <ChartFigure
      sentence={words.sentence({
        start: format.signed(explanation.bias),
        end: format.signed(score.logOdds),
        up: named(inner[0], 'raises'),
        down: named(inner.at(-1), 'lowers'),
      })}
      option={option}
      height={waterfallHeight(steps)}
      legend={[
        ['striped', words.raises],
        ['plain', words.lowers],
        ['line', words.total],
      ]}
      table={{
        caption: words.tableCaption,
        rows: steps,
        rowKey: (_, index) => index,
        columns: [
          { head: words.subject, cell: ({ label }) => label },
          { head: words.effect, cell: ({ kind, value }) => (kind === 'total' ? '' : format.signed(value)), number: true },
          { head: words.after, cell: ({ to }) => format.signed(to), number: true },
        ],
      }}
    />
  );
}
