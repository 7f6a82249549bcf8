import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { numericState } from '../../processors/processor.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { deadLetters } from '../../schemas/platform/platform.ts'
import { scores } from '../../schemas/models/scores.ts'
import { message, type Topic } from '../../schemas/topic.ts'
import { partitionOfKey } from '../../kafka/producer/partition-of-key.ts'
import type { ProcessorVerification } from '../../streams/verify/processor.ts'
import { waitFor } from '../support/services.ts'
import { transaction } from './counting-processor.ts'
import { noting, type Age } from './noting-processor.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

const PARTITIONS = 2
const CUSTOMERS = ['c0', 'c1', 'c2', 'c3']

let stream: StreamUnderTest
beforeEach(async () => void (stream = await createStream([noting('old')], { partitions: PARTITIONS })))
afterEach(() => stream.close())

const newDirectory = () => mkdtempSync(join(tmpdir(), 'state-evolution-'))

/** Returns the row of each customer’s latest score. */
async function latestRows(): Promise<Record<string, number[]>> {
  return Object.fromEntries((await stream.readAll(scores)).map(({ customerId, row }) => [customerId, [...row]]))
}

/** Runs the code of one age after another on the same tasks, each with one more event per customer. */
async function live(ages: readonly Age[], directoryOf: () => string): Promise<void> {
  for (const [index, age] of ages.entries()) {
    const counterparty = age === 'old' ? null : 'till'
    await stream.publish(
      CUSTOMERS.map((customer) =>
        message(transactions, transaction(customer, index, { id: `t${index}`, category: 'ab', counterparty })),
      ),
    )
    const engine = await stream.start({ processors: [noting(age)], directory: directoryOf() })
    await waitFor(
      async () =>
        (await stream.readAll(deadLetters)).length > 0 ||
        (await stream.readAll(scores)).length >= (index + 1) * CUSTOMERS.length,
      { what: `the scores of step ${index}` },
    )
    await engine.stop()
  }
}

const verify = (age: Age): Promise<ProcessorVerification> =>
  verifyStream(stream, noting(age), { partitions: PARTITIONS, directory: newDirectory() })

async function stateDifferences(age: Age): Promise<readonly string[]> {
  const { differences, tasks } = await verify(age)
  expect(tasks.reduce((sum, { state }) => sum + state.compared, 0)).toBeGreaterThanOrEqual(6 * CUSTOMERS.length)
  const places = differences.map(({ place }) => place).filter((place) => place.startsWith('state of '))
  expect(tasks.reduce((sum, { state }) => sum + state.different, 0)).toBe(places.length)
  return places
}

const kept = newDirectory()
test.each([
  ['its local state', () => kept],
  ['the changelog', newDirectory],
])(
  'a release, its rollback and the next release go on from %s, records of all of them side by side',
  async (_what, directoryOf) => {
    await live(['old', 'new', 'old', 'newest', 'old', 'new'], directoryOf)
    expect(await stream.readAll(deadLetters)).toEqual([])
    // Six notes of two letters; a note that was written without a device has none, and the others kept theirs.
    expect(await latestRows()).toEqual(Object.fromEntries(CUSTOMERS.map((customer) => [customer, [6, 12, 3]])))

    // Compares the fields that both the writer of a record and the replay know. (The scores of the old code are left
    // out, since its rows count no devices.)
    for (const age of ['old', 'new', 'newest'] as const) expect(await stateDifferences(age)).toEqual([])

    // Alters a note of the old code.
    const changelog = { name: stream.naming.changelog(noting('old')).slice(stream.prefix.length) } as Topic
    const partition = partitionOfKey(Buffer.from('c0'), PARTITIONS)
    await stream.publishRaw(changelog, 'c0\u0000notes\u0000t0', Buffer.from([1, 4, 0x61, 0x63]), partition)
    expect(await stateDifferences('new')).toEqual([`state of noting/${partition}: c0 notes t0`])
  },
  120_000,
)

test('code with another number of slots than the stored state folds nothing, and reports it', async () => {
  await live(['old'], () => stream.directory)
  const said: string[] = []
  const other = { ...noting('old'), state: [numericState('notes', 4)] }
  await stream.publish([message(transactions, transaction('c0', 9, { id: 'late' }))])
  const engine = await stream.start({ processors: [other], log: (line) => said.push(line) })
  await waitFor(async () => said.some((line) => line.includes('notes has a schema, and is 4 numbers in this code')), {
    what: 'the refusal',
  })
  await engine.stop()
  expect(await stream.readAll(scores)).toHaveLength(CUSTOMERS.length)
  expect(await stream.readAll(deadLetters)).toEqual([])
}, 60_000)
