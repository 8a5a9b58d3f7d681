/**
 * Sluice's orchestrator: typed stages, content-addressed artifacts, fingerprints, gates. It knows nothing of credit.
 * @module
 */
export { artifact, type ColumnSchema, type MetricPoint } from './graph/artifact.ts';
export { advisory, columns, folderSource } from './graph/port.ts';
export { defineStage } from './graph/define-stage.ts';
export { definePipeline } from './graph/define-pipeline.ts';
export type { RunAccount, StageBody, StageContext, StageLog, TableInput, FolderInput, TrackingTarget } from './graph/stage-body.ts';
export type { NativeUse, Pipeline, Stage } from './graph/stage.ts';
export type { CommandContext, CommandRun, OptionSpec, ProjectCommand } from './graph/project-command.ts';
export { StatCache } from './fingerprint/stat-cache.ts';
export type { GateRuleResult } from './events/event.ts';
export { readYamlAs } from './config/read-yaml-as.ts';
export {
  deserializeError,
  isSluiceError,
  type SerializedError,
  serializeError,
  SluiceError,
  toSluiceError,
} from './errors/sluice-error.ts';
export { didYouMean } from './errors/close-match.ts';
export { collectRecent, limitArenas, returnFreedMemory } from './native/allocator.ts';
export type { ColumnData } from './native/duckdb/append.ts';
export { DuckDb, type DuckDbOptions, type SqlParams, type SqlRow } from './native/duckdb/duckdb.ts';
export type { PreparedQuery } from './native/duckdb/prepared-query.ts';
export { sqlName, sqlString } from './native/duckdb/literals.ts';
export type { FloatMatrix } from './native/duckdb/matrix.ts';
export { copyRows, rowBatches, type RowView, wholeView } from './native/row-view.ts';
export { modelDamaged, readModelFile } from './native/model-file.ts';
export { type Lightgbm, openLightgbm } from './native/lightgbm/lightgbm.ts';
export type { LightgbmParams } from './native/lightgbm/parameters.ts';
export type { Dataset } from './native/lightgbm/dataset.ts';
export type { TreeBooster } from './native/lightgbm/tree-booster.ts';
export { lightgbmNames } from './native/lightgbm/dataset.ts';
export { lightgbmPath } from './native/lightgbm/locate-library.ts';
export { type Xgboost, type XgboostOptions, openXgboost } from './native/xgboost/xgboost.ts';
export type { Booster, BoosterParams, PredictOptions } from './native/xgboost/booster.ts';
export type { DMatrix, MatrixInfo } from './native/xgboost/matrix.ts';
export { type NativeIdentity, xgboostIdentity } from './native/xgboost/identity.ts';
export { xgboostPath } from './native/xgboost/locate-library.ts';
export { assertNever } from './util/assert-never.ts';
export { messageOf, systemErrorCode } from './util/error-code.ts';
export {
  type ChildRun,
  type FilePlacement,
  PLACEHOLDERS,
  type Registration,
  type TimedPoint,
  type TrackedDataset,
} from './tracking/registration.ts';
export { connectMlflow, printableUri, type MlflowConnection } from './tracking/mlflow/client/connection.ts';
export { NO_SERVER } from './tracking/mlflow/client/no-server.ts';
export type { ModelVersion } from './tracking/mlflow/client/model-versions.ts';
/** MLflow's REST API, for whoever needs more of it than the stages do. */
export * as mlflow from './tracking/mlflow/client/index.ts';
export { digestTag, fetchVersionFiles, findRival, taggedDigests } from './tracking/mlflow/fetch-champion.ts';
export { type InputExample } from './tracking/mlflow/model/input-example.ts';
export type { PyfuncLoader, SavedModel } from './tracking/mlflow/model/flavors.ts';
export { writeModelFolder } from './tracking/mlflow/model/write-model-folder.ts';
export { registerModel, type Registered } from './tracking/mlflow/register-model.ts';
export { sendAhead } from './tracking/mlflow/send-ahead.ts';
export type { StudyJudge } from './execute/study/run-judge.ts';
export { sha256File } from './tracking/journal/payload.ts';
