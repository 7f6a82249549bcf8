import { random, randomInteger } from '../../models/random.ts'
import { createGenerator } from './generate.ts'
import { fold, newCustomer, rowOf, type Customer } from './reference.ts'

const TREES = 100
const DEPTH = 6
const SAMPLE = 20_000

/**
 * Creates an ensemble with the shape of a trained one, in the file format that every job reads: random features, and
 * thresholds from rows of the workload itself, so that paths split evenly and no branch is predictable. The predictions
 * don't matter, only that all jobs make the same ones.
 */
export function makeModel(seed: number): Buffer {
  const next = random(seed)
  const rows = sampleRows(seed)
  const width = rows[0]!.length
  const inner = 2 ** DEPTH - 1
  const file = Buffer.alloc(16 + 4 * TREES * (3 * inner + 1))
  file.writeInt32LE(TREES, 0)
  file.writeInt32LE(DEPTH, 4)
  file.writeDoubleLE(-1, 8)
  const features = Array.from({ length: TREES * inner }, () => randomInteger(next, width))
  let at = 16
  for (const feature of features) at = file.writeInt32LE(feature, at)
  for (const feature of features) at = file.writeFloatLE(rows[randomInteger(next, rows.length)]![feature]!, at)
  for (let leaf = 0; leaf < TREES * (inner + 1); leaf++) at = file.writeFloatLE((next() - 0.5) * 0.2, at)
  return file
}

function sampleRows(seed: number): number[][] {
  const generate = createGenerator({ seed, distribution: 'uniform', customers: 2_000 })
  const customers = new Map<string, Customer>()
  return Array.from({ length: SAMPLE }, () => {
    const event = generate()
    let customer = customers.get(event.customerId)
    if (customer === undefined) customers.set(event.customerId, (customer = newCustomer()))
    fold(customer, event)
    return rowOf(customer, event.kind)
  })
}
