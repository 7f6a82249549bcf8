import { dormantCustomers } from '../../../processors/loans/dormant-customers.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { clock } from '../../../schemas/platform/clock.ts'
import type { Alert } from '../../../schemas/customers/alerts.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)

const movement = (day: number) => ({
  topic: transactions,
  value: {
    id: `t${day}`,
    occurredAt: START + day * DAY_MS,
    source: 'test',
    customerId: 'c1',
    accountId: 'a1',
    amountMinor: -500,
    balanceMinor: null,
    currency: 'CNY',
    kind: 'card' as const,
    category: null,
    counterparty: null,
    channel: null,
  },
})
const tick = (day: number) => ({
  topic: clock,
  value: { id: `tick${day}`, occurredAt: START + day * DAY_MS, source: 'test', partition: 0 },
})
const told = (messages: readonly { readonly value: unknown }[]) =>
  messages.map(({ value }) => [(value as Alert).raised, (value as Alert).text])

test('thirty quiet days raise the alert once; the next movement withdraws it', async () => {
  const run = createReplay(dormantCustomers)
  expect(await run.run([movement(0), movement(5), tick(31)], noGlobals)).toEqual([])
  expect(told(await run.run([tick(35), tick(60)], noGlobals))).toEqual([[true, 'No movement for 30 days.']])
  expect(told(await run.run([movement(61), tick(62)], noGlobals))).toEqual([[false, 'The account moves again.']])
})

test('a late movement changes nothing', async () => {
  const run = createReplay(dormantCustomers)
  expect(await run.run([movement(10), tick(39), movement(3)], noGlobals)).toEqual([])
  expect(told(await run.run([tick(40)], noGlobals))).toEqual([[true, 'No movement for 30 days.']])
})
