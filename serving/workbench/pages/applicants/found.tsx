import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'react-aria-components';
import type { ListQuery } from '../../api/client.ts';
import { useClient } from '../../app/session.tsx';
import { Failure } from '../../parts/answer.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { useWords } from '../../words/language.tsx';
import { useFormat } from '../../words/use-format.ts';
import { ApplicantsTable } from './applicants-table.tsx';
import { applicantsWords } from './applicants-words.ts';

const A_PAGE = 15;

/** Whoever is wanted, some at a time. */
export function Found({ wanted }: { readonly wanted: ListQuery }) {
  const words = useWords(applicantsWords);
  const format = useFormat();
  const client = useClient();
  const pages = useInfiniteQuery({
    queryKey: ['applicants', wanted],
    queryFn: ({ pageParam: after, signal }) =>
      client.applicants({ ...wanted, ...(after === null ? {} : { after }), limit: A_PAGE }, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
  if (pages.isError) return <Failure error={pages.error} again={() => void pages.refetch()} />;
  if (pages.data === undefined) return <Waiting reason={pages.failureReason} />;
  const applicants = pages.data.pages.flatMap((page) => page.applicants);
  const total = pages.data.pages[0]?.total ?? 0;
  return (
    <>
      <p role="status">{total === 0 ? words.none : words.count(total, format.amount(total), format.amount(applicants.length))}</p>
      {applicants.length > 0 && <ApplicantsTable applicants={applicants} />}
      {pages.hasNextPage && (
        <div>
          <Button className="button" onPress={() => void pages.fetchNextPage()} isPending={pages.isFetchingNextPage}>
            {words.more}
          </Button>
        </div>
      )}
    </>
  );
}
