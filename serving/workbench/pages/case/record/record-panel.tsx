import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../app/session.tsx';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import type { Score } from '../explain-answer.ts';
import { DecisionForm } from './decision-form.tsx';
import { EarlierDecisions } from './earlier-decisions.tsx';
import { recordWords } from './record-words.ts';

export function RecordPanel({ id, score }: { readonly id: number; readonly score: Score }) {
  const words = useWords(recordWords);
  const client = useClient();
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => client.me(signal) });
  return (
    <Panel title={words.title} lead={me.data?.role === 'reviewer' ? words.readOnly : words.lead}>
      {me.data !== undefined && me.data.role !== 'reviewer' && <DecisionForm id={id} score={score} />}
      <EarlierDecisions id={id} />
    </Panel>
  );
}
