import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf, SluiceError } from '../../../pipeline/index.ts';
import { type ChainHead, decisionOf, type LogRow, nextRow } from '../chain.ts';
import type { LoggedDecision, NewDecision } from '../decision-entry.ts';
import type { DecisionCounts, DecisionLog, DecisionQuery } from '../decision-log.ts';
import appendSql from './append.sql';
import byRequestSql from './by-request.sql';
import countSql from './count.sql';
import guardsSql from './guards.sql';
import lastSql from './last.sql';
import listSql from './list.sql';
import rowsSql from './rows.sql';
import schema from './schema.sql';

/** How long a writer waits for another process's, in ms. */
const PATIENCE_MS = 5000;
const GUARDS = [...schema.matchAll(/create trigger if not exists (\w+)/g)].map(([, name = '']) => name);

/** The log in a file: write-ahead, flushed to disk before a decision is acknowledged, one writer at a time whatever the processes. */
export class SqliteLog implements DecisionLog {
  readonly place: string;
  readonly #db: Database.Database;

  private constructor(file: string, db: Database.Database) {
    this.place = file;
    this.#db = db;
  }

  /** @param readonly for looking at a log that must be there. @throws SluiceError DECISION_LOG_UNAVAILABLE */
  static open(file: string, { readonly = false }: { readonly readonly?: boolean } = {}): SqliteLog {
    return attempt(file, () => {
      if (!readonly) mkdirSync(dirname(file), { recursive: true });
      const db = new Database(file, { readonly, fileMustExist: readonly, timeout: PATIENCE_MS });
      try {
        if (!readonly) {
          db.pragma('journal_mode = WAL');
          db.pragma('synchronous = FULL');
          db.pragma('recursive_triggers = on');
          db.transaction(() => db.exec(schema)).immediate();
        }
        db.prepare(lastSql).get();
        return new SqliteLog(file, db);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  async append(decision: NewDecision): Promise<LoggedDecision> {
    return this.#attempt(() => {
      const row = this.#db
        .transaction(() => {
          const known = decision.request === undefined ? undefined : this.#byRequest(decision.officer, decision.request.key);
          if (known !== undefined) return known;
          const last = this.#db.prepare<[], ChainHead & { readonly time: string | null }>(lastSql).get();
          if (last === undefined) throw new Error('the log has lost its head');
          const next = nextRow(last, decision, new Date());
          this.#db.prepare(appendSql).run(next);
          return next;
        })
        .immediate();
      return decisionOf(row);
    });
  }

  async get(id: number): Promise<LoggedDecision | null> {
    const [row] = await this.rows(id - 1, 1);
    return row?.id === id ? decisionOf(row) : null;
  }

  async byRequest(officer: string, key: string): Promise<LoggedDecision | null> {
    const row = this.#attempt(() => this.#byRequest(officer, key));
    return row === undefined ? null : decisionOf(row);
  }

  async list(query: DecisionQuery): Promise<{ readonly decisions: readonly LoggedDecision[]; readonly total: number }> {
    const { officer = null, applicantId = null, before = null, limit } = query;
    const override = query.override === undefined ? null : Number(query.override);
    return this.#attempt(() => {
      const rows = this.#db.prepare<[object], LogRow>(listSql).all({ officer, applicantId, override, before, limit });
      return { decisions: rows.map(decisionOf), total: this.#count({ officer, applicantId, override }).total };
    });
  }

  async counts(): Promise<DecisionCounts> {
    return this.#attempt(() => this.#count({ officer: null, applicantId: null, override: null }));
  }

  async rows(after: number, limit: number): Promise<readonly LogRow[]> {
    return this.#attempt(() => this.#db.prepare<[object], LogRow>(rowsSql).all({ after, limit }));
  }

  async head(): Promise<ChainHead> {
    return this.#attempt(() => {
      const last = this.#db.prepare<[], ChainHead>(lastSql).get();
      return { id: last?.id ?? 0, hash: last?.hash ?? '' };
    });
  }

  async missingGuards(): Promise<readonly string[]> {
    return this.#attempt(() => {
      const present = this.#db.prepare<[], { readonly name: string }>(guardsSql).all();
      return GUARDS.filter((guard) => !present.some(({ name }) => name === guard));
    });
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #byRequest(officer: string, key: string): LogRow | undefined {
    return this.#db.prepare<[object], LogRow>(byRequestSql).get({ officer, key });
  }

  #count(filter: object): DecisionCounts {
    return this.#db.prepare<[object], DecisionCounts>(countSql).get(filter) ?? { total: 0, overrides: 0, refused: 0 };
  }

  #attempt<T>(work: () => T): T {
    return attempt(this.place, work);
  }
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const notCompiled = /bindings file|NODE_MODULE_VERSION/.test(messageOf(error));
    const what = notCompiled ? 'SQLite is not compiled for this Node' : messageOf(error);
    throw new SluiceError('DECISION_LOG_UNAVAILABLE', `the decision log ${file} cannot be used: ${what}`, {
      hint: notCompiled
        ? 'Compile it, which takes a minute: sh scripts/setup.sh sqlite (make serve does it)'
        : 'Look whether it is a decision log, its folder writable and its disk not full.',
      cause: error,
    });
  }
}
