/** Entry of the thread that tries other loans for a refusal. */
import { workerData } from 'node:worker_threads';
import { answerLane, type Answered } from './answer-lane.ts';
import type { LoanRequests } from './feature-requests.ts';
import { otherLoans } from './other-loans.ts';

const folders = workerData as { readonly projectDir: string; readonly tempDir: string };

answerLane(
  { counterfactual: async (ask: LoanRequests['counterfactual']['ask']): Promise<Answered> => ({ value: await otherLoans(ask, folders) }) },
  () => {},
);
