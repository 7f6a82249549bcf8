import assert from 'node:assert/strict'
import test from 'node:test'
import { createReplay, noGlobals } from 'scoreline/testing'
import { loyaltyLevel } from './loyalty-level.ts'
import { loyaltyPoints, type LoyaltyLevel } from './loyalty-topics.ts'

const collected = (day: number, points: number) => ({
  topic: loyaltyPoints,
  value: { id: `p${day}`, occurredAt: Date.UTC(2026, 0, day), source: 'test', customerId: 'c1', points },
})

void test('a level is published when it changes, and falls when old points no longer count', async () => {
  const run = createReplay(loyaltyLevel)
  const published = await run.run(
    [collected(1, 600), collected(2, 500), collected(3, 100), collected(60, 1)],
    noGlobals,
  )
  assert.deepEqual(
    published.map(({ value }) => [(value as LoyaltyLevel).level, (value as LoyaltyLevel).points30d]),
    [
      ['silver', 1_100],
      ['none', 1],
    ],
  )
})
