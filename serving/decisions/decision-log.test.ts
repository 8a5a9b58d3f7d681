import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { Client } from 'pg';
import { chainHash } from './chain.ts';
import type { DecisionLog } from './decision-log.ts';
import { openLog } from './open-log.ts';
import { hasPostgres, startPostgres } from './testing/postgres-server.ts';
import { losingProxy } from './testing/losing-proxy.ts';
import { sampleDecision } from './testing/sample-decision.ts';
import { verifyLog } from './verify-log.ts';

/** One of the two databases: a fresh place for a log, and statements past the log's back. */
interface Kind {
  readonly name: string;
  readonly prefix: string;
  fresh(): Promise<string>;
  /** @param sql may say TABLE and HEAD */
  tamper(place: string, sql: string, guards: 'kept' | 'off'): Promise<void>;
}

let dir = '';
let server: Awaited<ReturnType<typeof startPostgres>> | null = null;
let databases = 0;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sluice-decisions-'));
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
});

const sqlite: Kind = {
  name: 'SQLite',
  prefix: '',
  fresh: async () => join(dir, `${databases++}`, 'decisions.sqlite'),
  tamper: async (place, sql, guards) => {
    const db = new Database(place);
    try {
      const triggers = db.prepare<[], { name: string; sql: string }>("select name, sql from sqlite_schema where type = 'trigger'").all();
      if (guards === 'off') for (const { name } of triggers) db.exec(`drop trigger ${name}`);
      db.exec(sql.replaceAll('TABLE', 'decisions').replaceAll('HEAD', 'decision_head'));
      if (guards === 'off') for (const trigger of triggers) db.exec(trigger.sql);
    } finally {
      db.close();
    }
  },
};

const postgres: Kind = {
  name: 'PostgreSQL',
  prefix: 'sluice_',
  fresh: async () => {
    const uri = new URL(server?.uri ?? '');
    const name = `log_${databases++}`;
    await within(uri.href, `create database ${name}`);
    uri.pathname = name;
    return uri.href;
  },
  tamper: async (place, sql, guards) => {
    const named = sql.replaceAll('TABLE', 'sluice_decisions').replaceAll('HEAD', 'sluice_decision_head');
    await within(place, guards === 'off' ? `set session_replication_role = replica; ${named}` : named);
  },
};

async function within(uri: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: uri });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** SQLite’s errors may come from another file’s realm, where they are no Error of this one. */
const saying = (words: RegExp): object => ({ message: expect.stringMatching(words) });

async function logOf(kind: Kind, decisions: number): Promise<{ readonly place: string; readonly log: DecisionLog }> {
  const place = await kind.fresh();
  const log = await openLog(place);
  for (let n = 0; n < decisions; n++) await log.append(sampleDecision({ officer: n % 2 === 0 ? 'amina' : 'bruno' }));
  return { place, log };
}

async function found(log: DecisionLog): Promise<readonly string[]> {
  return (await verifyLog(log)).findings.map(({ id, kind }) => `${id} ${kind}`);
}

const kinds: readonly (readonly [string, Kind, boolean])[] = [
  ['SQLite', sqlite, true],
  [hasPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: no server under /usr/lib/postgresql/15)', postgres, hasPostgres],
];

