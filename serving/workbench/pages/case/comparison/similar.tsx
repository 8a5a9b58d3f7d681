import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'wouter';
import { useClient } from '../../../app/session.tsx';
import { ChartFigure } from '../../../charts/chart-figure.tsx';
import { Answer } from '../../../parts/answer.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import { useFormat } from '../../../words/use-format.ts';
import type { SimilarAnswer } from './comparison-answers.ts';
import { comparisonWords } from './comparison-words.ts';
import { similarOption } from './similar-option.ts';

/** What became of the clients most like this one. Their own probabilities stay out: what counts here is what happened. */
export function Similar({ id }: { readonly id: number }) {
  const words = useWords(comparisonWords);
  const client = useClient();
  const similar = useQuery({ queryKey: ['similar', id], queryFn: ({ signal }) => client.similar(id, signal) });
  return (
    <Panel title={words.similar} lead={words.similarLead}>
      <Answer query={similar}>{(answer) => <Neighbours answer={answer} />}</Answer>
    </Panel>
  );
}

function Neighbours({ answer }: { readonly answer: SimilarAnswer }) {
  const words = useWords(comparisonWords);
  const format = useFormat();
  const { clients, observedDefaultRate: rate, population } = answer;
  const bad = clients.filter(({ outcome }) => outcome === 'defaulted').length;
  const option = useMemo(() => similarOption(clients, { format, words }), [clients, format, words]);
  const sentence = words.rate({
    of: format.amount(rate.of),
    bad: format.amount(bad),
    value: format.percent(rate.value, 0),
    low: format.percent(rate.low, 0),
    high: format.percent(rate.high, 0),
  });
  return (
    <ChartFigure
      sentence={`${sentence} ${words.base(format.percent(population.defaultRate, 0))}`}
      option={option}
      height={170}
      legend={[
        ['circle', words.repaid],
        ['triangle', words.defaulted],
      ]}
      table={{
        caption: words.similarTable,
        rows: clients,
        rowKey: (one) => one.id,
        columns: [
          { head: words.id, cell: (one) => <Link href={`/applicants/${one.id}`}>{one.id}</Link> },
          { head: words.outcome, cell: ({ outcome }) => words.outcomes[outcome] },
          { head: words.distance, cell: ({ distance }) => format.number(distance), number: true },
        ],
      }}
    />
  );
}
