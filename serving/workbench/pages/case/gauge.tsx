import { useMemo } from 'react';
import { ChartFigure } from '../../charts/chart-figure.tsx';
import { useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { caseWords } from './case-words.ts';
import type { Score } from './explain-answer.ts';
import { gaugeOption } from './gauge-option.ts';

export function Gauge({ score }: { readonly score: Score }) {
  const words = useWords(caseWords);
  const format = useFormat();
  const { probabilityOfDefault: probability, threshold } = score;
  const option = useMemo(() => gaugeOption(score, format), [score, format]);
  const banded = probability.low !== null && probability.high !== null;
  const rows = [
    [words.threshold, format.percent(threshold.value)],
    ...(probability.low === null ? [] : [[words.bandLow, format.percent(probability.low)]]),
    ...(probability.high === null ? [] : [[words.bandHigh, format.percent(probability.high)]]),
    [words.distance, format.points(probability.value - threshold.value)],
  ] as const;
  return (
    <ChartFigure
      sentence={words.gauge}
      option={option}
      height={92}
      legend={[['diamond', words.applicantMark], ...(banded ? [['pale', words.bandMark] as const] : []), ['dashed', words.thresholdMark]]}
      table={{
        caption: words.gaugeTable,
        rows,
        rowKey: ([name]) => name ?? '',
        columns: [
          { head: words.quantity, cell: ([name]) => name },
          { head: words.value, cell: ([, value]) => value, number: true },
        ],
      }}
    />
  );
}
