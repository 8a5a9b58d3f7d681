import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ApiServices } from '../api-services.ts';
import { LEAST_ANSWERS } from '../score-monitor.ts';

/** Seconds: from the fastest answer to the longest wait. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What Prometheus reads. No label holds anything of an applicant or an officer. */
export class ServiceMetrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'route' | 'method' | 'status'>;

  constructor(services: ApiServices) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'sluice_http_request_seconds',
      help: 'Time until a request was answered, by route',
      labelNames: ['route', 'method', 'status'],
      buckets: BUCKETS,
      registers,
    });
    registerScorer(this.#registry, services);
    registerDrift(this.#registry, services);
  }

  observe(labels: { readonly route: string; readonly method: string; readonly status: number }, seconds: number): void {
    this.#requests.observe({ ...labels, status: `${labels.status}` }, seconds);
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}

function registerScorer(registry: Registry, { scoring }: ApiServices): void {
  const status = () => scoring.status();
  const counts: readonly (readonly [name: string, help: string, value: () => number])[] = [
    ['sluice_scored_total', 'Applicants scored since start', () => status().scored],
    ['sluice_explained_total', 'Scores explained since start', () => status().explained],
    ['sluice_model_swaps_total', 'Models that took over since start', () => status().swaps],
    ['sluice_shadow_scored_total', 'Applicants whom the challenger scored too', () => status().shadow.scored],
    ['sluice_shadow_differ_total', 'Of those, whom it would decide on otherwise', () => status().shadow.differ],
    ['sluice_shadow_dropped_total', 'Scores that the challenger did not keep up with', () => status().shadow.dropped],
    ['sluice_shadow_failed_total', 'Scores that the challenger failed at', () => status().shadow.failed],
  ];
  for (const [name, help, value] of counts)
    // A counter of prom-client cannot be set to what somebody else has counted.
    registry.registerMetric(
      new Counter({
        name,
        help,
        registers: [],
        collect() {
          this.reset();
          this.inc(value());
        },
      }),
    );
  const gauges: readonly (readonly [name: string, help: string, value: () => number])[] = [
    ['sluice_waiting_score', 'Scores that wait or are at work', () => status().waiting.score],
    ['sluice_waiting_explain', 'Explanations that wait or are at work', () => status().waiting.explain],
    [
      'sluice_registry_reached',
      '1 where the champion is proven against the registry, 0 where it is the last one kept',
      () => Number(status().source === 'registry'),
    ],
    [
      'sluice_shadow_mean_difference',
      'Mean of |the challenger’s probability − the champion’s|',
      () => status().shadow.meanDifference ?? Number.NaN,
    ],
  ];
  for (const [name, help, value] of gauges)
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      }),
    );
  registry.registerMetric(
    new Gauge({
      name: 'sluice_model_info',
      help: 'Models in service, 1 each',
      labelNames: ['alias', 'name', 'version', 'sha256'],
      registers: [],
      collect() {
        this.reset();
        const { champion, challenger } = status();
        this.set({ alias: 'champion', ...champion }, 1);
        if (challenger !== null) this.set({ alias: 'challenger', ...challenger }, 1);
      },
    }),
  );
}

function registerDrift(registry: Registry, { scoring, monitor, decisions }: ApiServices): void {
  registry.registerMetric(
    new Gauge({
      name: 'sluice_score_drift_psi',
      help: `Population stability index of the last probabilities of default against the population; NaN below ${LEAST_ANSWERS} answers`,
      registers: [],
      collect() {
        this.set(monitor.drift(scoring.scoreHistogram()).psi ?? Number.NaN);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'sluice_decisions_logged',
      help: 'Decisions in the log, of every process that writes to it, by kind',
      labelNames: ['kind'],
      registers: [],
      async collect() {
        this.reset();
        const counts = await decisions.counts().catch(() => ({ total: Number.NaN, overrides: Number.NaN, refused: Number.NaN }));
        for (const [kind, count] of Object.entries(counts)) this.set({ kind }, count);
      },
    }),
  );
}
