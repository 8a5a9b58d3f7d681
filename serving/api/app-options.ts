import type { Logger } from 'pino';
import type { ApiServices } from './api-services.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { ServiceMetrics } from './metrics/service-metrics.ts';

export interface AppOptions {
  readonly services: ApiServices;
  readonly keys: KeyRing;
  readonly metrics: ServiceMetrics;
  readonly logger: Logger;
  /** Largest body, in bytes. */
  readonly bodyLimit: number;
  /** Longest that an answer may take, in ms. */
  readonly timeoutMs: number;
  /** Calls a key may make in a minute. */
  readonly ratePerMinute: number;
  /** Folder of the officer's page; null without. */
  readonly pageDir: string | null;
}
