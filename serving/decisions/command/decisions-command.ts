import { assertNever, type CommandContext, type CommandRun, SluiceError } from '../../../pipeline/index.ts';
import type { ChainHead } from '../chain.ts';
import type { LoggedDecision } from '../decision-entry.ts';
import type { DecisionLog } from '../decision-log.ts';
import { openLog } from '../open-log.ts';
import { replay } from '../replay.ts';
import { verifyLog } from '../verify-log.ts';
import { logPlace } from './log-place.ts';
import { openReplayScorer } from './open-replay-scorer.ts';

const ACTIONS = ['verify', 'replay', 'list'] as const;
const ROWS_AT_ONCE = 100;
const LISTED = 20;

export const command: CommandRun = async (context) => {
  const action = ACTIONS.find((each) => each === context.args.text('action'));
  const log = await openLog(logPlace(context), { readonly: true });
  try {
    switch (action) {
      case 'verify':
        return await verify(context, log);
      case 'replay':
        return await replayAll(context, log);
      case 'list':
      case undefined:
        return await list(context, log);
      default:
        return assertNever(action);
    }
  } finally {
    await log.close();
  }
};

async function verify({ args, io }: CommandContext, log: DecisionLog): Promise<number> {
  const { findings, decisions, head } = await verifyLog(log, notedHead(args.text('head')));
  if (args.flag('json')) io.out(`${JSON.stringify({ intact: findings.length === 0, decisions, head, findings })}\n`);
  for (const { id, kind, message } of findings) io.say(`✖ ${id === null ? 'the log' : `decision ${id}`}: ${kind}: ${message}\n`);
  if (findings.length > 0) {
    const rows = new Set(findings.map(({ id }) => id).filter((id) => id !== null)).size;
    const what = rows === 0 ? 'the log is not guarded as it was made' : `${rows} decision${rows === 1 ? ' is' : 's are'} not as logged`;
    throw new SluiceError('DECISION_LOG_BROKEN', `${what} in ${log.place}`, {
      hint: 'Keep it as it is, restore a backup beside it, and find out who can write to it.',
      data: { findings: findings.slice(0, ROWS_AT_ONCE) },
    });
  }
  io.say(`✔ ${decisions} decision${decisions === 1 ? '' : 's'}, each as it was logged; the head is ${head.id}:${head.hash}\n`);
  return 0;
}

/** `41:9f2c…`. @throws SluiceError USAGE */
function notedHead(text: string | undefined): ChainHead | undefined {
  if (text === undefined) return undefined;
  const [, id, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (id !== undefined && hash !== undefined) return { id: Number(id), hash };
  throw new SluiceError('USAGE', `--head ${JSON.stringify(text)} is no head`, {
    hint: 'It is ID:HASH as `sluice decisions verify` prints it.',
  });
}

async function replayAll(context: CommandContext, log: DecisionLog): Promise<number> {
  const { args, io } = context;
  const asked = requireIds(context);
  await using scorer = await openReplayScorer(context);
  const count = { same: 0, different: 0, unavailable: 0 };
  for await (const logged of decisionsOf(log, asked)) {
    if (io.signal.aborted) break;
    const result = await replay(scorer, logged);
    count[result.outcome]++;
    if (args.flag('json')) io.out(`${JSON.stringify({ id: logged.id, ...result })}\n`);
    if (result.outcome === 'unavailable') io.say(`✖ decision ${logged.id}: ${result.why}\n`);
    if (result.outcome === 'different')
      for (const { what, logged: before, now } of result.differences)
        io.say(`✖ decision ${logged.id}: ${what} was ${JSON.stringify(before)}, is ${JSON.stringify(now)}\n`);
  }
  io.say(`${count.same} the same to the bit, ${count.different} different, ${count.unavailable} of a model that is not kept\n`);
  if (count.different > 0)
    throw new SluiceError('DECISION_LOG_BROKEN', `${count.different} decision(s) come out otherwise than they were logged`, {
      hint: '`sluice decisions verify` says whether the log was changed; if not, features are made by other code than then.',
    });
  return count.unavailable > 0 ? 1 : 0;
}

/** Null for all. @throws SluiceError USAGE */
function requireIds({ args }: CommandContext): number | null {
  const text = args.text('id');
  if (args.flag('all') && text === undefined) return null;
  if (text !== undefined && /^[1-9]\d{0,15}$/.test(text) && !args.flag('all')) return Number(text);
  throw new SluiceError(
    'USAGE',
    text === undefined ? 'replay needs a decision’s number' : `"${text}" is not a decision’s number, or --all is given too`,
    {
      hint: 'sluice decisions replay 41, or sluice decisions replay --all',
    },
  );
}

async function* decisionsOf(log: DecisionLog, id: number | null): AsyncGenerator<LoggedDecision> {
  if (id !== null) {
    yield await requireDecision(log, id);
    return;
  }
  for (let after = 0; ;) {
    const rows = await log.rows(after, ROWS_AT_ONCE);
    for (const row of rows) yield await requireDecision(log, row.id);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

async function requireDecision(log: DecisionLog, id: number): Promise<LoggedDecision> {
  const found = await log.get(id);
  if (found !== null) return found;
  const { id: last } = await log.head();
  throw new SluiceError('USAGE', `there is no decision ${id} in ${log.place}`, {
    hint: last === 0 ? 'The log is empty.' : `There are 1 to ${last}: sluice decisions list`,
  });
}

async function list(context: CommandContext, log: DecisionLog): Promise<number> {
  const { args, io } = context;
  const id = args.text('id') === undefined ? null : requireIds(context);
  const { decisions } =
    id === null ? await log.list({ limit: args.number('limit') ?? LISTED }) : { decisions: [await requireDecision(log, id)] };
  for (const decision of decisions) {
    if (args.flag('json')) io.out(`${JSON.stringify(decision)}\n`);
    else io.out(`${lineOf(decision)}\n`);
  }
  if (decisions.length === 0) io.say('no decision yet\n');
  return 0;
}

function lineOf({ id, time, officer, applicantId, decision, override, model, probabilityOfDefault, reason }: LoggedDecision): string {
  const who = applicantId === null ? 'raw rows' : `applicant ${applicantId}`;
  const how = override ? `, against the model: ${JSON.stringify(reason)}` : '';
  return `${id}  ${time}  ${officer}  ${who}  ${decision}  PD ${(100 * probabilityOfDefault.value).toFixed(2)}%  v${model.version}${how}`;
}
