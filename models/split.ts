import type { Dataset } from './model.ts'
import { pickedRows } from './picked-rows.ts'
import { random, shuffle } from './random.ts'

/** The share of the rows that the first part of a forward chain is tested by. */
const CHAIN_BEGINS = 0.4

/** Row numbers, each list ascending, so that both parts stay in order of time. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/**
 * The last `testShare` of the rows in order of time are the test rows. Rows of the same instant stay on one side: on
 * the older one, unless nothing would be left on the newer.
 */
export function timeSplit(times: Float64Array, testShare: number): Split {
  const count = times.length
  let cut = Math.round(count * (1 - testShare))
  while (cut > 0 && cut < count && times[cut] === times[cut - 1]) cut++
  if (cut === count && testShare > 0) while (cut > 0 && times[cut - 1] === times[count - 1]) cut--
  if (cut === 0) cut = count
  return { train: rowsBetween(0, cut), test: rowsBetween(cut, count) }
}

/** A random part of the rows. */
export function randomSplit(count: number, testShare: number, seed: number): Split {
  const order = shuffle(rowsBetween(0, count), random(seed))
  const cut = Math.round(count * (1 - testShare))
  return { train: order.slice(0, cut).sort(), test: order.slice(cut).sort() }
}

/** A random part of the groups (customers), each wholly on one side: about `testShare` of the rows. */
export function groupSplit(groups: readonly string[], testShare: number, seed: number): Split {
  const names = [...new Set(groups)].sort()
  const order = shuffle(rowsBetween(0, names.length), random(seed))
  const sizes = new Map<string, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const testGroups = new Set<string>()
  let testRows = 0
  for (const index of order) {
    if (testRows >= Math.round(groups.length * testShare)) break
    const name = names[index]!
    testGroups.add(name)
    testRows += sizes.get(name)!
  }
  const all = rowsBetween(0, groups.length)
  return {
    train: all.filter((row) => !testGroups.has(groups[row]!)),
    test: all.filter((row) => testGroups.has(groups[row]!)),
  }
}

/** The rows that are to be held out, else a holdout by time where the rows have times, else a random one. */
export function temporalHoldout(
  data: Pick<Dataset, 'times' | 'count' | 'held'>,
  testShare: number,
  seed: number,
): Split {
  const { times, count } = data
  const held = heldOut(data)
  if (held !== undefined) return held
  return isTimed(data) ? timeSplit(times, testShare) : randomSplit(count, testShare, seed)
}

/** The rows that were named to validate by, if some were, and the others. */
function heldOut({ count, held }: Pick<Dataset, 'count' | 'held'>): Split | undefined {
  if (held === undefined || !held.includes(0) || !held.includes(1)) return undefined
  const all = rowsBetween(0, count)
  return { train: all.filter((row) => held[row] === 0), test: all.filter((row) => held[row] === 1) }
}

/**
 * As many parts as asked for, each the test rows of one split whose training rows are all the others: blocks of time
 * where the rows have one, else drawn at random.
 */
export function folds(data: Pick<Dataset, 'times' | 'count'>, parts: number, seed: number): Split[] {
  const { count } = data
  const order = isTimed(data) ? rowsBetween(0, count) : shuffle(rowsBetween(0, count), random(seed))
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [Math.round((part * count) / parts), Math.round(((part + 1) * count) / parts)]
    const test = order.slice(from, to).sort()
    const train = Int32Array.from([...order.subarray(0, from), ...order.subarray(to)]).sort()
    return { train, test }
  })
}

/**
 * Parts to validate by. Where rows have a time, forward chaining: each part is tested by all rows before it, the first
 * of them after `CHAIN_BEGINS` of the rows (rolling origin: Tashman 2000). Rows of the same instant stay in one part;
 * fewer parts are left where instants are few. Else `folds`. Rows that were named to validate by are the only part.
 */
export function temporalFolds(data: Pick<Dataset, 'times' | 'count' | 'held'>, parts: number, seed: number): Split[] {
  const { times, count } = data
  const held = heldOut(data)
  if (held !== undefined) return [held]
  if (!isTimed(data)) return folds(data, parts, seed)
  const cuts = Array.from({ length: parts }, (_, part) => {
    let cut = Math.round(count * (CHAIN_BEGINS + ((1 - CHAIN_BEGINS) * part) / parts))
    while (cut > 0 && cut < count && times[cut] === times[cut - 1]) cut++
    return cut
  })
  const ends = [...new Set([...cuts, count])].filter((end) => end > 0)
  return ends.slice(1).map((end, part) => ({ train: rowsBetween(0, ends[part]!), test: rowsBetween(ends[part]!, end) }))
}

/** Whether rows are in order of time. */
export function isTimed({ times, count }: Pick<Dataset, 'times' | 'count'>): boolean {
  return times.every((time) => !Number.isNaN(time)) && times[count - 1] !== times[0]
}

/** A share of both sides, spread evenly. */
export function sharedOut({ train, test }: Split, share: number): Split {
  const every = (rows: Int32Array) =>
    rows.filter((_, place) => Math.floor((place + 1) * share) > Math.floor(place * share))
  return share >= 1 ? { train, test } : { train: every(train), test: every(test) }
}

/** The data set of those rows alone. */
export function chosenRows(data: Dataset, chosen: Int32Array): Dataset {
  const {
    width,
    rows,
    texts,
    lineTimes,
    labels,
    times,
    featureNames,
    categories,
    classes,
    customers,
    held,
    weights,
    given,
  } = data
  const pick = (numbers: Float64Array) => Float64Array.from(chosen, (row) => numbers[row]!)
  return {
    count: chosen.length,
    width,
    rows: pickedRows(rows, width, chosen),
    texts: Array.from(chosen, (row) => texts[row] ?? null),
    lineTimes: lineTimes === undefined ? undefined : Array.from(chosen, (row) => lineTimes[row] ?? null),
    featureNames,
    labels: pick(labels),
    times: pick(times),
    categories,
    classes,
    customers: customers === undefined ? undefined : Int32Array.from(chosen, (row) => customers[row]!),
    weights: weights && pick(weights),
    given: given && pick(given),
    held: held === undefined ? undefined : Uint8Array.from(chosen, (row) => held[row]!),
  }
}

function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i)
}
