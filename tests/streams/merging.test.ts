/** Merges of customers in the stream, on a real broker: state, late events, chains, several processes, verification. */
import { join } from 'node:path'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { scores } from '../../schemas/models/scores.ts'
import { customerMerges } from '../../schemas/platform/customer-merges.ts'
import { message } from '../../schemas/topic.ts'
import { waitFor } from '../support/services.ts'
import { counting, transaction } from './counting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

/** Returns a customer in the partition. */
const customerIn = (partition: number, name: string) =>
  Array.from({ length: 100 }, (_, number) => `${name}${number}`).find((id) => partitionOfKey(id, 2) === partition)!
const [A, B, C] = [customerIn(0, 'a'), customerIn(1, 'b'), customerIn(0, 'c')]

let mergeTime = Date.now()
const merge = (customerId: string, into: string) => {
  const about = { customerId, into, reason: 'one person', changedBy: null }
  return message(customerMerges, { id: `${customerId}>${into}`, occurredAt: mergeTime++, source: 'test', ...about })
}
let number = 0
const event = (customer: string, id = `t${number++}`) => message(transactions, transaction(customer, 1, { id }))

const countsOf = async (customer: string) =>
  (await stream.readAll(scores)).filter(({ customerId }) => customerId === customer).map(({ row }) => row[0])
const reaches = (customer: string, count: number) =>
  waitFor(async () => (await countsOf(customer)).at(-1) === count, { what: `${customer} to count ${count}` })

async function expectVerified(): Promise<void> {
  const { tasks, differences } = await verifyStream(stream, counting)
  expect(differences).toEqual([])
  expect(tasks.every(({ gap }) => gap === undefined)).toBe(true)
}

test('a merged customer counts for the other with all former and later events, each once; others count on', async () => {
  await stream.publish([event(A), event(A, 'twice'), event(B), event('other')])
  const engine = await stream.start()
  await Promise.all([reaches(A, 2), reaches(B, 1), reaches('other', 1)])
  await stream.publish([merge(A, B)])
  await reaches(B, 3)
  await stream.publish([event(A), event(A, 'twice'), event(B), event(A), event('other')])
  await reaches(B, 6)
  await reaches('other', 2)
  await engine.stop()
  expect(await countsOf(A)).toEqual([1, 2])
  expect(await countsOf('other')).toEqual([1, 2])
  await expectVerified()
}, 60_000)

test('chains are followed in any order, and merges that contradict earlier ones have no effect', async () => {
  await stream.publish([event(A), event(B), event(C)])
  const engine = await stream.start()
  await Promise.all([reaches(A, 1), reaches(B, 1), reaches(C, 1)])
  await stream.publish([merge(B, C), merge(A, B), merge(C, A), merge(A, C), merge(B, B)])
  await reaches(C, 3)
  await stream.publish([event(A), event(B), event(C)])
  await reaches(C, 6)
  await engine.stop()
  expect([await countsOf(A), await countsOf(B)]).toEqual([[1], [1]])
  await expectVerified()
}, 60_000)

test('a processor that begins after the merge counts everything for the other', async () => {
  await stream.publish([event(A), merge(A, B), event(B), event(A)])
  const engine = await stream.start()
  await reaches(B, 3)
  await engine.stop()
  expect(await countsOf(A)).toEqual([])
  await expectVerified()
}, 60_000)

test('state moves between the tasks of two processes', async () => {
  await stream.publish([event(A), event(B), event('other')])
  const start = (name: string) => stream.start({ directory: join(stream.directory, name), processName: name })
  const engines = [await start('one'), await start('two')]
  await waitFor(() => engines.every((engine) => engine.tasks().get('counting')?.length === 1), {
    what: 'each process to have a task',
    timeoutMs: 30_000,
  })
  await Promise.all([reaches(A, 1), reaches(B, 1), reaches('other', 1)])
  await stream.publish([merge(A, B), event(A), event(B)])
  await reaches(B, 4)
  await Promise.all(engines.map((engine) => engine.stop()))
  await expectVerified()
}, 60_000)
