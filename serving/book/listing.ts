import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SluiceError } from '../../pipeline/index.ts';
import type { ListOrder } from './list-order.ts';
import { LISTING_FILES } from './listing-files.ts';
import { countBelow, firstPlace, placeOf } from './place-of.ts';
import { readBytes, readDoubles, readWholes } from './typed-file.ts';

/** Filters whose totals are remembered. */
const REMEMBERED = 256;

export interface ListQuery {
  /** Digits that the id begins with. */
  readonly prefix?: string;
  readonly decision?: 'grant' | 'refuse';
  /** Kind of loan, as the data has it. */
  readonly contract?: string;
  /** By id where left out. */
  readonly order?: ListOrder;
  /** The last id of the page before. */
  readonly after?: number;
  readonly limit: number;
}

type Filter = Pick<ListQuery, 'prefix' | 'decision' | 'contract'>;

/** What an officer picks somebody by. Nobody is named in the book. */
export interface ListedApplicant {
  readonly id: number;
  readonly contract: string | null;
  readonly credit: number | null;
  readonly annuity: number | null;
  /** Calibrated, to the bit what a score says. */
  readonly probabilityOfDefault: number;
  readonly decision: 'grant' | 'refuse';
}

export interface ApplicantList {
  readonly applicants: readonly ListedApplicant[];
  /** Of those that are listed. */
  readonly ids: readonly number[];
  /** That match, on all pages. */
  readonly total: number;
  /** Kinds of loan in the book, as the data has them. */
  readonly contracts: readonly string[];
}

export const listingSchema = z.strictObject({ contracts: z.array(z.string()) });

/** Everybody in the book as one line, 33 bytes each, read by the first who asks. */
export class Listing {
  readonly #ids: Int32Array;
  readonly #contracts: readonly string[];
  readonly #probability: Float64Array;
  readonly #credit: Float64Array;
  readonly #annuity: Float64Array;
  readonly #contract: Uint8Array;
  readonly #totals = new Map<string, number>();
  readonly #orders: Readonly<Record<'probability' | 'credit', Int32Array>>;

