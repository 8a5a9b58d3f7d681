import { useMe } from '../../../app/use-me.ts';
import { Panel } from '../../../parts/panel.tsx';
import { useWords } from '../../../words/language.tsx';
import type { Score } from '../explain-answer.ts';
import { DecisionForm } from './decision-form.tsx';
import { EarlierDecisions } from './earlier-decisions.tsx';
import { recordWords } from './record-words.ts';

export function RecordPanel({ id, score }: { readonly id: number; readonly score: Score }) {
  const words = useWords(recordWords);
  const me = useMe();
  return (
    <Panel title={words.title} lead={me?.role === 'reviewer' ? words.readOnly : words.lead}>
      {me !== undefined && me.role !== 'reviewer' && <DecisionForm id={id} score={score} />}
      <EarlierDecisions id={id} />
    </Panel>
  );
}
