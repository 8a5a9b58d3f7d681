import type { Endpoint } from '../endpoint.ts';
import { applicantEndpoints } from './applicants.ts';
import { decisionEndpoints } from './decisions.ts';
import { featureEndpoints } from './features.ts';
import { scoringEndpoints } from './scoring.ts';
import { serviceEndpoints } from './service.ts';

/** The HTTP contract. `/metrics`, `/v1/openapi.json` and the page are not JSON of it and stand in `build-app.ts`. */
export const endpoints: readonly Endpoint[] = [
  ...scoringEndpoints,
  ...applicantEndpoints,
  ...featureEndpoints,
  ...decisionEndpoints,
  ...serviceEndpoints,
];
