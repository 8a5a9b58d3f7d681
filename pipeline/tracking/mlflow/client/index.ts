/**
 * A client of MLflow 3's REST API for anybody's use: functions on a connection, typed answers, typed errors, retries.
 *
 * Every function takes what `connectMlflow` gave. A call that may be repeated is tried again on 408, 429, 5xx and socket errors;
 * a create that MLflow would carry out twice is not: wrap it in `createOnce` with a tag to find it by.
 * Errors are SluiceErrors: MLFLOW_REFUSED (`errorCodeOf` gives MLflow's `error_code`) or MLFLOW_UNREACHABLE.
 * What MLflow would spoil without a word (a time that is no whole number, a param over 6,000 characters, a digest over 36,
 * NaN) is refused before it is sent.
 * @module
 */
export { errorCodeOf, isAmbiguous, isMissing } from './api-error.ts';
export * from './artifacts.ts';
export { type ConnectOptions, connectMlflow, type MlflowConnection, printableUri } from './connection.ts';
export { createOnce } from './create-once.ts';
export * from './experiments.ts';
export { probe, type Probe, TESTED_VERSION } from './health.ts';
export { type Batch, logAll, logBatch, type Metric } from './log-batch.ts';
export * from './log-inputs.ts';
export * from './logged-models.ts';
export { metricHistory, type MetricPoint } from './metric-history.ts';
export * from './model-versions.ts';
export * from './registered-models.ts';
export { type Reader, UnexpectedAnswer } from './answer.ts';
export { request, requestJson } from './request.ts';
export * from './runs.ts';
export type { Tags } from './tags.ts';
export * from './webhooks.ts';
