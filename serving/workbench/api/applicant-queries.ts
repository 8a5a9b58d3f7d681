import { queryOptions } from '@tanstack/react-query';
import type { Client } from './client.ts';

/** Decisions of an applicant that are shown: the last ones. */
const DECISIONS = '5';

/** What several places ask of one applicant, each under one key: asked once, and forgotten everywhere at once. */
export function applicantQueries(client: Client, id: number) {
  return {
    data: queryOptions({ queryKey: ['data', id], queryFn: ({ signal }) => client.data(id, signal) }),
    explain: queryOptions({ queryKey: ['explain', id], queryFn: ({ signal }) => client.explain(id, signal) }),
    counterfactuals: queryOptions({ queryKey: ['counterfactuals', id], queryFn: ({ signal }) => client.counterfactuals(id, signal) }),
    decisions: queryOptions({
      queryKey: ['decisions', id],
      queryFn: ({ signal }) => client.decisions({ applicantId: String(id), limit: DECISIONS }, signal),
    }),
  };
}
