import { assertNever } from '../../../util/assert-never.ts';
import type { Tracker } from '../../journal/send-journal.ts';
import type { MlflowConnection } from '../client/connection.ts';
import { ensureExperiment } from '../client/experiments.ts';
import { logInputs } from '../client/log-inputs.ts';
import { getRun, updateRun } from '../client/runs.ts';
import { applyAlias } from './apply-alias.ts';
import { applyModelCreate, applyModelFile, applyModelReady, applyVersionCreate } from './apply-model.ts';
import { applyRunChild, applyRunCreate, applyRunDescribe, applyRunFile, applyRunMetrics } from './apply-run.ts';
import { applySettle } from './apply-settle.ts';
import { known } from './known.ts';
import { hasError, reopenRun } from './reopen-run.ts';

/** Carries out a journal's operations on an MLflow server. */
export function mlflowTracker(connection: MlflowConnection, warn: (message: string) => void): Tracker {
  /** Runs that this sender made: their parts are sent for the first time. */
  const madeHere = new Set<string>();
  return {
    holds: async ({ runId }) => {
      const run = runId === undefined ? undefined : await getRun(connection, runId);
      if (run?.active !== true) return false;
      if (hasError(run)) await reopenRun(connection, run);
      return true;
    },
    isThere: (operation, ledger) => {
      if (!('sentTo' in operation) || operation.sentTo === undefined) return false;
      return operation.sentTo === (operation.kind === 'model.file' ? ledger.modelId : ledger.runId);
    },
    apply: async (operation, { ledger, payloadFolder }) => {
      switch (operation.kind) {
        case 'experiment.ensure':
          return { experimentId: await ensureExperiment(connection, operation.name) };
        case 'run.create': {
          const { learned, found } = await applyRunCreate(connection, operation, ledger);
          if (found === undefined) madeHere.add(known(learned, 'runId'));
          else if (hasError(found)) await reopenRun(connection, found);
          return learned;
        }
        case 'run.describe':
          return applyRunDescribe(connection, operation, { ledger, warn });
        case 'run.metrics':
          return applyRunMetrics(connection, operation, ledger);
        case 'run.child':
          return applyRunChild(connection, operation, { ledger, absent: madeHere.has(known(ledger, 'runId')) });
        case 'run.datasets':
          await logInputs(connection, known(ledger, 'runId'), operation.datasets);
          return {};
        case 'run.file':
          return applyRunFile(connection, operation, { ledger, payloadFolder });
        case 'model.create':
          return applyModelCreate(connection, operation, ledger);
        case 'model.file':
          return applyModelFile(connection, operation, { ledger, payloadFolder });
        case 'model.ready':
          return applyModelReady(connection, ledger);
        case 'version.create':
          return applyVersionCreate(connection, operation, ledger);
        case 'run.settle':
          return applySettle(connection, operation, ledger);
        case 'alias.decide':
          return applyAlias(connection, operation, { ledger, warn });
        case 'run.finish':
          await updateRun(connection, known(ledger, 'runId'), {
            status: 'FINISHED',
            endTime: Math.max(operation.endTime, known(ledger, 'startTime')),
          });
          return {};
        default:
          return assertNever(operation);
      }
    },
  };
}
