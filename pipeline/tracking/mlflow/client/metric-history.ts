import { fields, number, or, text } from './answer.ts';
import { apiPath } from './api-path.ts';
import type { MlflowConnection } from './connection.ts';
import { pages } from './pages.ts';

const point = fields({ key: text, value: number, timestamp: number, step: or(number, 0) });
export type MetricPoint = ReturnType<typeof point>;

/** All points of one metric of a run, in the order in which the server keeps them. `pageSize` is at most 25,000. */
export function metricHistory(
  connection: MlflowConnection,
  { runId, key, pageSize = 10_000 }: { readonly runId: string; readonly key: string; readonly pageSize?: number },
): AsyncGenerator<MetricPoint> {
  return pages(connection, {
    list: 'metrics',
    entry: point,
    call: (token) => ({
      method: 'GET',
      path: apiPath('metrics/get-history', { run_id: runId, metric_key: key, max_results: pageSize, page_token: token }),
    }),
  });
}
