import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import { DataTable } from '../../../parts/data-table.tsx';
import { useLanguage, useWords } from '../../../words/language.tsx';
import { shellWords } from '../../../words/shell-words.ts';
import { sentenceCase } from '../../../words/sentence-case.ts';
import { useFormat } from '../../../words/use-format.ts';
import type { Contribution, ExactExplanation } from '../explain-answer.ts';
import { reasonsWords } from './reasons-words.ts';

type Concept = ExactExplanation['concepts'][number];

interface ConceptListProps {
  readonly title: string;
  readonly concepts: readonly Concept[];
  readonly contributions: readonly Contribution[];
}

/** Below it an effect reads 0.00: too small to be told. */
const LEAST = 0.005;

const pushOf = ({ beyondReference, contribution }: Concept) => beyondReference ?? contribution;

/** Subjects, each of which opens to the features behind it. */
export function ConceptList({ title, concepts, contributions }: ConceptListProps) {
  const words = useWords(reasonsWords);
  const shown = concepts.filter((concept) => Math.abs(pushOf(concept)) >= LEAST);
  return (
    <section>
      <h3>{title}</h3>
      {shown.length === 0 && <p className="soft">{words.nobody}</p>}
      <div className="concepts">
        {shown.map((concept) => (
          <ConceptRow key={concept.concept} concept={concept} features={contributions.filter((one) => one.concept === concept.concept)} />
        ))}
      </div>
    </section>
  );
}

function ConceptRow({ concept, features }: { readonly concept: Concept; readonly features: readonly Contribution[] }) {
  const { language } = useLanguage();
  const format = useFormat();
  return (
    <Disclosure className="concept">
      {({ isExpanded }) => (
        <>
          <Heading level={4}>
            <Button slot="trigger" className="concept-head">
              <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true" focusable="false" data-turned={isExpanded}>
                <path d="M3.5 1.5L8 6L3.5 10.5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
              </svg>
              <span>{sentenceCase(concept[language])}</span>
              <span className="push">{format.signed(pushOf(concept))}</span>
            </Button>
          </Heading>
          <DisclosurePanel className="concept-body">{isExpanded && <Features concept={concept} features={features} />}</DisclosurePanel>
        </>
      )}
    </Disclosure>
  );
}

function Features({ concept, features }: { readonly concept: Concept; readonly features: readonly Contribution[] }) {
  const words = useWords(reasonsWords);
  const { unknown } = useWords(shellWords);
  const { language } = useLanguage();
  const format = useFormat();
  return (
    <DataTable
      caption={words.features(concept[language])}
      rows={features}
      rowKey={({ feature }) => feature}
      columns={[
        {
          head: words.feature,
          cell: ({ description, prohibited }) => (
            <>
              {description[language]}
              {prohibited && <span className="note"> ({words.prohibited})</span>}
            </>
          ),
        },
        { head: words.value, cell: ({ value }) => (value === null ? unknown : format.number(value)), number: true },
        {
          head: words.effect,
          cell: ({ beyondReference, contribution }) => format.signed(beyondReference ?? contribution),
          number: true,
        },
      ]}
    />
  );
}
