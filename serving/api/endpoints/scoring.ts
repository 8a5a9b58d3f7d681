import { endpoint, EVERYBODY } from '../endpoint.ts';
import { explainJson } from '../explain-json.ts';
import { explainRequest, explainResponse } from '../schemas/explain.ts';
import { bivariateRequest, bivariateResponse, populationRequest, populationResponse } from '../schemas/population.ts';
import { scoreRequest, scoreResponse } from '../schemas/score.ts';
import { similarRequest, similarResponse } from '../schemas/similar.ts';
import { counterfactualsRequest, counterfactualsResponse, whatIfRequest, whatIfResponse } from '../schemas/what-if.ts';
import { applicantOf } from './applicant-of.ts';
import { explainTop } from './explain-top.ts';

const common = { method: 'POST', tag: 'scoring', roles: EVERYBODY, problems: [404, 422] } as const;

export const scoringEndpoints = [
  endpoint({
    ...common,
    url: '/v1/score',
    name: 'score',
    summary: 'Score an applicant: probability of default, decision, reasons',
    body: scoreRequest,
    response: scoreResponse,
    handle: async ({ body }, { scoring, monitor }) => {
      const answer = await scoring.score(applicantOf(body), { reasons: body.reasons ?? true });
      monitor.record(answer);
      return answer;
    },
  }),
  endpoint({
    ...common,
    url: '/v1/explain',
    name: 'explain',
    summary: 'Explain a score: what each feature adds to its log-odds',
    body: explainRequest,
    response: explainResponse,
    handle: async ({ body }, { scoring, monitor }) => {
      const answer = await scoring.explain(applicantOf(body));
      monitor.record(answer.score);
      return explainTop(answer, body.top);
    },
    encode: explainJson,
  }),
  endpoint({
    ...common,
    url: '/v1/whatif',
    name: 'whatIf',
    summary: 'Score an applicant who asks for another loan',
    description: 'Without changes, the answer says what can be changed.',
    body: whatIfRequest,
    response: whatIfResponse,
    handle: ({ body }, { scoring }) => scoring.whatIf(applicantOf(body), body.changes),
  }),
  endpoint({
    ...common,
    url: '/v1/counterfactuals',
    name: 'counterfactuals',
    summary: 'The smallest change of the loan that the same model grants',
    body: counterfactualsRequest,
    response: counterfactualsResponse,
    handle: ({ body }, { scoring }) => scoring.counterfactuals(applicantOf(body)),
  }),
  endpoint({
    ...common,
    url: '/v1/similar',
    name: 'similar',
    summary: 'Clients whom the model judges for like reasons, and what became of them',
    body: similarRequest,
    response: similarResponse,
    problems: [404, 409, 422],
    handle: ({ body }, { scoring }) => scoring.similar(applicantOf(body), body.count),
  }),
  endpoint({
    ...common,
    url: '/v1/population',
    name: 'population',
    summary: 'Where an applicant stands among clients whose outcome is known',
    body: populationRequest,
    response: populationResponse,
    problems: [404, 409, 422],
    handle: ({ body }, { scoring }) => scoring.population(applicantOf(body), body.feature),
  }),
  endpoint({
    ...common,
    url: '/v1/bivariate',
    name: 'bivariate',
    summary: 'Two features of such clients, the applicant among them',
    body: bivariateRequest,
    response: bivariateResponse,
    problems: [404, 409, 422],
    handle: ({ body }, { scoring }) => scoring.bivariate(applicantOf(body), { x: body.x, y: body.y }),
  }),
];
