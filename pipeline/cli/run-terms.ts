import { relative, resolve } from 'node:path';
import { SluiceError } from '../errors/sluice-error.ts';
import { readPlanFile } from '../execute/contract/plan-file.ts';
import type { PlanFile } from '../execute/contract/plan-file-schema.ts';
import { openProject } from '../execute/project/project.ts';
import type { RunOptions } from '../execute/run-pipeline.ts';
import type { Selection } from '../execute/project/select-stages.ts';
import { readLock } from '../lock/lock-file.ts';
import type { Lock } from '../lock/lock-schema.ts';
import type { CliIo } from './cli-io.ts';
import { CommandArgs } from './command.ts';
import { openWork, type Work } from './open-work.ts';
import { readForce, readSelection } from './selection-args.ts';

/** What a run is held to: the work named on the command line, or that of a plan file; and the lock. */
export interface RunTerms {
  readonly work: Work;
  readonly selection: Selection;
  readonly force: RunOptions['force'];
  readonly guard: RunOptions['guard'];
  readonly agree: RunOptions['agree'];
  /** Whether a whole run that succeeds is to be written to sluice.lock. */
  readonly keepsLock: boolean;
}

/** What a plan file decides; beside `--plan` these would contradict it. */
const PLANNED = ['stage', 'config', 'set', 'from', 'to', 'only', 'force'] as const;

/** @throws SluiceError USAGE for options that contradict each other, LOCK_FILE, GRAPH_LOAD, CONFIG_* */
export async function readTerms(args: CommandArgs, io: CliIo): Promise<RunTerms> {
  const planPath = args.text('plan');
  const plan = planPath === undefined ? null : await readPlanFile(resolve(io.cwd, planPath));
  if (plan !== null) refuseBeside(args);
  const work = await openWork(plan === null ? args : argsOfPlan(plan, io), io);
  const { pipeline } = work.loaded;
  const selection = plan === null ? readSelection(args, pipeline) : plan.selection;
  const force = plan === null ? readForce(args, pipeline) : plan.force;
  const configFile = relative(work.project.dir, work.config.file);
  const keepsNew = args.flag('lock');
  checkLockFlag(args, selection);
  const lock = keepsNew ? null : await readLock(work.project.dir);
  const asLocked = lock !== null && lock.config === configFile && !(args.has('set') || (plan?.config.set.length ?? 0) > 0);
  const guard = makeGuard({ plan, lock: args.flag('frozen') ? (lock ?? 'missing') : null, selection, force, configFile, work });
  const agree = plan === null ? undefined : (await import('../execute/contract/refuse-drift.ts')).refuseOtherWork(plan);
  return { work, selection, force, guard, agree, keepsLock: isWhole(selection) && (keepsNew || asLocked) };
}

function checkLockFlag(args: CommandArgs, selection: Selection): void {
  if (!args.flag('lock')) return;
  if (args.flag('frozen'))
    throw new SluiceError('USAGE', '--lock and --frozen contradict each other', {
      hint: '--lock writes sluice.lock, --frozen holds the run to it.',
    });
  if (!isWhole(selection))
    throw new SluiceError('USAGE', '--lock needs a run of the whole graph', { hint: 'Leave the stages out: sluice run --lock' });
}

function isWhole({ targets, from, to }: Selection): boolean {
  return targets.length === 0 && from === null && to === null;
}

function refuseBeside(args: CommandArgs): void {
  const given = PLANNED.find((name) => args.has(name));
  if (given === undefined) return;
  const shown = given === 'stage' ? 'a stage' : `--${given}`;
  throw new SluiceError('USAGE', `--plan brings its own stages and config, so ${shown} beside it has no place`, {
    hint: 'Make another plan: sluice plan … --out plan.json',
  });
}

/** The config as the plan was made with it: its file and its -S. */
function argsOfPlan({ config }: PlanFile, io: CliIo): CommandArgs {
  return new CommandArgs({ config: resolve(openProject(io.cwd, io.env).dir, config.file), set: config.set });
}

interface GuardOptions extends Pick<RunTerms, 'selection' | 'force' | 'work'> {
  readonly plan: PlanFile | null;
  /** Null where the run is not held to it. */
  readonly lock: Lock | 'missing' | null;
  readonly configFile: string;
}

function makeGuard({ plan, lock, selection, force, configFile, work }: GuardOptions): RunOptions['guard'] {
  return async (workspace) => {
    if (plan === null && lock === null) return;
    if (lock === 'missing')
      throw new SluiceError('STALE', '--frozen, but there is no sluice.lock to hold the run to', {
        hint: 'Write it from a whole run, and commit it: sluice run --lock',
      });
    const { refuseDrift, refuseUnlocked } = await import('../execute/contract/refuse-drift.ts');
    if (plan !== null) await refuseDrift(workspace, plan, { selection, force, configFile: work.config.file, overrides: plan.config.set });
    if (lock !== null) await refuseUnlocked(workspace, { lock, configFile, selection, force });
  };
}
