/** What the engine and the command line need of MLflow; stages get theirs through `pipeline/index.ts`. */
export { mlflowDown, mlflowLogPath, mlflowStatus, mlflowUp, trackingOf, type TrackingProject } from './mlflow-server.ts';
export { syncOutbox, type SyncEvent } from './sync-outbox.ts';
export { printableUri } from './client/connection.ts';
export { NO_SERVER } from './client/no-server.ts';
export { endOpenedRuns, type RunEnd } from './end-opened.ts';
export { noteOpened, forgetOpened, type OpenedRun, openedRuns } from '../journal/opened-run.ts';
export { hasPendingJournal, pendingJournals } from '../journal/outbox.ts';
export { registeredDigests } from './registered-digests.ts';
export { findModel, type RegisteredModel } from './find-model.ts';
export { openRegistry } from './registry/open-registry.ts';
export { checkRequest, type Moved, promote, rollback } from './registry/promote.ts';
