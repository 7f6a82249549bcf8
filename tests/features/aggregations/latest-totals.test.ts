import fc from 'fast-check'
import { latestTotals } from '../../../features/aggregations/latest-totals.ts'
import { defineFeatureSet } from '../../../features/define-feature-set.ts'
import { assets, type Asset } from '../../../schemas/customers/banking.ts'
import { mapMemory } from '../map-memory.ts'
import { randomEvents, START } from '../random-events.ts'

const kinds = ['other', 'deposit', 'property', 'security'] as const
const values = latestTotals<Asset>('values', kinds.length, {
  where: () => true,
  id: ({ assetId }) => assetId,
  value: ({ valueMinor }) => valueMinor,
  group: ({ kind }) => kinds.indexOf(kind),
})
const words = { meaning: '', unit: '', from: ['valueMinor'] } as const
const set = defineFeatureSet<Asset>('latest', 1, assets, {
  ...Object.fromEntries(kinds.map((kind, group) => [kind, { value: values.total(group), ...words }])),
  ...Object.fromEntries(kinds.map((kind, group) => [`${kind}Count`, { value: values.nonZeroCount(group), ...words }])),
})

function rowAfter(events: readonly Asset[]): number[] {
  const memory = mapMemory(set.kinds)
  for (const event of events) set.fold(memory, event)
  const row = new Float64Array(set.names.length)
  set.row(memory, START, row, 0)
  return [...row]
}

function plainRow(events: readonly Asset[]): number[] {
  const latest = new Map<string, Asset>()
  const byAge = events.toSorted(
    (a, b) =>
      a.occurredAt - b.occurredAt || a.valueMinor - b.valueMinor || kinds.indexOf(a.kind) - kinds.indexOf(b.kind),
  )
  for (const event of byAge) latest.set(event.assetId, event)
  const of = (kind: Asset['kind']) => [...latest.values()].filter((asset) => asset.kind === kind)
  return [
    ...kinds.map((kind) => of(kind).reduce((sum, { valueMinor }) => sum + valueMinor, 0)),
    ...kinds.map((kind) => of(kind).filter(({ valueMinor }) => valueMinor !== 0).length),
  ]
}

test('latestTotals adds up the latest value of each thing, also if it changes its group or arrives late', () => {
  fc.assert(
    fc.property(fc.array(randomEvents(2).assets, { maxLength: 40, size: 'max' }), (events) =>
      expect(rowAfter(events)).toEqual(plainRow(events)),
    ),
  )
})
