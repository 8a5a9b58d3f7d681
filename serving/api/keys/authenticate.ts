import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Role } from '../../roles.ts';
import type { Caller, KeyRing } from './key-ring.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route. A route that does not say so is nobody's. */
    roles?: readonly Role[] | 'open';
  }
  interface FastifyRequest {
    /** Null on an open route. */
    caller: Caller | null;
  }
}

/** Before anything of a request is read: whose key it is, and whether the route is for them. */
export function authenticate(keys: KeyRing): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    request.caller = null;
    const { roles = [] } = request.routeOptions.config;
    if (roles === 'open') return;
    const key = keyOf(request);
    const caller = key === null ? null : keys.callerOf(key);
    if (caller === null) {
      throw new HttpProblem('UNAUTHENTICATED', key === null ? 'the request has no key' : 'nobody has this key', {
        hint: 'Send the header "Authorization: Bearer KEY"; `sluice keys add NAME --role officer` makes a key.',
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
    request.caller = caller;
    // No route matched: what is not there is told to whoever has a key.
    if (request.is404 || roles.includes(caller.role)) return;
    throw new HttpProblem(
      'FORBIDDEN',
      `this is for ${roles.join(' or ')}; the key is of ${caller.role === 'officer' ? 'an officer' : `a ${caller.role}`}`,
    );
  };
}

function keyOf({ headers }: FastifyRequest): string | null {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  const plain = headers['x-api-key'];
  return bearer ?? (typeof plain === 'string' ? plain : null);
}
