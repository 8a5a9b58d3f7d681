import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { Button, FieldError, Input, Label, SearchField, Text } from 'react-aria-components';
import { useLocation } from 'wouter';
import { useClient } from '../../app/session.tsx';
import { Failure } from '../../parts/answer.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { useWords } from '../../words/language.tsx';
import { shellWords } from '../../words/shell-words.ts';
import { useFormat } from '../../words/use-format.ts';
import { applicantsWords } from './applicants-words.ts';
import { ApplicantsTable } from './applicants-table.tsx';

export function ApplicantsPage() {
  const words = useWords(applicantsWords);
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed.trim());
  const valid = /^\d{0,10}$/.test(search);
  return (
    <>
      <PageTitle title={words.title} />
      <div className="panel stack">
        <SearchField
          className="field search"
          value={typed}
          onChange={setTyped}
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
        {valid && <Found search={search} />}
      </div>
    </>
  );
}

function Found({ search }: { readonly search: string }) {
  const words = useWords(applicantsWords);
  const common = useWords(shellWords);
  const format = useFormat();
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['applicants', search],
    queryFn: ({ pageParam, signal }) => client.applicants({ search, after: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  const ids = pages.data?.pages.flatMap((page) => page.ids) ?? [];
  const total = pages.data?.pages[0]?.total;
  if (pages.isError) return <Failure error={pages.error} again={() => void pages.refetch()} />;
  return (
    <>
      <p role="status">{total === undefined ? common.loading : total === 0 ? words.none : words.count(format.amount(total), search)}</p>
      {ids.length > 0 && <ApplicantsTable ids={ids} />}
      {pages.hasNextPage && (
        <Button className="button" onPress={() => void pages.fetchNextPage()} isDisabled={pages.isFetchingNextPage}>
          {words.more}
        </Button>
      )}
    </>
  );
}
