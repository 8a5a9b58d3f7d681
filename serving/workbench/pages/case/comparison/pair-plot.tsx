import { useMemo } from 'react';
import { ChartFigure } from '../../../charts/chart-figure.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import type { PairAnswer } from './comparison-answers.ts';
import { comparisonWords } from './comparison-words.ts';
import { pairOption } from './pair-option.ts';
import { quartersOf } from './quarters.ts';

export function PairPlot({ answer }: { readonly answer: PairAnswer }) {
  const words = useWords(comparisonWords);
  const { language } = useLanguage();
  const format = useFormat();
  const { x, y, points, applicant, leftOut } = answer;
  const option = useMemo(() => pairOption(answer, { language, format }), [answer, language, format]);
  const quarters = useMemo(() => quartersOf(points), [points]);
  const sentence = [
    words.pairSentence({ count: format.amount(points.length), x: x.label[language], y: y.label[language] }),
    applicant === null ? words.notPlaced : words.placed(format.number(applicant.x), format.number(applicant.y)),
    ...(leftOut === 0 ? [] : [words.leftOut(format.amount(leftOut))]),
  ].join(' ');
  return (
    <ChartFigure
      sentence={sentence}
      option={option}
      height={380}
      legend={[
        ['circle', words.repaid],
        ['triangle', words.defaulted],
        ['diamond', words.applicant],
      ]}
      table={{
        caption: words.pairTable,
        rows: quarters,
        rowKey: (_, index) => index,
        columns: [
          { head: x.label[language], cell: ({ from, to }) => `${format.number(from)} – ${format.number(to)}` },
          { head: words.clients, cell: ({ clients }) => format.amount(clients), number: true },
          { head: words.middle, cell: ({ middle }) => format.number(middle), number: true },
          { head: words.badShare, cell: ({ defaulted }) => format.percent(defaulted), number: true },
        ],
      }}
    />
  );
}
