import { sqlName, sqlString, type DuckDb } from '../../../pipeline/index.ts';
import { applicationLevels } from './facts/application-levels.ts';
import { applicationQuantiles } from './facts/application-quantiles.ts';
import { bureauLevels } from './facts/bureau-levels.ts';
import { bureauQuantiles } from './facts/bureau-quantiles.ts';
import { defaultShifts } from './facts/default-shifts.ts';
import { housingQuantiles } from './facts/housing-quantiles.ts';
import { paymentQuantiles } from './facts/payment-quantiles.ts';
import { previousLevels } from './facts/previous-levels.ts';
import { previousQuantiles } from './facts/previous-quantiles.ts';
import { productLevels } from './facts/product-levels.ts';
import { regionLevels } from './facts/region-levels.ts';
import { inverseDistribution, type Quantiles } from './quantiles.ts';
import { aliasTable, rankedSlots, type Shares } from './shares.ts';

const QUANTILES: Readonly<Record<string, Readonly<Record<string, Quantiles>>>> = {
  app: applicationQuantiles,
  home: housingQuantiles,
  bureau: bureauQuantiles,
  prev: previousQuantiles,
  pay: paymentQuantiles,
};

const LEVELS: Readonly<Record<string, Readonly<Record<string, Shares>>>> = {
  app: applicationLevels,
  bureau: bureauLevels,
  prev: previousLevels,
  product: productLevels,
};

/** Facts whose levels have an order that another trait pulls on: drawn by `pick_ranked`. */
const RANKED: Readonly<Record<string, Shares | undefined>> = {
  'app.region': regionLevels['region'],
  'app.children': applicationLevels['children'],
  'app.family': applicationLevels['family'],
  'app.social_30': applicationLevels['social_30'],
  'prev.consumer_payments': previousLevels['consumer_payments'],
  'prev.cash_payments': previousLevels['cash_payments'],
  'prev.refused_payments': previousLevels['refused_payments'],
};

type FactList = readonly [name: string, values: readonly (string | number)[]];

/** Makes the facts readable by the macros: DuckDB variables that hold lists, named `app.ext1`, `bureau.count`, `app.sex/cut`, … */
export async function loadFacts(db: DuckDb): Promise<void> {
  const lists: FactList[] = [
    ...flatten(QUANTILES).flatMap(([name, values]) => quantileLists(name, values)),
    ...flatten(LEVELS).flatMap(([name, shares]) => aliasLists(name, shares)),
    ...Object.entries(RANKED).flatMap(([name, shares]) => (shares === undefined ? [] : rankedLists(name, shares))),
  ];
  // SET VARIABLE takes no parameters, so the values go in as literals.
  await db.run(lists.map(([name, values]) => `set variable ${sqlName(name)} = [${values.map(literal).join(', ')}]`).join('; '));
}

const literal = (value: string | number): string => (typeof value === 'string' ? sqlString(value) : value.toExponential());

function quantileLists(name: string, values: Quantiles): FactList[] {
  const { slope, intercept } = inverseDistribution(values);
  return [
    [`${name}/slope`, slope],
    [name, intercept],
  ];
}

function aliasLists(name: string, shares: Shares): FactList[] {
  const { levels, cut, other } = aliasTable(shares);
  const alias = other.map((index) => levels[index] ?? '');
  return [
    [name, levels],
    [`${name}/cut`, cut],
    [`${name}/other`, alias],
    ...shiftLists(name, levels),
    ...shiftLists(name, alias, '/other'),
  ];
}

function rankedLists(name: string, shares: Shares): FactList[] {
  const slots = rankedSlots(shares);
  return [[`${name}/slots`, slots], ...shiftLists(name, slots, '/slots')];
}

/** The log-odds of default that go with a list of levels, where there are some. */
function shiftLists(name: string, levels: readonly string[], suffix = ''): FactList[] {
  const shifts = defaultShifts[name.replace('app.', '')];
  return shifts === undefined ? [] : [[`${name}/shift${suffix}`, levels.map((level) => shifts[level] ?? 0)]];
}

const flatten = <T>(groups: Readonly<Record<string, Readonly<Record<string, T>>>>): [string, T][] =>
  Object.entries(groups).flatMap(([group, facts]) => Object.entries(facts).map(([name, fact]): [string, T] => [`${group}.${name}`, fact]));
