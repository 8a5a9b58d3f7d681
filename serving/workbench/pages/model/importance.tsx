import { useMemo } from 'react';
import { barsHeight, barsOption } from '../../charts/bars-option.ts';
import { ChartFigure } from '../../charts/chart-figure.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { sentenceCase } from '../../words/sentence-case.ts';
import { useFormat } from '../../words/use-format.ts';
import type { ModelAnswer } from './model-answer.ts';
import { modelWords } from './model-words.ts';

const MOST = 20;
/** Below it nothing can be seen. */
const LEAST = 0.0005;

export function SubjectImportance({ answer }: { readonly answer: ModelAnswer }) {
  const words = useWords(modelWords);
  const { language } = useLanguage();
  const format = useFormat();
  const rows = useMemo(
    () =>
      answer.concepts
        .filter(({ meanAbs }) => meanAbs >= LEAST)
        .slice(0, MOST)
        .map((concept) => ({ name: concept[language], label: sentenceCase(concept[language]), value: concept.meanAbs })),
    [answer, language],
  );
  const option = useMemo(() => barsOption(rows, format), [rows, format]);
  const [first, second, third] = rows;
  if (first === undefined || second === undefined || third === undefined) return <Nothing title={words.subjects} />;
  return (
    <Panel title={words.subjects} lead={words.subjectsLead}>
      <ChartFigure
        sentence={words.sentence({ first: first.name, second: second.name, third: third.name })}
        option={option}
        height={barsHeight(rows)}
        table={{
          caption: words.subjects,
          rows,
          rowKey: ({ label }) => label,
          columns: [
            { head: words.subject, cell: ({ label }) => label },
            { head: words.effect, cell: ({ value }) => format.effect(value), number: true },
          ],
        }}
      />
    </Panel>
  );
}

export function FeatureImportance({ answer }: { readonly answer: ModelAnswer }) {
  const words = useWords(modelWords);
  const { language } = useLanguage();
  const format = useFormat();
  const rows = useMemo(() => answer.importance.slice(0, MOST), [answer]);
  const option = useMemo(
    () =>
      barsOption(
        rows.map(({ description, meanAbs }) => ({ label: description[language], value: meanAbs })),
        format,
      ),
    [rows, language, format],
  );
  const concepts = new Map(answer.concepts.map((concept) => [concept.concept, sentenceCase(concept[language])]));
  const [first] = rows;
  if (first === undefined) return <Nothing title={words.single} />;
  return (
    <Panel title={words.single} lead={words.singleLead(format.amount(rows.length))}>
      <ChartFigure
        sentence={words.singleSentence(first.description[language])}
        option={option}
        height={barsHeight(rows)}
        table={{
          caption: words.single,
          rows,
          rowKey: ({ feature }) => feature,
          columns: [
            { head: words.feature, cell: ({ description }) => description[language] },
            { head: words.concept, cell: ({ concept }) => concepts.get(concept) ?? '' },
            { head: words.effect, cell: ({ meanAbs }) => format.effect(meanAbs), number: true },
          ],
        }}
      />
    </Panel>
  );
}

function Nothing({ title }: { readonly title: string }) {
  const words = useWords(modelWords);
  return <Panel title={title} lead={words.none} />;
}
