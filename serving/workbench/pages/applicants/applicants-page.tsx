import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Button, FieldError, Input, Label, SearchField, Text } from 'react-aria-components';
import { useLocation } from 'wouter';
import { LIST_ORDERS, type ListOrder } from '../../../book/list-order.ts';
import { useClient } from '../../app/session.tsx';
import { Choice } from '../../parts/choice.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useLanguage, useWords } from '../../words/language.tsx';
import { contractWords } from '../../words/raw-words.ts';
import { applicantsWords } from './applicants-words.ts';
import { Found } from './found.tsx';

const EVERY = 'all';
const PROPOSED = [EVERY, 'refuse', 'grant'] as const;
type Proposed = (typeof PROPOSED)[number];

/** The book: by number, by what the model proposes, in an order. */
export function ApplicantsPage() {
  const words = useWords(applicantsWords);
  const { language } = useLanguage();
  const [typed, setTyped] = useState('');
  const [proposed, setProposed] = useState<Proposed>(EVERY);
  const [contract, setContract] = useState(EVERY);
  const kinds = useContracts();
  const [sort, setSort] = useState<ListOrder>('id');
  const search = useDeferredValue(typed.trim());
  const valid = /^\d{0,10}$/.test(search);
  return (
    <>
      <PageTitle title={words.title} />
      <div className="panel stack">
        <div className="finders">
          <Search typed={typed} onType={setTyped} valid={valid} />
          <Choice
            label={words.show}
            options={PROPOSED.map((id) => ({ id, text: words.proposals[id] }))}
            chosen={proposed}
            onChoose={(id) => setProposed(PROPOSED.find((each) => each === id) ?? EVERY)}
          />
          <Choice
            label={words.contract}
            options={[EVERY, ...kinds].map((id) => ({
              id,
              text: id === EVERY ? words.everyContract : (contractWords(id, language) ?? id),
            }))}
            chosen={contract}
            onChoose={setContract}
          />
          <Choice
            label={words.sort}
            options={LIST_ORDERS.map((id) => ({ id, text: words.orders[id] }))}
            chosen={sort}
            onChoose={(id) => setSort(LIST_ORDERS.find((each) => each === id) ?? 'id')}
          />
        </div>
        {valid && (
          <Found
            wanted={{
              sort,
              ...(search === '' ? {} : { search }),
              ...(proposed === EVERY ? {} : { decision: proposed }),
              ...(contract === EVERY ? {} : { contract }),
            }}
          />
        )}
      </div>
    </>
  );
}

/** Kinds of loan that the book has; none until it is known. */
function useContracts(): readonly string[] {
  const client = useClient();
  const { data } = useQuery({ queryKey: ['contracts'], queryFn: ({ signal }) => client.applicants({ limit: 1 }, signal) });
  return data?.contracts ?? [];
}

interface SearchProps {
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly valid: boolean;
}

/** Enter opens the case of the number that is written. */
function Search({ typed, onType, valid }: SearchProps) {
  const words = useWords(applicantsWords);
  const [, navigate] = useLocation();
  return (
    <SearchField
      className="field search"
      value={typed}
      onChange={onType}
      isInvalid={!valid}
      onSubmit={(value) => {
        if (/^\d{1,10}$/.test(value.trim())) navigate(`/applicants/${value.trim()}`);
      }}
    >
      <Label>{words.search}</Label>
      <div className="search-row">
        <Input inputMode="numeric" autoComplete="off" />
        <Button className="button clear" aria-label={words.clear}>
          <span aria-hidden="true">✕</span>
        </Button>
      </div>
      <Text slot="description" className="help">
        {words.help}
      </Text>
      <FieldError className="error">{words.digits}</FieldError>
    </SearchField>
  );
}
