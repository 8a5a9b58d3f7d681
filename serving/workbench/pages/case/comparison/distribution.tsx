import { useMemo } from 'react';
import { ChartFigure } from '../../../charts/chart-figure.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import type { Standing } from './comparison-answers.ts';
import { comparisonWords } from './comparison-words.ts';
import { distributionBins } from './distribution-bins.ts';
import { distributionOption } from './distribution-option.ts';

export function Distribution({ standing }: { readonly standing: Standing }) {
  const words = useWords(comparisonWords);
  const { language } = useLanguage();
  const format = useFormat();
  const score = standing.feature === null;
  const write = useMemo(() => (score ? (value: number) => format.percent(value) : format.number), [score, format]);
  const bins = useMemo(() => distributionBins(standing.histogram), [standing]);
  const option = useMemo(
    () => distributionOption(bins, { value: standing.value, write, words: { share: words.share }, format }),
    [bins, standing.value, write, words, format],
  );
  const label = score ? words.default : standing.label[language];
  const { median, percentile } = standing;
  const rank = percentile === null ? words.noValue(label) : words.rank(format.percent(percentile, 0), label);
  const medians =
    median.repaid === null || median.defaulted === null ? '' : ` ${words.more(write(median.repaid), write(median.defaulted))}`;
  return (
    <ChartFigure
      sentence={rank + medians}
      option={option}
      height={260}
      legend={[
        ['plain', words.repaid],
        ['striped', words.defaulted],
        ...(standing.value === null ? [] : [['dashed', words.applicant] as const]),
      ]}
      table={{
        caption: words.distribution(label),
        rows: bins,
        rowKey: (_, index) => index,
        columns: [
          { head: words.range, cell: ({ from, to }) => (from === null || to === null ? words.without : `${write(from)} – ${write(to)}`) },
          { head: words.shareRepaid, cell: ({ repaid }) => format.percent(repaid), number: true },
          { head: words.shareDefaulted, cell: ({ defaulted }) => format.percent(defaulted), number: true },
        ],
      }}
    />
  );
}
