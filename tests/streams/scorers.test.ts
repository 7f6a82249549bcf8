import { transactions } from '../../schemas/customers/banking.ts'
import { scores, type Score } from '../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../schemas/topic.ts'
import { createReplay } from '../../streams/replay/replay.ts'
import { memoryStore } from '../../streams/state/memory-store.ts'
import { createTaskState } from '../../streams/state/task-state.ts'
import type { Arrival } from '../../streams/task/fold-batch.ts'
import { createBatchProcessor } from '../../streams/task/batch.ts'
import { processor, type Globals } from '../../processors/processor.ts'
import { waitFor } from '../support/services.ts'
import { counting, transaction } from './counting-processor.ts'
import { released, scoredCounting, sumOfRow } from './scored-counting.ts'
import { createStream, type StreamUnderTest } from './stream-under-test.ts'
import { verifyStream } from './verify-stream.ts'

const under = (modelId: string): Globals => ({ get: () => undefined, model: (task) => sumOfRow({ task, modelId }) })
const event = (customerId: string, amount: number, changes = {}) => ({
  topic: transactions as Topic,
  value: transaction(customerId, amount, changes),
})
const shown = ({ value }: Pick<Message, 'value'>) => {
  const { task, subjectId, row, probability } = value as Score
  return [task, subjectId, row.join(' '), probability]
}

test('scorers decide by the event’s row, or by one that begins with it, in one pass', async () => {
  const run = createReplay(scoredCounting)
  const messages = await run.run([event('a', 5), event('a', 7, { kind: 'cash' }), event('b', 1)], under('m'))
  expect(messages.map(shown)).toEqual([
    ['counting', 'a', '1 5', 6],
    ['sharing', 'a', '1 5', 6],
    ['counting', 'a', '2 12', 14],
    ['sharing', 'a', '2 12', 14],
    ['counting', 'b', '1 1', 2],
    ['sharing', 'b', '1 1', 2],
    // Once per subject, after its last event.
    ['completing', 'a', '2 12 1', 15],
    ['completing', 'b', '1 1 1', 3],
  ])
  const ids = messages.map(({ value }) => (value as Score).id)
  expect(ids.slice(0, 2)).toEqual(['scored-counting/transactions/0/0/a', 'sharing/transactions/0/0/a'])
  expect(new Set(ids).size).toBe(ids.length)
})

test('an event that is refused leaves no row in any view', async () => {
  const run = createReplay(scoredCounting)
  const refused = event('a', 9, { category: 'refused' })
  const messages = await run.run([event('a', 5), refused, event('a', 2)], under('m'))
  expect(messages.map(shown).filter(([task]) => task !== 'counting')).toEqual([
    ['sharing', 'a', '1 5', 6],
    ['sharing', 'a', '2 7', 9],
    ['completing', 'a', '2 7 2', 11],
  ])
  expect(run.refused).toHaveLength(1)
})

test('a re-evaluation for one of them decides on its rows alone', async () => {
  const state = createTaskState(memoryStore(), scoredCounting, { cachedRecordsMax: 100 })
  const batch = createBatchProcessor(scoredCounting)
  const decidedOn = async (reevaluating: readonly string[] | undefined) => {
    const messages: Message[] = []
    const options = { reevaluation: ['a'], reevaluationId: 'x', reevaluating }
    await batch.run(state, [], under('m'), (one) => void messages.push(one), options)
    return messages.map(({ value }) => (value as Score).task)
  }
  const { topic, value } = event('a', 5)
  const arrivals: Arrival[] = [{ kind: 'event', topic, partition: 0, offset: 0, key: 'a', event: value }]
  await batch.run(state, arrivals, under('m'), () => {})
  expect(await decidedOn(['completing'])).toEqual(['completing'])
  expect(await decidedOn(['sharing'])).toEqual(['sharing'])
  expect(await decidedOn(undefined)).toEqual(['counting', 'sharing', 'completing'])
})

test('rows that a model fails on are left out again for the same scorer', async () => {
  const state = createTaskState(memoryStore(), scoredCounting, { cachedRecordsMax: 100 })
  const batch = createBatchProcessor(scoredCounting)
  const { topic, value } = event('a', 5)
  const arrivals = [{ kind: 'event' as const, topic, partition: 0, offset: 0, key: 'a', event: value }]
  const failing: Globals = {
    get: () => undefined,
    model: (task) => ({
      ...sumOfRow({ task, modelId: 'm' }),
      score(_batch, into) {
        if (task === 'sharing') throw new Error('a bug')
        into.fill(1)
      },
    }),
  }
  const { unscored } = await batch.run(state, arrivals, failing, () => {})
  expect(unscored).toEqual([{ from: 0, to: 1, reason: 'The model m fails: a bug', scorer: 'sharing' }])
  state.rollback()
  const messages: Message[] = []
  await batch.run(state, arrivals, under('m'), (one) => void messages.push(one), { unscored, narrow: false })
  expect(messages.map(({ value: score }) => (score as Score).probability)).toEqual([6, null, 7])
})

test('a scorer with features other than the processor’s needs its own row', () => {
  const [sharing] = scoredCounting.scorers!
  const other = { ...sharing!, features: { id: 'other@1', names: ['count'] } }
  expect(() => createBatchProcessor(processor({ ...counting, scorers: [other] }))).toThrow('sharing shares the rows')
})

let stream: StreamUnderTest | undefined
afterAll(() => stream?.close())

test('a release for a scorer re-evaluates it alone, and verification replays all of it bit for bit', async () => {
  const { publish, start, readAll } = (stream = await createStream([scoredCounting]))
  const countOf = async () => {
    const tasks = (await readAll(scores)).map(({ task }) => task)
    return ['counting', 'sharing', 'completing'].map((task) => tasks.filter((one) => one === task).length)
  }
  await publish([
    released('sharing', 'first'),
    ...['a', 'b', 'c'].map((id) => message(transactions, transaction(id, 1))),
  ])
  await start({ loadModel: sumOfRow })
  await waitFor(async () => (await countOf()).join() === '3,3,3', { what: 'the scores of three events' })
  await publish([released('sharing', 'second')])
  await waitFor(async () => (await countOf()).join() === '3,6,3', { what: 'the re-evaluation of one scorer' })
  await publish([released('completing', 'first')])
  await waitFor(async () => (await countOf()).join() === '3,6,6', { what: 'the re-evaluation of the other' })

  const { messages, differences, tasks } = await verifyStream(stream, scoredCounting, { loadModel: sumOfRow })
  expect(differences).toEqual([])
  expect(messages).toEqual({ compared: 15, different: 0, missing: 0, extra: 0, deleted: 0 })
  expect(tasks.every(({ gap, state }) => gap === undefined && state.different === 0)).toBe(true)
}, 60_000)
