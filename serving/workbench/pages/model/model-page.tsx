import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../app/session.tsx';
import { Answer } from '../../parts/answer.tsx';
import { Facts } from '../../parts/facts.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { FeatureImportance, SubjectImportance } from './importance.tsx';
import type { ModelAnswer } from './model-answer.ts';
import { modelWords } from './model-words.ts';

/** What decides now, and what moves its scores over all clients. */
export function ModelPage() {
  const words = useWords(modelWords);
  const client = useClient();
  const model = useQuery({ queryKey: ['model'], queryFn: ({ signal }) => client.model(signal) });
  return (
    <>
      <PageTitle title={words.title} />
      <Answer query={model}>
        {(answer) => (
          <div className="stack">
            <Identity answer={answer} />
            <SubjectImportance answer={answer} />
            <FeatureImportance answer={answer} />
          </div>
        )}
      </Answer>
    </>
  );
}

function Identity({ answer }: { readonly answer: ModelAnswer }) {
  const words = useWords(modelWords);
  const { language } = useLanguage();
  const format = useFormat();
  const { model, challenger, threshold, applicants } = answer;
  const facts = [
    [words.name, <code key="name">{model.name}</code>],
    [words.version, model.version],
    [words.trainer, <code key="trainer">{answer.trainer}</code>],
    [words.features, format.amount(answer.features)],
    [words.threshold, format.percent(threshold.value)],
    ...(applicants === null ? [] : [[words.applicants, format.amount(applicants)] as const]),
    [words.origin, words.source[answer.source]],
    [words.challenger, challenger === null ? words.noChallenger : `${challenger.name} ${challenger.version}`],
    [words.digest, <code key="digest">{model.sha256.slice(0, 16)}…</code>],
  ] as const;
  return (
    <section className="panel">
      <Facts facts={facts} />
      <div className="why">
        <h2>{words.why}</h2>
        <p className="prose">{threshold.why[language]}</p>
      </div>
      {answer.missing.length > 0 && (
        <div className="why">
          <h2>{words.missing}</h2>
          {answer.missing.map((sentence) => (
            <p key={sentence.en}>{sentence[language]}</p>
          ))}
        </div>
      )}
    </section>
  );
}
