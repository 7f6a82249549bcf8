import { computeClassWeights } from '../check-classes.ts'
import { checkDataset, DatasetError } from '../check-dataset.ts'
import type { Dataset } from '../model.ts'
import { chosenRows } from '../split.ts'
import type { NetworkOptions } from './network-options.ts'
import type { Head } from './network-parameters.ts'
import { pickedRows } from '../picked-rows.ts'

/** Rows with `outputs` labels each, row by row. NaN is an unknown label, which only a multi-label head accepts. */
export interface NetworkData extends Omit<Dataset, 'labels'> {
  readonly outputs: number
  readonly labels: Float64Array
}

/** Target values and their weights in the loss, row by row. */
export interface Targets {
  readonly values: Float32Array
  readonly weights: Float32Array
}

/** Standardisation of each output: target = (label − centre) ÷ scale. */
export interface TargetUnits {
  readonly centre: readonly number[]
  readonly scale: readonly number[]
}

/** Throws `DatasetError` for data that a network can't be trained on. */
export function checkNetworkData(data: NetworkData, head: Head): void {
  const { count, outputs, labels } = data
  if (!Number.isInteger(outputs) || outputs < 1)
    throw new DatasetError(`There are ${outputs} outputs: there must be one at least.`)
  if (head === 'binary' && outputs !== 1)
    throw new DatasetError(`A binary head has one output, and there are ${outputs}.`)
  if (labels.length !== count * outputs)
    throw new DatasetError(
      `${count} rows of ${outputs} labels need ${count * outputs} labels; there are ${labels.length}.`,
    )
  if (outputs === 1 && head !== 'multi-label')
    return checkDataset(data, head === 'regression' ? 'regression' : 'classification')
  const known = labels.map((label) => (head === 'multi-label' && Number.isNaN(label) ? 0 : label))
  // Checks the rows only; the labels are checked below.
  checkDataset({ ...data, labels: new Float64Array(count) }, 'regression')
  const wrong = known.findIndex((label) =>
    head === 'regression' ? !Number.isFinite(label) : label !== 0 && label !== 1,
  )
  if (wrong !== -1) {
    throw new DatasetError(
      `The label ${wrong % outputs} of row ${Math.floor(wrong / outputs)} is ${known[wrong]}: it must be ${head === 'regression' ? 'a finite number' : '0 or 1, or NaN where it is not known'}.`,
    )
  }
  const notOne = head === 'classes' ? rowWithoutClass(data) : -1
  if (notOne !== -1) throw new DatasetError(`Row ${notOne} must have exactly one of ${outputs} classes.`)
  if (head === 'multi-label' && columns(data).every((column) => new Set(onlyKnown(column)).size < 2))
    throw new DatasetError('Each output has a single class: there is nothing to learn.')
}

/** Returns the first row whose labels do not sum to 1, or −1. */
function rowWithoutClass({ count, outputs, labels }: NetworkData): number {
  for (let row = 0; row < count; row++)
    if (labels.subarray(row * outputs, (row + 1) * outputs).reduce((sum, label) => sum + label, 0) !== 1) return row
  return -1
}

/** Returns the data of the chosen rows. */
export function chosenNetworkRows(data: NetworkData, chosen: Int32Array): NetworkData {
  const { outputs, labels } = data
  const rows = chosenRows({ ...data, labels: new Float64Array(data.count) }, chosen)
  return { ...rows, outputs, labels: pickedRows(labels, outputs, chosen) }
}

/** Returns the mean and deviation of each output for a regression, and 0 and 1 for classes. */
export function targetUnits(data: NetworkData, head: Head): TargetUnits {
  if (head !== 'regression')
    return { centre: new Array<number>(data.outputs).fill(0), scale: new Array<number>(data.outputs).fill(1) }
  const moments = columns(data).map((column) => {
    const mean = column.reduce((sum, value) => sum + value, 0) / data.count
    const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.count)
    return { mean, deviation: deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 1 }
  })
  return { centre: moments.map(({ mean }) => mean), scale: moments.map(({ deviation }) => deviation) }
}

/** Returns the targets, weighted by class over these rows; an unknown label has weight 0. */
export function targetsOf(
  data: NetworkData,
  head: Head,
  { centre, scale }: TargetUnits,
  classWeights: NetworkOptions['classWeights'],
): Targets {
  const { outputs, labels } = data
  if (head === 'classes') return targetsOfClasses(data, classWeights)
  const ofClass = columns(data).map((column) =>
    classWeights === 'balanced' && head !== 'regression' ? balanced(column) : [1, 1],
  )
  const values = new Float32Array(labels.length)
  const weights = new Float32Array(labels.length)
  labels.forEach((label, i) => {
    if (Number.isNaN(label)) return
    const output = i % outputs
    values[i] = (label - centre[output]!) / scale[output]!
    weights[i] = head === 'regression' ? 1 : ofClass[output]![label]!
  })
  return { values, weights }
}

/** Gives all outputs of a row the weight of its class. */
function targetsOfClasses({ count, outputs, labels }: NetworkData, how: NetworkOptions['classWeights']): Targets {
  const classIndices = Float64Array.from({ length: count }, (_, row) =>
    labels.subarray(row * outputs, (row + 1) * outputs).indexOf(1),
  )
  const weightByClass = computeClassWeights(classIndices, outputs, how)
  return {
    values: Float32Array.from(labels),
    weights: Float32Array.from(labels, (_, i) => weightByClass[classIndices[Math.floor(i / outputs)]!]!),
  }
}

/**
 * Returns the initial bias of each output: the log odds of its weighted frequency, the log of its frequency for
 * exclusive classes, 0 for a regression.
 */
export function initialBiases(targets: Targets, outputs: number, head: Head): Float32Array {
  return Float32Array.from({ length: outputs }, (_, output) => {
    if (head === 'regression') return 0
    // Half a row is added per class to keep the odds finite.
    let [positive, all] = [0.5, 1]
    for (let i = output; i < targets.values.length; i += outputs) {
      positive += targets.weights[i]! * targets.values[i]!
      all += targets.weights[i]!
    }
    return Math.log(positive / (head === 'classes' ? all : all - positive))
  })
}

function columns({ count, outputs, labels }: NetworkData): Float64Array[] {
  return Array.from({ length: outputs }, (_, output) =>
    Float64Array.from({ length: count }, (_, row) => labels[row * outputs + output]!),
  )
}

function onlyKnown(column: Float64Array): Float64Array {
  return column.filter((label) => !Number.isNaN(label))
}

/** Returns the weights of class 0 and class 1; both are 1 for an output with a single class. */
function balanced(column: Float64Array): readonly [number, number] {
  const known = onlyKnown(column)
  const positives = known.reduce((sum, label) => sum + label, 0)
  if (positives === 0 || positives === known.length) return [1, 1]
  return [known.length / (2 * (known.length - positives)), known.length / (2 * positives)]
}
