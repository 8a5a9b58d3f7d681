import { didYouMean } from '../../../pipeline/index.ts';
import { endpoint, EVERYBODY } from '../endpoint.ts';
import { HttpProblem } from '../problems/http-problem.ts';
import { feature, featureParams, featuresQuery, featuresResponse } from '../schemas/features.ts';

export const featureEndpoints = [
  endpoint({
    method: 'GET',
    url: '/v1/features',
    name: 'features',
    tag: 'features',
    roles: EVERYBODY,
    summary: 'Features, searched by name and description',
    query: featuresQuery,
    response: featuresResponse,
    handle: async ({ query: { search = '', inModel, limit } }, { scoring }) => {
      const wanted = search.toLowerCase();
      const found = scoring
        .features()
        .filter(({ position }) => inModel === undefined || (position !== null) === (inModel === 'true'))
        .filter(({ name, description: { en, fr } }) => [name, en, fr].some((text) => text.toLowerCase().includes(wanted)));
      return { features: found.slice(0, limit), total: found.length };
    },
  }),
  endpoint({
    method: 'GET',
    url: '/v1/features/:name',
    name: 'feature',
    tag: 'features',
    roles: EVERYBODY,
    summary: 'What a feature is',
    params: featureParams,
    response: feature,
    problems: [404],
    handle: async ({ params }, { scoring }) => {
      const all = scoring.features();
      const found = all.find(({ name }) => name === params.name);
      if (found !== undefined) return found;
      const near = didYouMean(
        params.name,
        all.map(({ name }) => name),
      );
      throw new HttpProblem('NOT_FOUND', `there is no feature of this name.${near}`, { hint: 'GET /v1/features lists them.' });
    },
  }),
];
