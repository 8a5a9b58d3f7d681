/** What the engine and the command line need of MLflow; stages get theirs through `pipeline/index.ts`. */
export { mlflowDown, mlflowLogPath, mlflowStatus, mlflowUp, trackingOf, type TrackingProject } from './mlflow-server.ts';
export { ensureServer, type EnsureOptions, type RunningServer } from './server/ensure-server.ts';
export { resolveTracking, type TrackingServer } from './server/resolve-tracking.ts';
export { serverStatus, type ServerStatus } from './server/server-status.ts';
export { stopServer } from './server/stop-server.ts';
export { syncOutbox, type SyncEvent, type SyncOptions, type SyncResult } from './sync-outbox.ts';
export { printableUri } from './client/connection.ts';
export { pendingJournals } from '../journal/outbox.ts';
