import fc from 'fast-check'
import { linkAccounts } from '../../../processors/customers/link-accounts.ts'
import {
  accountLinks,
  accountTransactions,
  type AccountLink,
  type AccountTransaction,
  type Transaction,
} from '../../../schemas/customers/banking.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../streams/replay/replay.ts'
import { START } from '../scoring-fixtures.ts'

const movement = (number: number): ReplayInput => {
  const value: AccountTransaction = {
    id: `m${number}`,
    occurredAt: START + number,
    source: 'test',
    accountId: 'a1',
    amountMinor: number,
    balanceMinor: null,
    currency: 'CZK',
    kind: 'cash',
    category: null,
    counterparty: null,
    channel: null,
  }
  return { topic: accountTransactions, value }
}
const link = (customerId: string, changes: Partial<AccountLink> = {}): ReplayInput => ({
  topic: accountLinks,
  value: {
    id: `link/${customerId}`,
    occurredAt: START,
    source: 'test',
    accountId: 'a1',
    customerId,
    role: 'owner',
    linked: true,
    ...changes,
  },
})
const owned = (messages: readonly { readonly key: string; readonly value: unknown }[]) =>
  messages.map(({ key, value }) => [key, (value as Transaction).amountMinor])

test('a movement becomes a transaction of the owner; a disponent is no owner', async () => {
  const run = createReplay(linkAccounts)
  expect(owned(await run.run([link('c2', { role: 'disponent' }), movement(1)], noGlobals))).toEqual([])
  expect(owned(await run.run([link('c1'), movement(2)], noGlobals))).toEqual([
    ['c1', 1],
    ['c1', 2],
  ])
})

test('no more than a thousand movements wait for an owner: the next ones are refused, with what to do', async () => {
  const run = createReplay(linkAccounts)
  await run.run(
    Array.from({ length: 1_002 }, (_, number) => movement(number)),
    noGlobals,
  )
  expect(run.refused.map(({ failure }) => failure.code)).toEqual(['FOLD_FAILED', 'FOLD_FAILED'])
  expect(run.refused[0]!.failure.message).toContain('send its account link')
  expect(await run.run([link('c1')], noGlobals)).toHaveLength(1_000)
})

test('in whatever order link and movements come, each movement is published once', async () => {
  const events = [link('c1'), movement(1), movement(2), movement(3), movement(3)]
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(events, { minLength: events.length }), async (shuffled) => {
      const messages = await createReplay(linkAccounts).run(shuffled, noGlobals)
      expect(owned(messages).sort()).toEqual([
        ['c1', 1],
        ['c1', 2],
        ['c1', 3],
      ])
    }),
    { numRuns: 60 },
  )
})

test('an account with the maximum number of customers accepts no more, so that its movements stay cheap; its existing ones may change', async () => {
  const run = createReplay(linkAccounts)
  const links = Array.from({ length: 1_000 }, (_, index) => link(`c${index}`, { occurredAt: START + index }))
  await run.run(links, noGlobals)
  await run.run([link('one more', { occurredAt: START + 5_000 })], noGlobals)
  expect(run.refused.map(({ failure }) => failure.message)).toEqual([
    expect.stringContaining('linked to 1000 customers already'),
  ])
  expect(owned(await run.run([movement(1)], noGlobals))).toEqual([['c999', 1]])
  await run.run([link('c5', { id: 'later', occurredAt: START + 6_000 })], noGlobals)
  expect(owned(await run.run([movement(2)], noGlobals))).toEqual([['c5', 2]])
})
