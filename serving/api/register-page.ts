import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { PAGE_POLICY } from '../workbench/page-headers.ts';

const YEAR_S = 31_536_000;

/** The officer's page: its files are for anybody, they hold nothing; what they show is asked for with a key. */
export async function registerPage(app: FastifyInstance, { dir }: { readonly dir: string }): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, roles: 'open' };
  });
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: PAGE_POLICY },
    // Loopback has no TLS; in front of it, whoever ends TLS says so.
    strictTransportSecurity: false,
  });
  await app.register(fastifyStatic, {
    root: dir,
    preCompressed: true,
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      // Files are named by their content; the page that names them is not.
      reply.setHeader('cache-control', /\.html(?:\.\w+)?$/.test(path) ? 'no-cache' : `public, max-age=${YEAR_S}, immutable`);
    },
  });
}
