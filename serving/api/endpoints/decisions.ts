import { createHash } from 'node:crypto';
import type { IdempotentRequest, LoggedDecision, NewDecision } from '../../decisions/decision-entry.ts';
import { verifyLog } from '../../decisions/verify-log.ts';
import type { Applicant } from '../../scorer/applicant.ts';
import type { ScoreAnswer } from '../../scorer/score-answer.ts';
import type { Scoring, ScoringInputs } from '../../scorer/scoring.ts';
import { DECIDERS, endpoint, EVERYBODY, REVIEWERS } from '../endpoint.ts';
import type { Caller } from '../keys/key-ring.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import {
  decisionDetail,
  decisionHeaders,
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
    description:
      'The applicant is scored anew, so that what is logged is what the model says. Answered once it is on disk. Whoever was not answered sends it again with the same Idempotency-Key: it is logged once.',
    headers: decisionHeaders,
    body: decisionRequest,
    response: decisionRecord,
    status: 201,
    problems: [404, 409, 422],
    handle: async ({ body, headers, caller }, { scoring, decisions }) => {
      const request = requestOf(headers['Idempotency-Key'], body);
      const known = request === null ? null : await decisions.byRequest(caller.name, request.key);
      if (known !== null) return recordOf(firstAnswer(known, request));
      const { score, inputs } = await scored(scoring, applicantOf(body));
      requireSeen(score, body.seen);
      const reason = body.reason ?? null;
      if (reason === null && body.decision !== score.decision) {
        throw new HttpProblem('REASON_MISSING', `the model says ${score.decision}; to decide otherwise needs a reason`, {
          errors: [{ pointer: '/reason', detail: 'at least 10 characters, in your words' }],
        });
      }
      const { decision } = body;
      // Its twin may have been logged meanwhile.
      return recordOf(firstAnswer(await decisions.append(newDecision({ caller, score, inputs, decision, reason, request })), request));
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
  readonly request: IdempotentRequest | null;
}

function newDecision({ caller, score, inputs, decision, reason, request }: Decided): NewDecision {
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
    ...(request === null ? {} : { request }),
    inputs: inputs.rows,
  };
}

/** @param body as parsed: its fields stand in the contract's order, whatever the sender's */
function requestOf(key: string | undefined, body: unknown): IdempotentRequest | null {
  return key === undefined ? null : { key, digest: createHash('sha256').update(JSON.stringify(body)).digest('hex') };
}

/** What a request came to when it was first sent. */
function firstAnswer(logged: LoggedDecision, request: IdempotentRequest | null): LoggedDecision {
  if (request === null || logged.request?.digest === request.digest) return logged;
  throw new HttpProblem(
    'IDEMPOTENCY_KEY_REUSED',
    `this key was sent with another request before, which is logged as decision ${logged.id}`,
    {
      hint: `GET /v1/decisions/${logged.id} has it. Another decision needs a key of its own.`,
    },
  );
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

function recordOf({ inputs: _inputs, logOdds: _logOdds, request: _request, ...record }: LoggedDecision) {
  return record;
}

function inputsOf({ inputs }: LoggedDecision) {
  return Object.fromEntries(Object.entries(inputs).map(([table, rows]) => [table, rows ?? []]));
}
