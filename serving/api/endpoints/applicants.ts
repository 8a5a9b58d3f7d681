import { personalFields } from '../book/personal-fields.ts';
import { gaugeText } from '../book/gauge-text.ts';
import { endpoint, EVERYBODY } from '../endpoint.ts';
import {
  applicantDataResponse,
  applicantParams,
  applicantsQuery,
  applicantsResponse,
  gaugeResponse,
  personalResponse,
  predictionResponse,
} from '../schemas/applicants.ts';
import { explainResponse } from '../schemas/explain.ts';
import { explainJson } from '../explain-json.ts';
import { explainTop } from './explain-top.ts';

const common = { method: 'GET', tag: 'applicants', roles: EVERYBODY } as const;
const one = { ...common, params: applicantParams, problems: [404] } as const;

export const applicantEndpoints = [
  endpoint({
    ...common,
    url: '/v1/applicants',
    name: 'applicants',
    summary: 'The book: whom there is, by number, amount or probability of default',
    description: 'Searched by how the id begins, narrowed by decision and kind of loan, page by page.',
    query: applicantsQuery,
    response: applicantsResponse,
    problems: [409, 422, 503],
    handle: async ({ query: { search, after, sort, decision, contract, limit } }, { scoring }) => {
      const found = await scoring.applicants({
        ...(search === undefined ? {} : { prefix: search }),
        ...(after === undefined ? {} : { after }),
        ...(decision === undefined ? {} : { decision }),
        ...(contract === undefined ? {} : { contract }),
        order: sort,
        limit,
      });
      return { ...found, next: found.ids.length === limit ? (found.ids.at(-1) ?? null) : null };
    },
  }),
  endpoint({
    ...one,
    url: '/v1/applicants/:id',
    name: 'applicant',
    summary: 'Everything that the book holds of an applicant',
    response: applicantDataResponse,
    handle: async ({ params: { id } }, { scoring }) => ({ id, tables: filled((await scoring.inputs({ id })).rows) }),
  }),
  endpoint({
    ...one,
    url: '/v1/applicants/:id/personal',
    name: 'personal',
    summary: 'Who the applicant is, in words',
    response: personalResponse,
    handle: async ({ params: { id } }, { scoring }) => ({ id, fields: personalFields((await scoring.inputs({ id })).rows) }),
  }),
  endpoint({
    ...one,
    url: '/v1/applicants/:id/prediction',
    name: 'prediction',
    summary: 'The probability of default and the decision',
    response: predictionResponse,
    handle: async ({ params: { id } }, { scoring }) => {
      const { model, probabilityOfDefault, threshold, decision } = await scoring.score({ id }, { reasons: false });
      return { id, model, probabilityOfDefault, threshold, decision };
    },
  }),
  endpoint({
    ...one,
    url: '/v1/applicants/:id/gauge',
    name: 'gauge',
    summary: 'What a gauge shows, and the sentence beside it',
    response: gaugeResponse,
    handle: async ({ params: { id } }, { scoring }) => {
      const score = await scoring.score({ id }, { reasons: false });
      const { probabilityOfDefault, threshold, decision } = score;
      return { id, probabilityOfDefault, threshold, decision, scale: { min: 0, max: 1 }, text: gaugeText(score) };
    },
  }),
  endpoint({
    ...one,
    url: '/v1/applicants/:id/explanation',
    name: 'explanation',
    summary: 'The explanation of the score',
    response: explainResponse,
    handle: async ({ params: { id } }, { scoring }) => explainTop(await scoring.explain({ id })),
    encode: explainJson,
  }),
];

/** Tables without those that are not there. */
function filled<T>(tables: Readonly<Partial<Record<string, T>>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(tables).flatMap(([name, rows]) => (rows === undefined ? [] : [[name, rows]])));
}
