/** Erasures in the stream, on a real broker: state, changelog, files, late events, and verification. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { transactions } from '../../schemas/customers/banking.ts'
import { scores } from '../../schemas/models/scores.ts'
import { erasures } from '../../schemas/platform/erasures.ts'
import { message } from '../../schemas/topic.ts'
import { personDigest } from '../../streams/erasure/person-digest.ts'
import { waitFor } from '../support/services.ts'
import { counting, transaction } from './counting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

const ERASED = 'planted-customer-77'
const HOUR = 3_600_000

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([counting])))
afterEach(() => stream.close())

const erasure = (id: string, refusedUntil = Date.now() + HOUR) =>
  message(erasures, {
    id: `erasure-${id}`,
    occurredAt: Date.now(),
    source: 'test',
    digest: personDigest(id),
    refusedUntil,
  })
const events = (customers: readonly string[], from: number) =>
  customers.map((customer, index) => message(transactions, transaction(customer, 1, { id: `t${from + index}` })))

const countsOf = async (customer: string) =>
  (await stream.readAll(scores)).filter(({ customerId }) => customerId === customer).map(({ row }) => row[0])

/** Returns the files below a folder that hold the text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(text))
}

test('an erased person is gone from state, its file and the changelog; others count on; later events are dropped', async () => {
  await stream.publish(events([ERASED, 'other', ERASED, 'other'], 0))
  const engine = await stream.start()
  await waitFor(async () => (await stream.readAll(scores)).length === 4, { what: '4 scores' })
  await waitFor(() => filesWith(stream.directory, ERASED).length > 0, { what: 'a checkpoint with the person' })

  await stream.publish([erasure(ERASED)])
  await waitFor(() => filesWith(stream.directory, ERASED).length === 0, { what: 'the files to be written anew' })
  await stream.publish(events([ERASED, 'other'], 4))
  await waitFor(async () => (await countsOf('other')).length === 3, { what: 'the later event' })
  await engine.stop()

  expect(await countsOf('other')).toEqual([1, 2, 3])
  expect(await countsOf(ERASED)).toEqual([1, 2])
  expect(filesWith(stream.directory, ERASED)).toEqual([])
  const { tasks, differences } = await verifyStream(stream, counting)
  expect(differences).toEqual([])
  expect(tasks.every(({ gap }) => gap === undefined)).toBe(true)
}, 60_000)

test('a task that is restored or rebuilt leaves no trace either, and a second erasure is no error', async () => {
  await stream.publish(events([ERASED, 'other'], 0))
  const engine = await stream.start()
  await waitFor(async () => (await stream.readAll(scores)).length === 2, { what: '2 scores' })
  await stream.publish([erasure(ERASED), erasure('nobody')])
  await waitFor(() => engine.globals().erased.persons.size === 2, { what: 'the erasure' })
  await stream.publish(events(['other'], 2))
  await waitFor(async () => (await countsOf('other')).length === 2, { what: 'the later event' })
  await engine.stop()

  const elsewhere = `${stream.directory}-elsewhere`
  const restored = await stream.start({ directory: elsewhere })
  await stream.publish([
    { ...erasure(ERASED), key: 'again', value: { ...erasure(ERASED).value!, id: 'again' } as never },
  ])
  await stream.publish(events(['other', ERASED], 3))
  await waitFor(async () => (await countsOf('other')).length === 3, { what: 'the event after the restart' })
  await restored.stop()
  expect(filesWith(elsewhere, ERASED)).toEqual([])
  expect(await countsOf(ERASED)).toEqual([1])
  expect((await verifyStream(stream, counting)).differences).toEqual([])
}, 60_000)

test('what is written after the stated time is a new beginning', async () => {
  await stream.publish(events([ERASED, ERASED, 'other'], 0))
  const engine = await stream.start()
  await waitFor(async () => (await stream.readAll(scores)).length === 3, { what: '3 scores' })
  await stream.publish([erasure(ERASED, Date.now() - 1)])
  await waitFor(() => engine.globals().erased.persons.size === 1, { what: 'the erasure' })
  await stream.publish(events([ERASED], 3))
  await waitFor(async () => (await countsOf(ERASED)).length === 3, { what: 'the new beginning' })
  expect(await countsOf(ERASED)).toEqual([1, 2, 1])
}, 60_000)
