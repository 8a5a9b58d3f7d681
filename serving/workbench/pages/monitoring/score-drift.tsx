import { useMemo } from 'react';
import { ChartFigure } from '../../charts/chart-figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import type { MonitorAnswer } from './monitor-answer.ts';
import { monitoringWords } from './monitoring-words.ts';
import { sharesOption } from './shares-option.ts';

export function ScoreDrift({ drift }: { readonly drift: MonitorAnswer['scoreDrift'] }) {
  const words = useWords(monitoringWords);
  const { language } = useLanguage();
  const format = useFormat();
  const option = useMemo(() => sharesOption(drift.bins, { format, words }), [drift, format, words]);
  const answers = format.amount(drift.answers);
  return (
    <Panel title={words.drift} lead={drift.note[language]}>
      <p>
        <StatusBadge status={drift.status} word={words.status[drift.status]} />
      </p>
      {/* A handful of answers has no distribution to draw. */}
      {drift.psi !== null && drift.bins.length > 0 && (
        <ChartFigure
          sentence={words.driftSentence(format.number(drift.psi), answers)}
          option={option}
          height={260}
          legend={[
            ['plain', words.expected],
            ['striped', words.observed],
          ]}
          table={{
            caption: words.drift,
            rows: drift.bins,
            rowKey: (_, index) => index,
            columns: [
              { head: words.band, cell: ({ from, to }) => `${format.percent(from)} – ${format.percent(to)}` },
              { head: words.expected, cell: ({ expected }) => format.percent(expected), number: true },
              { head: words.observed, cell: ({ observed }) => format.percent(observed), number: true },
            ],
          }}
        />
      )}
    </Panel>
  );
}