describe.each(kinds)('a decision log in %s', (_name, kind, there) => {
  const check = there ? test : test.skip;

  check('gives back what was logged, to the bit, numbered from 1 and chained', async () => {
    const { place, log } = await logOf(kind, 0);
    expect(await log.head()).toEqual({ id: 0, hash: '0'.repeat(64) });
    const logged = await log.append(sampleDecision({ decision: 'grant', reason: 'Income was raised since; papers are here.' }));
    expect(logged).toMatchObject({ id: 1, override: true, previousHash: '0'.repeat(64) });
    expect(logged).toMatchObject(sampleDecision({ decision: 'grant', reason: 'Income was raised since; papers are here.' }));
    const [row] = await log.rows(0, 10);
    expect(row?.hash).toBe(chainHash('0'.repeat(64), row?.body ?? ''));
    const second = await log.append(sampleDecision());
    expect(second).toMatchObject({ id: 2, previousHash: logged.hash, override: false });
    await log.close();
    const again = await openLog(place);
    expect(await again.get(1)).toEqual(logged);
    expect(await again.get(3)).toBeNull();
    expect(await again.head()).toEqual({ id: 2, hash: second.hash });
    expect((await verifyLog(again)).intact).toBe(true);
    await again.close();
  });

  check('lists newest first, filtered and in pages', async () => {
    const { log } = await logOf(kind, 5);
    await log.append(sampleDecision({ applicantId: null, decision: 'grant' }));
    const page = await log.list({ limit: 2 });
    expect(page.decisions.map(({ id }) => id)).toEqual([6, 5]);
    expect(page.total).toBe(6);
    expect((await log.list({ limit: 9, before: 5, officer: 'amina' })).decisions.map(({ id }) => id)).toEqual([3, 1]);
    expect((await log.list({ limit: 9, override: true })).decisions.map(({ id }) => id)).toEqual([6]);
    expect(await log.list({ limit: 9, applicantId: 7 })).toEqual({ decisions: [], total: 0 });
    expect(await log.counts()).toEqual({ total: 6, overrides: 1, refused: 5 });
    await log.close();
  });

  check('a request is logged once, whoever sends it again, at once or to another server; of other officers it is another', async () => {
    const { place, log } = await logOf(kind, 1);
    const other = await openLog(place);
    const request = { key: 'f3c0-1', digest: 'c'.repeat(64) };
    const sent = Array.from({ length: 12 }, (_, n) =>
      (n % 2 === 0 ? log : other).append(sampleDecision({ request, reason: `attempt ${n}` })),
    );
    const answers = await Promise.all(sent);
    expect(new Set(answers.map(({ hash }) => hash)).size).toBe(1);
    expect(answers[0]).toMatchObject({ id: 2, request });
    expect(await other.byRequest('amina', request.key)).toEqual(answers[0]);
    // Whatever it asks now: what it asked then is there to be compared.
    expect(await log.append(sampleDecision({ request: { ...request, digest: 'd'.repeat(64) } }))).toEqual(answers[0]);
    expect(await log.append(sampleDecision({ request, officer: 'bruno' }))).toMatchObject({ id: 3, officer: 'bruno' });
    expect(await log.append(sampleDecision({ request: { ...request, key: 'f3c0-2' } }))).toMatchObject({ id: 4 });
    expect([await log.byRequest('clara', request.key), await log.byRequest('amina', 'f3c0')]).toEqual([null, null]);
    expect(await verifyLog(log)).toMatchObject({ intact: true, decisions: 4 });
    await Promise.all([log, other].map((each) => each.close()));
  });

  check('a log that was begun before requests had keys takes them', async () => {
    const { place, log } = await logOf(kind, 2);
    await log.close();
    await kind.tamper(place, `drop index ${kind.prefix}decisions_by_request`, 'kept');
    const again = await openLog(place);
    const request = { key: 'k', digest: 'c'.repeat(64) };
    const [first, second] = [await again.append(sampleDecision({ request })), await again.append(sampleDecision({ request }))];
    expect([first.id, second]).toEqual([3, first]);
    expect((await verifyLog(again)).findings).toEqual([]);
    await again.close();
  });

  check('many writers at once leave a chain without gaps', async () => {
    const { place, log } = await logOf(kind, 0);
    const others = await Promise.all([openLog(place), openLog(place)]);
    const logged = await Promise.all(
      [log, ...others].flatMap((each, writer) => Array.from({ length: 10 }, () => each.append(sampleDecision({ officer: `w${writer}` })))),
    );
    expect(logged.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(await verifyLog(log)).toMatchObject({ intact: true, decisions: 30 });
    await Promise.all([log, ...others].map((each) => each.close()));
  });

  check('the database itself refuses to change, remove or slip in a decision', async () => {
    const { place, log } = await logOf(kind, 2);
    await expect(kind.tamper(place, "update TABLE set body = '{}' where id = 1", 'kept')).rejects.toMatchObject(saying(/never changed/));
    await expect(kind.tamper(place, 'delete from TABLE where id = 2', 'kept')).rejects.toMatchObject(saying(/never/));
    await expect(
      kind.tamper(place, "insert into TABLE (id, body, previous_hash, hash) values (9, '{}', 'x', 'y')", 'kept'),
    ).rejects.toMatchObject(saying(/follows the last/));
    await expect(kind.tamper(place, "update HEAD set id = 1, hash = 'x'", 'kept')).rejects.toMatchObject(saying(/head moves/));
    expect((await verifyLog(log)).intact).toBe(true);
    await log.close();
  });

  check.each([
    ['a changed row', 'update TABLE set body = replace(body, \'"refuse"\', \'"grant"\') where id = 3', ['3 changed']],
    ['a body that is no entry', "update TABLE set body = '{}' where id = 3", ['3 changed']],
    ['a changed hash', "update TABLE set hash = replace(hash, substr(hash, 1, 4), 'beef') where id = 2", ['2 changed']],
    ['a removed row', 'delete from TABLE where id = 3', ['3 removed']],
    ['the first row removed', 'delete from TABLE where id = 1', ['1 removed']],
    ['rows cut off the end', 'delete from TABLE where id > 4', ['5 removed', '6 removed']],
    [
      'two rows in each other’s place',
      'update TABLE set id = -2 where id = 2; update TABLE set id = 2 where id = 4; update TABLE set id = 4 where id = -2',
      ['2 reordered', '4 reordered'],
    ],
    [
      'a row removed and the rest moved up',
      'delete from TABLE where id = 5; update TABLE set id = 5 where id = 6',
      ['5 removed', '5 reordered'],
    ],
    ['the head set back', 'update HEAD set id = 2', ['2 changed', 'null unprotected']],
  ])('%s is found and named', async (_what, sql, findings) => {
    const { place, log } = await logOf(kind, 6);
    await kind.tamper(place, sql, 'off');
    expect([...(await found(log))].toSorted()).toEqual(findings);
    await log.close();
  });

  check(
    'a row rewritten with its own hash is named by the one after it; the last one by the head; a whole rewritten end by a noted head',
    async () => {
      const { place, log } = await logOf(kind, 4);
      const noted = await log.head();
      const [, , third, fourth] = await log.rows(0, 4);
      const forged = (third?.body ?? '').replace('"refuse"', '"grant"');
      const hash = chainHash(third?.previousHash ?? '', forged);
      await kind.tamper(place, `update TABLE set body = '${forged.replaceAll("'", "''")}', hash = '${hash}' where id = 3`, 'off');
      expect(await found(log)).toEqual(['3 changed']);
      const next = chainHash(hash, fourth?.body ?? '');
      await kind.tamper(place, `update TABLE set previous_hash = '${hash}', hash = '${next}' where id = 4`, 'off');
      expect(await found(log)).toEqual(['4 changed']);
      await kind.tamper(place, `update HEAD set hash = '${next}'`, 'off');
      expect(await found(log)).toEqual([]);
      expect((await verifyLog(log, noted)).findings.map(({ id, kind: what }) => `${id} ${what}`)).toEqual(['4 changed']);
      await log.close();
    },
  );

  check('a guard that is gone is named', async () => {
    const { place, log } = await logOf(kind, 1);
    const guard = `${kind.prefix}decisions_are_never_changed`;
    await kind.tamper(place, kind.name === 'SQLite' ? `drop trigger ${guard}` : `drop trigger ${guard} on TABLE`, 'kept');
    expect((await verifyLog(log)).findings).toEqual([
      { id: null, kind: 'unprotected', message: `the database’s guard "${guard}" is gone` },
    ]);
    await log.close();
  });
});

test('a file that is no log, and one that is not there, are refused by name', async () => {
  await expect(openLog(join(dir, 'missing.sqlite'), { readonly: true })).rejects.toMatchObject({ code: 'DECISION_LOG_UNAVAILABLE' });
  await expect(openLog(import.meta.filename)).rejects.toThrow(/decision-log\.test\.ts cannot be used: file is not a database/);
});

const surviving = hasPostgres ? 'PostgreSQL' : 'PostgreSQL (skipped: no server under /usr/lib/postgresql/15)';
(hasPostgres ? test : test.skip)(`connections that ${surviving} ends while decisions are logged end nothing else`, async () => {
  const place = await postgres.fresh();
  const log = await openLog(place);
  const acknowledged = new Map<number, string>();
  const errors: { readonly code: string; readonly hint: string }[] = [];
  let over = false;
  const writers = Array.from({ length: 8 }, async () => {
    while (!over) {
      await log.append(sampleDecision()).then(
        ({ id, hash }) => acknowledged.set(id, hash),
        (error: unknown) => errors.push(error as (typeof errors)[number]),
      );
    }
  });
  while (acknowledged.size < 8) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let turn = 0; turn < 60; turn++)
    await within(
      place,
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
    );
  over = true;
  await Promise.all(writers);
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['DECISION_LOG_UNAVAILABLE']));
  acknowledged.set((await log.append(sampleDecision())).id, (await log.head()).hash);
  expect((await verifyLog(log)).findings).toEqual([]);
  for (const [id, hash] of acknowledged) expect(await log.get(id)).toMatchObject({ id, hash });
  // What was refused is not there, so that recording it again does not record it twice.
  const unknown = errors.filter(({ hint }) => hint.includes('not known')).length;
  expect((await log.counts()).total).toBeLessThanOrEqual(acknowledged.size + unknown);
  await log.close();
});

(hasPostgres ? test : test.skip)(`a decision whose commit ${surviving} does not answer is logged once and acknowledged`, async () => {
  const place = await postgres.fresh();
  await using proxy = await losingProxy(place);
  const log = await openLog(proxy.uri);
  await log.append(sampleDecision());
  proxy.loseNextCommit();
  const { id, hash } = await log.append(sampleDecision());
  expect([proxy.lost(), id, await log.head(), (await log.counts()).total]).toEqual([1, 2, { id, hash }, 2]);
  // The same where the sender asks again, too.
  const request = { key: 'k', digest: 'c'.repeat(64) };
  proxy.loseNextCommit();
  const sent = await log.append(sampleDecision({ request }));
  expect([proxy.lost(), await log.append(sampleDecision({ request })), (await log.counts()).total]).toEqual([2, sent, 3]);
  await log.close();
});

test('a PostgreSQL that is not there is refused without its password', async () => {
  const refused = openLog('postgres://amina:secret@127.0.0.1:1/none');
  await expect(refused).rejects.toMatchObject({ code: 'DECISION_LOG_UNAVAILABLE' });
  await expect(refused).rejects.not.toThrow(/secret/);
});
