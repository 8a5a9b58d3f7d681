import { Panel } from '../../../parts/panel.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import type { ExplainAnswer } from '../explain-answer.ts';
import { ConceptList } from './concept-list.tsx';
import { reasonsWords } from './reasons-words.ts';
import { Waterfall } from './waterfall.tsx';

export function ReasonsTab({ answer }: { readonly answer: ExplainAnswer }) {
  const words = useWords(reasonsWords);
  const { language } = useLanguage();
  const { score, explanation } = answer;
  return (
    <>
      {score.decision === 'refuse' && (
        <Panel title={words.principal} lead={score.reasons.length === 0 ? words.none : words.principalLead}>
          <ol className="reasons">
            {score.reasons.map((reason) => (
              <li key={reason.code}>
                {reason[language]} <span className="badge plain">{reason.code}</span>
              </li>
            ))}
          </ol>
        </Panel>
      )}
      {explanation.kind === 'none' ? (
        <Panel title={words.unexplained} lead={explanation.why[language]} />
      ) : (
        <>
          <Panel title={words.waterfall} lead={words.waterfallLead}>
            <Waterfall explanation={explanation} score={score} />
          </Panel>
          <Panel title={`${words.against} · ${words.inFavour}`} lead={explanation.missing?.[language] ?? words.compared}>
            <div className="columns">
              <ConceptList title={words.against} concepts={explanation.forRefusal} contributions={explanation.contributions} />
              <ConceptList title={words.inFavour} concepts={explanation.forGrant} contributions={explanation.contributions} />
            </div>
          </Panel>
        </>
      )}
    </>
  );
}
