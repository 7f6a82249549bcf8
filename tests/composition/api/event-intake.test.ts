import { intakeOver } from '../../../composition/api/event-intake.ts'
import { readConfig } from '../../../config.ts'
import { errorOfCode } from '../../../kafka/errors.ts'
import type { GroupCommit } from '../../../kafka/producer/group-commit.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { waitFor } from '../../support/services.ts'

const TOPIC_AUTHORIZATION_FAILED = 29
const NOT_ENOUGH_REPLICAS = 19
const PROBE_MS = 20

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of undo.splice(0)) await close()
})

/** Creates an intake whose brokers answer with an error code, or accept the events if it is 0. */
function intakeUnderTest() {
  const brokers = { answer: 0, nowMs: 0 }
  const commits: GroupCommit = {
    write: (topic, records) =>
      brokers.answer === 0
        ? Promise.resolve(records.map((_, index) => ({ partition: 0, offset: index })))
        : Promise.reject(errorOfCode(brokers.answer, `Produce to ${topic}-0`)),
    check: (topic) =>
      brokers.answer === 0 ? Promise.resolve() : Promise.reject(errorOfCode(brokers.answer, `Rights on ${topic}`)),
    waitingMs: () => 0,
    close: () => Promise.resolve(),
  }
  const context = { config: readConfig({}), log: () => {} }
  const intake = intakeOver(
    commits,
    context,
    releasedRegistry,
    () => Promise.resolve(),
    () => brokers.nowMs,
    PROBE_MS,
  )
  undo.push(() => intake.close())
  const post = () => intake.publish(transactions, [movement])
  return { brokers, intake, post }
}

const movement = {
  id: 't-1',
  occurredAt: 1,
  source: 'test',
  customerId: 'c-1',
  accountId: 'a-1',
  amountMinor: 100,
  balanceMinor: null,
  currency: 'EUR',
  kind: 'card' as const,
  category: null,
  counterparty: null,
  channel: null,
}

test('while a right is missing for all events the API reports it, until events are written again', async () => {
  const { brokers, intake, post } = intakeUnderTest()
  await post()
  brokers.answer = TOPIC_AUTHORIZATION_FAILED
  for (const ms of [0, 6_000, 6_000]) {
    expect(intake.trouble()).toBeUndefined()
    brokers.nowMs += ms
    await expect(post()).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED')
  }
  expect(intake.trouble()).toMatch(
    /^No events have been taken for 12 s; .*TOPIC_AUTHORIZATION_FAILED\. Grant this principal/,
  )

  // A request without events writes nothing, so it proves nothing.
  brokers.answer = 0
  await intake.publish(transactions, [])
  expect(intake.trouble()).toBeDefined()
  await post()
  expect(intake.trouble()).toBeUndefined()
})

test('it notices by itself that the right is back: no client sends events to an API that is not ready', async () => {
  const { brokers, intake, post } = intakeUnderTest()
  brokers.answer = TOPIC_AUTHORIZATION_FAILED
  for (const ms of [0, 12_000]) {
    brokers.nowMs += ms
    await expect(post()).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED')
  }
  expect(intake.trouble()).toBeDefined()
  brokers.answer = 0
  await waitFor(() => intake.trouble() === undefined, { what: 'the API to be ready' })
})

test('other refusals say nothing about rights', async () => {
  const { brokers, intake, post } = intakeUnderTest()
  brokers.answer = NOT_ENOUGH_REPLICAS
  for (const ms of [0, 20_000]) {
    brokers.nowMs += ms
    await expect(post()).rejects.toThrow('NOT_ENOUGH_REPLICAS')
  }
  expect(intake.trouble()).toBeUndefined()
})