  /** @param ids ascending */
  constructor(folder: string, ids: Int32Array) {
    this.#ids = ids;
    this.#contracts = listingSchema.parse(JSON.parse(readFileSync(join(folder, LISTING_FILES.record), 'utf8'))).contracts;
    this.#probability = readDoubles(join(folder, LISTING_FILES.probability));
    this.#credit = readDoubles(join(folder, LISTING_FILES.credit));
    this.#annuity = readDoubles(join(folder, LISTING_FILES.annuity));
    this.#contract = readBytes(join(folder, LISTING_FILES.contract));
    this.#orders = {
      probability: readWholes(join(folder, LISTING_FILES.byProbability)),
      credit: readWholes(join(folder, LISTING_FILES.byCredit)),
    };
  }

  /** @param refuses what a probability of default means. @throws SluiceError DATA_BAD_VALUE for `after` of nobody, in an order that is not by id */
  find({ order = 'id', after, limit, ...wanted }: ListQuery, refuses: (probability: number) => boolean): ApplicantList {
    const matches = this.#matcher(wanted, refuses);
    const placeAt = this.#placesIn(order);
    const found: number[] = [];
    for (let at = this.#startsAt(order, after); at < this.#ids.length && found.length < limit; at++) {
      const place = placeAt(at);
      if (matches(place)) found.push(place);
    }
    const applicants = found.map((place) => this.#line(place, refuses));
    return { applicants, ids: applicants.map(({ id }) => id), total: this.#totalOf(wanted, matches), contracts: this.#contracts };
  }

  /** How many match; remembered, since the pages of one list ask for it again. */
  #totalOf(wanted: Filter, matches: (place: number) => boolean): number {
    if (wanted.prefix === undefined && wanted.decision === undefined && wanted.contract === undefined) return this.#ids.length;
    const key = JSON.stringify([wanted.prefix, wanted.decision, wanted.contract]);
    const known = this.#totals.get(key);
    if (known !== undefined) return known;
    let total = 0;
    for (let place = 0; place < this.#ids.length; place++) if (matches(place)) total += 1;
    if (this.#totals.size >= REMEMBERED) this.#totals.clear();
    this.#totals.set(key, total);
    return total;
  }

  #line(place: number, refuses: (probability: number) => boolean): ListedApplicant {
    const probability = this.#probability[place] ?? Number.NaN;
    return {
      id: this.#ids[place] ?? 0,
      contract: this.#contracts[this.#contract[place] ?? -1] ?? null,
      credit: known(this.#credit[place]),
      annuity: known(this.#annuity[place]),
      probabilityOfDefault: probability,
      decision: refuses(probability) ? 'refuse' : 'grant',
    };
  }

  /** Asked of hundreds of thousands: bounds are found first, and what is compared are numbers. */
  #matcher({ prefix = '', decision, contract }: Filter, refuses: (probability: number) => boolean): (place: number) => boolean {
    const [first = 0, last = 0] = [this.#ids[0], this.#ids.at(-1)];
    const ranges = prefix === '' ? [{ from: 0, to: 2 ** 31 }] : rangesOf(prefix).filter(({ from, to }) => from <= last && first < to);
    const kind = contract === undefined ? null : this.#contracts.indexOf(contract);
    const refused = decision === undefined ? null : decision === 'refuse';
    const cut = refused === null ? 0 : this.#lowestRefused(refuses);
    return (place) => {
      if (kind !== null && this.#contract[place] !== kind) return false;
      if (refused !== null && (this.#probability[place] ?? Number.NaN) >= cut !== refused) return false;
      const id = this.#ids[place] ?? 0;
      for (const { from, to } of ranges) if (from <= id && id < to) return true;
      return false;
    };
  }

  /** Whoever is as likely to default as this, or more, is refused. */
  #lowestRefused(refuses: (probability: number) => boolean): number {
    const places = this.#orders.probability;
    const at = (rank: number): number => this.#probability[places[rank] ?? 0] ?? Number.NaN;
    const first = firstPlace(places.length, (rank) => refuses(at(rank)));
    return first === places.length ? Number.POSITIVE_INFINITY : at(first);
  }

  #placesIn(order: ListOrder): (at: number) => number {
    const last = this.#ids.length - 1;
    const descending = order.startsWith('-');
    const name = order.replace('-', '');
    if (name !== 'probability' && name !== 'credit') return descending ? (at) => last - at : (at) => at;
    const places = this.#orders[name];
    return descending ? (at) => places[last - at] ?? 0 : (at) => places[at] ?? 0;
  }

  /** Where the page after somebody begins in the order of the list. */
  #startsAt(order: ListOrder, after: number | undefined): number {
    if (after === undefined) return 0;
    if (order === 'id') return countBelow(this.#ids, after + 1);
    if (order === '-id') return this.#ids.length - countBelow(this.#ids, after);
    const place = placeOf(this.#ids, after);
    if (place === null)
      throw new SluiceError('DATA_BAD_VALUE', `applicant ${after} is not in the book, and the list cannot go on after them`, {
        hint: 'Give "next" of the page before, with the same order.',
        data: { field: 'after', value: after },
      });
    const rank = this.#orders[order.endsWith('credit') ? 'credit' : 'probability'].indexOf(place);
    return order.startsWith('-') ? this.#ids.length - rank : rank + 1;
  }
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Ids that begin with these digits lie in a range for each number of digits that may follow. */
function rangesOf(prefix: string): readonly { readonly from: number; readonly to: number }[] {
  const start = Number(prefix);
  const ranges: { readonly from: number; readonly to: number }[] = [];
  for (let scale = 1; start * scale < 2 ** 31; scale *= 10) {
    ranges.push({ from: start * scale, to: (start + 1) * scale });
    if (start === 0) break;
  }
  return ranges;
}
