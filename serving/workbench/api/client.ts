import type { z } from 'zod';
import { applicantDataResponse, type applicantsQuery, applicantsResponse, personalResponse } from '../../api/schemas/applicants.ts';
import { decisionRecord, decisionsResponse, type decisionRequest, verifyResponse } from '../../api/schemas/decisions.ts';
import { explainResponse } from '../../api/schemas/explain.ts';
import { bivariateResponse, populationResponse } from '../../api/schemas/population.ts';
import { meResponse, modelResponse, monitorResponse } from '../../api/schemas/service.ts';
import { similarResponse } from '../../api/schemas/similar.ts';
import { counterfactualsResponse, type changes, whatIfResponse } from '../../api/schemas/what-if.ts';
import { request } from './request.ts';

export type Changes = z.input<typeof changes>;
export type ListQuery = Partial<z.output<typeof applicantsQuery>>;
export type NewDecision = z.input<typeof decisionRequest>;

/** The API as the page uses it: one method a question, answers parsed by the server's own schemas. */
export function clientOf(key: string) {
  const get = <S extends z.ZodType>(path: string, answer: S, signal?: AbortSignal) => request(key, { method: 'GET', path, answer, signal });
  const post = <S extends z.ZodType>(
    path: string,
    body: unknown,
    asked: { readonly answer: S; readonly signal?: AbortSignal | undefined; readonly headers?: Readonly<Record<string, string>> },
  ) => request(key, { method: 'POST', path, body, ...asked });
  return {
    me: (signal?: AbortSignal) => get('me', meResponse, signal),
    applicants: (query: ListQuery, signal?: AbortSignal) => get(`applicants?${parametersOf(query)}`, applicantsResponse, signal),
    data: (id: number, signal?: AbortSignal) => get(`applicants/${id}`, applicantDataResponse, signal),
    personal: (id: number, signal?: AbortSignal) => get(`applicants/${id}/personal`, personalResponse, signal),
    explain: (id: number, signal?: AbortSignal) => post('explain', { id }, { answer: explainResponse, signal }),
    whatIf: (id: number, changes: Changes, signal?: AbortSignal) => post('whatif', { id, changes }, { answer: whatIfResponse, signal }),
    counterfactuals: (id: number, signal?: AbortSignal) => post('counterfactuals', { id }, { answer: counterfactualsResponse, signal }),
    similar: (id: number, signal?: AbortSignal) => post('similar', { id, count: 50 }, { answer: similarResponse, signal }),
    population: (id: number, feature: string | null, signal?: AbortSignal) =>
      post('population', { id, ...(feature === null ? {} : { feature }) }, { answer: populationResponse, signal }),
    bivariate: (id: number, axes: { readonly x: string; readonly y: string }, signal?: AbortSignal) =>
      post('bivariate', { id, ...axes }, { answer: bivariateResponse, signal }),
    /** @param idempotencyKey one for a form: sent twice, it is logged once */
    decide: (decision: NewDecision, idempotencyKey: string) =>
      post('decisions', decision, { answer: decisionRecord, headers: { 'idempotency-key': idempotencyKey } }),
    decisions: (query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
      get(`decisions?${new URLSearchParams(query)}`, decisionsResponse, signal),
    verify: (signal?: AbortSignal) => get('verification', verifyResponse, signal),
    model: (signal?: AbortSignal) => get('model', modelResponse, signal),
    monitor: (signal?: AbortSignal) => get('monitor', monitorResponse, signal),
  };
}
export type Client = ReturnType<typeof clientOf>;

function parametersOf(query: object): URLSearchParams {
  return new URLSearchParams(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}
