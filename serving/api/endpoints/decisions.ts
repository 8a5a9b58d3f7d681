import type { LoggedDecision, NewDecision } from '../../decisions/decision-entry.ts';
import { verifyLog } from '../../decisions/verify-log.ts';
import type { Applicant } from '../../scorer/applicant.ts';
import type { ScoreAnswer } from '../../scorer/score-answer.ts';
import type { Scoring, ScoringInputs } from '../../scorer/scoring.ts';
import { DECIDERS, endpoint, EVERYBODY, REVIEWERS } from '../endpoint.ts';
import type { Caller } from '../keys/key-ring.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import {
  decisionDetail,
  decisionParams,
  decisionRecord,
  decisionRequest,
  decisionsQuery,
  decisionsResponse,
  verifyResponse,
} from '../schemas/decisions.ts';
import { applicantOf } from './applicant-of.ts';

export const decisionEndpoints = [
  endpoint({
    method: 'POST',
    url: '/v1/decisions',
    name: 'decide',
    tag: 'decisions',
    roles: DECIDERS,
    summary: 'Log an officer’s decision',
    description: 'The applicant is scored anew, so that what is logged is what the model says. Answered once it is on disk.',
    body: decisionRequest,
    response: decisionRecord,
    status: 201,
    problems: [404, 409, 422],
    handle: async ({ body, caller }, { scoring, decisions }) => {
      const { score, inputs } = await scored(scoring, applicantOf(body));
      requireSeen(score, body.seen);
      const reason = body.reason ?? null;
      if (reason === null && body.decision !== score.decision) {
        throw new HttpProblem('REASON_MISSING', `the model says ${score.decision}; to decide otherwise needs a reason`, {
          errors: [{ pointer: '/reason', detail: 'at least 10 characters, in your words' }],
        });
      }
      return recordOf(await decisions.append(newDecision({ caller, score, inputs, decision: body.decision, reason })));
    },
  }),
  endpoint({
    method: 'GET',
    url: '/v1/decisions',
    name: 'decisions',
    tag: 'decisions',
    roles: EVERYBODY,
    summary: 'Decisions that were logged, newest first',
    description: 'An officer sees their own, a reviewer and an admin all.',
    query: decisionsQuery,
    response: decisionsResponse,
    handle: async ({ query: { applicantId, override, before, limit }, caller }, { decisions }) => {
      const found = await decisions.list({
        ...(caller.role === 'officer' ? { officer: caller.name } : {}),
        ...(applicantId === undefined ? {} : { applicantId }),
        ...(override === undefined ? {} : { override: override === 'true' }),
        ...(before === undefined ? {} : { before }),
        limit,
      });
      const next = found.decisions.length === limit ? (found.decisions.at(-1)?.id ?? null) : null;
      return { decisions: found.decisions.map(recordOf), total: found.total, next };
    },
  }),
  endpoint({
    method: 'GET',
    url: '/v1/decisions/:id',
    name: 'decision',
    tag: 'decisions',
    roles: EVERYBODY,
    summary: 'One decision with the rows that it was made on',
    params: decisionParams,
    response: decisionDetail,
    problems: [404],
    handle: async ({ params: { id }, caller }, { decisions }) => {
      const found = await decisions.get(id);
      // To an officer, somebody else's is not there.
      if (found === null || (caller.role === 'officer' && found.officer !== caller.name)) {
        throw new HttpProblem('NOT_FOUND', `there is no decision ${id}, or it is not yours`);
      }
      return { ...recordOf(found), inputs: inputsOf(found) };
    },
  }),
  endpoint({
    method: 'GET',
    url: '/v1/verification',
    name: 'verify',
    tag: 'decisions',
    roles: REVIEWERS,
    summary: 'Whether the log is as it was written: the whole chain is read',
    response: verifyResponse,
    handle: (_call, { decisions }) => verifyLog(decisions),
  }),
];

interface Decided {
  readonly caller: Caller;
  readonly score: ScoreAnswer;
  readonly inputs: ScoringInputs;
  readonly decision: 'grant' | 'refuse';
  readonly reason: string | null;
}

function newDecision({ caller, score, inputs, decision, reason }: Decided): NewDecision {
  const { applicantId, model, featureDigest, logOdds, probabilityOfDefault, threshold, reasons } = score;
  return {
    officer: caller.name,
    applicantId,
    model,
    featureDigest,
    logOdds,
    probabilityOfDefault,
    threshold,
    modelDecision: score.decision,
    decision,
    reason,
    reasons,
    inputs: inputs.rows,
  };
}

/** The score and what it rests on, of one model: where another took over between the two, both again. */
async function scored(scoring: Scoring, applicant: Applicant): Promise<{ readonly score: ScoreAnswer; readonly inputs: ScoringInputs }> {
  for (let turn = 0; ; turn++) {
    const [score, inputs] = await Promise.all([scoring.score(applicant), scoring.inputs(applicant)]);
    if (score.featureDigest === inputs.featureDigest) return { score, inputs };
    if (turn === 2) throw new HttpProblem('STALE_SCORE', 'models change faster than this applicant can be scored', { hint: 'Try again.' });
  }
}

function requireSeen(score: ScoreAnswer, seen: { readonly sha256: string; readonly featureDigest: string } | undefined): void {
  if (seen === undefined || (seen.sha256 === score.model.sha256 && seen.featureDigest === score.featureDigest)) return;
  const what = seen.sha256 === score.model.sha256 ? 'the applicant’s data has changed' : `model ${score.model.version} has taken over`;
  throw new HttpProblem('STALE_SCORE', `${what} since the score that was looked at; nothing was logged`, {
    hint: 'Look at the score as it is now, then decide.',
  });
}

function recordOf({ inputs: _inputs, logOdds: _logOdds, ...record }: LoggedDecision) {
  return record;
}

function inputsOf({ inputs }: LoggedDecision) {
  return Object.fromEntries(Object.entries(inputs).map(([table, rows]) => [table, rows ?? []]));
}
