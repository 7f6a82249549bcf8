import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Processor } from '../../../processors/processor.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { deadLetters, journal } from '../../../schemas/platform/platform.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import { waitFor } from '../../support/services.ts'
import { counting, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import { verifyStream } from '../verify-stream.ts'

const PARTITIONS = 2

let stream: StreamUnderTest | undefined
afterEach(() => stream?.close())

const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) =>
    message(transactions, transaction(`c${index % 7}`, 1, { id: `t${from + index}` })),
  )

/** Serves these events with `served`, which may behave differently from `counting`. */
async function serve(served: Processor, count: number): Promise<StreamUnderTest> {
  stream = await createStream([served], { partitions: PARTITIONS })
  await stream.publish(events(count))
  await stream.start()
  return stream
}

const untilScored = (count: number) =>
  waitFor(async () => (await stream!.readAll(scores)).length >= count, { what: `${count} scores` })

const verify = (recent?: () => Promise<void>) => verifyStream(stream!, counting, recent === undefined ? {} : { recent })

/** Returns `counting` with changed decisions on the tenth event of `c3`. */
function tampered(change: (score: Message, emit: (score: Message) => void) => void): Processor {
  return {
    ...counting,
    decide: (decisionState, scored, globals, emit) =>
      counting.decide(decisionState, scored, globals, (score) =>
        scored.key === 'c3' && scored.row[0] === 5 ? change(score, emit) : emit(score),
      ),
  }
}

const nothing = { different: 0, missing: 0, extra: 0, deleted: 0 }

test('served records agree, with dead letters, duplicates, misplaced records and a restart in between', async () => {
  const { publish, publishRaw, start } = await serve(counting, 40)
  await untilScored(40)
  await publishRaw(transactions as Topic, 'c1', Buffer.from('no frame'))
  // Records that no task has written.
  await publishRaw(journal as Topic, 'c1', Buffer.from('no frame'), 0)
  await publishRaw(journal as Topic, 'c1', Buffer.alloc(0), 0)
  await publish([...events(1), message(transactions, transaction('c1', 9, { category: 'refused' }))])
  for (const partition of [0, 1]) {
    const { key, value } = message(transactions, transaction('c5', 1, { id: `misplaced-${partition}` }))
    await publishRaw(
      transactions as Topic,
      key,
      codecOf(transactions, releasedRegistry).encode(value as never),
      partition,
    )
  }
  await untilScored(42)
  await start({ directory: mkdtempSync(join(tmpdir(), 'stream-')) })
  await publish(events(20, 100))
  await untilScored(62)
  await waitFor(async () => (await stream!.readAll(deadLetters)).length === 2, { what: 'two dead letters' })

  const { tasks, messages, deadLetters: letters, differences } = await verify()
  expect(differences).toEqual([])
  // 62 scores, and the record that was forwarded to its key’s partition.
  expect(messages).toEqual({ ...nothing, compared: 63 })
  expect(letters).toEqual({ ...nothing, compared: 2 })
  expect(tasks.every(({ gap, state }) => gap === undefined && state.compared > 0 && state.different === 0)).toBe(true)
  expect(tasks.reduce((sum, { inputs }) => sum + inputs, 0)).toBeGreaterThanOrEqual(66)
}, 60_000)

test('a record with other content is named with its place and both contents', async () => {
  await serve(
    tampered((score, emit) => emit({ ...score, value: { ...(score.value as Score), visitCount: 99 } })),
    49,
  )
  await untilScored(49)
  const { messages, differences } = await verify()
  expect(messages).toEqual({ ...nothing, compared: 49, different: 1 })
  expect(differences).toHaveLength(1)
  expect(differences[0]!.place).toMatch(/^scores-\d at \d+: counting\/transactions\//)
  expect(differences[0]!.expected).not.toBe(differences[0]!.got)
}, 60_000)

test('a record that was not published is missing, one that was published twice is too many', async () => {
  await serve(
    tampered(() => {}),
    49,
  )
  await untilScored(48)
  const lost = await verify()
  expect(lost.messages).toEqual({ ...nothing, compared: 48, missing: 1 })
  await stream!.close()

  await serve(
    tampered((score, emit) => [score, score].forEach(emit)),
    49,
  )
  await untilScored(50)
  expect((await verify()).messages).toEqual({ ...nothing, compared: 49, extra: 1 })
}, 90_000)

test('a state record that another has written is named', async () => {
  const { naming, publishRaw } = await serve(counting, 14)
  await untilScored(14)
  const changelog = { name: naming.changelog(counting).slice(stream!.prefix.length) } as Topic
  await publishRaw(changelog, 'c1\u0000totals\u0000', Buffer.from('altered'), 0)
  const { tasks, differences } = await verify()
  expect(tasks[0]!.state.different).toBe(1)
  expect(differences[0]!.place).toBe('state of counting/0: c1 totals')
}, 60_000)

test('later work is verified starting from the current state', async () => {
  const { publish } = await serve(counting, 30)
  await untilScored(30)
  const { tasks, messages, differences } = await verify(async () => {
    await publish(events(12, 200))
    await untilScored(42)
  })
  expect(differences).toEqual([])
  expect(messages).toEqual({ ...nothing, compared: 12 })
  expect(tasks.reduce((sum, { inputs }) => sum + inputs, 0)).toBe(12)
  expect(tasks.every(({ state }) => state.compared > 0)).toBe(true)
}, 60_000)

test('nothing stays on the disk', async () => {
  await serve(counting, 7)
  await untilScored(7)
  const directory = mkdtempSync(join(tmpdir(), 'verify-'))
  await verifyStream(stream!, counting, { directory })
  expect(readdirSync(directory)).toEqual([])
}, 60_000)
