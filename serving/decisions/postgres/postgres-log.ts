import type { Pool, PoolClient } from 'pg';
import { messageOf, SluiceError } from '../../../pipeline/index.ts';
import { type ChainHead, decisionOf, type LogRow, nextRow } from '../chain.ts';
import type { LoggedDecision, NewDecision } from '../decision-entry.ts';
import type { DecisionCounts, DecisionLog, DecisionQuery } from '../decision-log.ts';
import appendSql from './append.sql';
import byRequestSql from './by-request.sql';
import countSql from './count.sql';
import guardsSql from './guards.sql';
import headSql from './head.sql';
import lastSql from './last.sql';
import listSql from './list.sql';
import rowsSql from './rows.sql';
import schema from './schema.sql';

/** Any number: makers of the schema wait for each other on it. */
const SCHEMA_LOCK = 7_214_305;
const CONNECTIONS = 4;
const PATIENCE_MS = 5000;
const GUARDS = [...schema.matchAll(/create or replace trigger (\w+)/g)].map(([, name = '']) => name);

/** The log in PostgreSQL, 14 or newer: several servers may write to one. */
export class PostgresLog implements DecisionLog {
  readonly place: string;
  readonly #pool: Pool;

  private constructor(place: string, pool: Pool) {
    this.place = place;
    this.#pool = pool;
  }

  /** @param uri `postgres://user:password@host:port/database`. @param readonly leaves the schema as it is. @throws SluiceError DECISION_LOG_UNAVAILABLE */
  static async open(uri: string, { readonly = false }: { readonly readonly?: boolean } = {}): Promise<PostgresLog> {
    // Loaded only where a server keeps its log there.
    const { Pool: ServerPool, types } = await import('pg');
    const pool = new ServerPool({
      connectionString: uri,
      max: CONNECTIONS,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: 2 * PATIENCE_MS,
      // Ids and counts stay far below 2^53.
      types: { getTypeParser: (oid, format) => (oid === types.builtins.INT8 ? Number : types.getTypeParser(oid, format)) },
    });
    // A connection that breaks while nothing is asked of it, in the pool or between the queries of a transaction: the next query says so.
    pool.on('error', () => null);
    pool.on('connect', (client) => client.on('error', () => null));
    const log = new PostgresLog(placeOf(uri), pool);
    try {
      if (!readonly) await log.#within((client) => makeSchema(client));
      await log.head();
      return log;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  async append(decision: NewDecision): Promise<LoggedDecision> {
    let written: LogRow | null = null;
    const row = await this.#within(async (client) => {
      // Whatever the server's own setting: what is acknowledged is on disk.
      await client.query('set local synchronous_commit = on');
      const { rows } = await client.query<ChainHead & { readonly time: string | null }>(lastSql);
      const [last] = rows;
      if (last === undefined) throw new Error('the log has lost its head');
      // Behind the head's lock: whoever logged it before has committed.
      const { officer, request } = decision;
      const known = request === undefined ? [] : (await client.query<LogRow>(byRequestSql, [officer, request.key])).rows;
      if (known[0] !== undefined) return known[0];
      const next = nextRow(last, decision, new Date());
      await client.query(appendSql, [next.id, next.body, next.previousHash, next.hash]);
      written = next;
      return next;
    }).catch(async (error: unknown) => {
      // The answer to the commit may be all that was lost.
      if (written !== null && (await this.#isLogged(written))) return written;
      throw error;
    });
    return decisionOf(row);
  }

  async get(id: number): Promise<LoggedDecision | null> {
    const [row] = await this.rows(id - 1, 1);
    return row?.id === id ? decisionOf(row) : null;
  }

  async byRequest(officer: string, key: string): Promise<LoggedDecision | null> {
    const [row] = await this.#rows<LogRow>(byRequestSql, [officer, key]);
    return row === undefined ? null : decisionOf(row);
  }

  async list({ officer, applicantId, override, before, limit }: DecisionQuery): ReturnType<DecisionLog['list']> {
    const filter = [officer ?? null, applicantId ?? null, override ?? null];
    const rows = await this.#rows<LogRow>(listSql, [...filter, before ?? null, limit]);
    return { decisions: rows.map(decisionOf), total: (await this.#count(filter)).total };
  }

  async counts(): Promise<DecisionCounts> {
    return this.#count([null, null, null]);
  }

  async rows(after: number, limit: number): Promise<readonly LogRow[]> {
    return this.#rows<LogRow>(rowsSql, [after, limit]);
  }

  async head(): Promise<ChainHead> {
    const [head] = await this.#rows<ChainHead>(headSql);
    return head ?? { id: 0, hash: '' };
  }

  async missingGuards(): Promise<readonly string[]> {
    const present = await this.#rows<{ readonly name: string }>(guardsSql);
    return GUARDS.filter((guard) => !present.some(({ name }) => name === guard));
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** Whether a row is there whose commit was not answered: asked behind the head's lock, when the transaction is over one way or the other. */
  async #isLogged({ id, hash }: LogRow): Promise<boolean> {
    const rows = await this.#within(async (client) => {
      await client.query(lastSql);
      return (await client.query<LogRow>(rowsSql, [id - 1, 1])).rows;
    }).catch((cause: unknown) => {
      throw new SluiceError('DECISION_LOG_UNAVAILABLE', `the decision log ${this.place} was lost while a decision was confirmed`, {
        hint: 'It is not known whether the decision was logged: look at the latest ones (sluice decisions list) before it is recorded again.',
        cause,
      });
    });
    return rows[0]?.id === id && rows[0].hash === hash;
  }

  async #count(filter: readonly unknown[]): Promise<DecisionCounts> {
    const [counts] = await this.#rows<DecisionCounts>(countSql, filter);
    return counts ?? { total: 0, overrides: 0, refused: 0 };
  }

  async #rows<T extends object>(sql: string, values: readonly unknown[] = []): Promise<readonly T[]> {
    return this.#attempt(async () => (await this.#pool.query<T>(sql, [...values])).rows);
  }

  /** One transaction. */
  async #within<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#attempt(async () => {
      const client = await this.#pool.connect();
      let broken = true;
      try {
        await client.query('begin');
        const result = await work(client);
        await client.query('commit');
        broken = false;
        return result;
      } finally {
        // A connection whose transaction did not end well is closed, which rolls it back.
        client.release(broken);
      }
    });
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new SluiceError('DECISION_LOG_UNAVAILABLE', `the decision log ${this.place} cannot be used: ${messageOf(error)}`, {
        hint: 'Look whether the server is up, the database there and the user allowed to make tables in it; nothing was logged.',
        cause: error,
      });
    }
  }
}

/** The address without user, password and options. */
function placeOf(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : null;
  return url === null ? 'postgres://…' : `postgres://${url.host}${url.pathname}`;
}

async function makeSchema(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [SCHEMA_LOCK]);
  await client.query(schema);
}
