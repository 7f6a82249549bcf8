import type { Dataset } from './model.ts'
import { pickedRows } from './picked-rows.ts'
import { random, shuffle } from './random.ts'

/** Share of the rows that the first fold of a forward chain is trained on. */
const CHAIN_BEGINS = 0.4

/** Row indices, ascending in each list, so that both parts stay in time order. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/**
 * Splits off the newest `testShare` of the rows as test rows. Rows with equal times stay together: on the older side,
 * unless that would leave no test rows.
 */
export function timeSplit(times: Float64Array, testShare: number): Split {
  const count = times.length
  let cut = Math.round(count * (1 - testShare))
  while (cut > 0 && cut < count && times[cut] === times[cut - 1]) cut++
  if (cut === count && testShare > 0) while (cut > 0 && times[cut - 1] === times[count - 1]) cut--
  if (cut === 0) cut = count
  return { train: rowsBetween(0, cut), test: rowsBetween(cut, count) }
}

/** Splits rows at random. */
export function randomSplit(count: number, testShare: number, seed: number): Split {
  const order = shuffle(rowsBetween(0, count), random(seed))
  const cut = Math.round(count * (1 - testShare))
  return { train: order.slice(0, cut).sort(), test: order.slice(cut).sort() }
}

/** Splits groups (customers) at random, each wholly on one side, with about `testShare` of the rows in the test set. */
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

/**
 * Returns the rows marked as held out, otherwise a holdout by time where the rows have times, otherwise a random one.
 */
export function temporalHoldout(
  data: Pick<Dataset, 'times' | 'count' | 'validationMask'>,
  testShare: number,
  seed: number,
): Split {
  const { times, count } = data
  const held = heldOut(data)
  if (held !== undefined) return held
  return isTimed(data) ? timeSplit(times, testShare) : randomSplit(count, testShare, seed)
}

/** Returns the split by `held`, if it marks some rows and not others. */
function heldOut({ count, validationMask }: Pick<Dataset, 'count' | 'validationMask'>): Split | undefined {
  if (validationMask === undefined || !validationMask.includes(0) || !validationMask.includes(1)) return undefined
  const all = rowsBetween(0, count)
  return { train: all.filter((row) => validationMask[row] === 0), test: all.filter((row) => validationMask[row] === 1) }
}

/**
 * Returns a k-fold split: each part is tested once by training on all others. Parts are blocks of time where rows have
 * times, otherwise random.
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
 * Returns folds for validation. Where rows have times, uses forward chaining: each fold is trained on all rows before
 * its test rows, the first on `CHAIN_BEGINS` of the rows (rolling origin: Tashman 2000). Rows with equal times stay
 * together, so that few distinct times give fewer folds. Otherwise returns `folds`. If rows are marked as held out,
 * they are the only test rows.
 */
export function temporalFolds(
  data: Pick<Dataset, 'times' | 'count' | 'validationMask'>,
  parts: number,
  seed: number,
): Split[] {
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

/** Returns whether all rows have times, and not all the same one. */
export function isTimed({ times, count }: Pick<Dataset, 'times' | 'count'>): boolean {
  return times.every((time) => !Number.isNaN(time)) && times[count - 1] !== times[0]
}

/** Thins both sides evenly to a share of their rows. */
export function subsample({ train, test }: Split, share: number): Split {
  const every = (rows: Int32Array) =>
    rows.filter((_, index) => Math.floor((index + 1) * share) > Math.floor(index * share))
  return share >= 1 ? { train, test } : { train: every(train), test: every(test) }
}

/** Returns the data set of the chosen rows. */
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
    validationMask,
    weights,
    formulaScores,
    referenceMask,
    selections,
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
    formulaScores: formulaScores && pick(formulaScores),
    referenceMask: referenceMask && Uint8Array.from(chosen, (row) => referenceMask[row]!),
    validationMask: validationMask === undefined ? undefined : Uint8Array.from(chosen, (row) => validationMask[row]!),
    selections: selections && {
      propensities: pick(selections.propensities),
      actedMask: Uint8Array.from(chosen, (row) => selections.actedMask[row]!),
    },
  }
}

function rowsBetween(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to - from }, (_, i) => from + i)
}
