import { transactions } from '../../../schemas/customers/banking.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { deadLetters } from '../../../schemas/platform/platform.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message } from '../../../schemas/topic.ts'
import { waitFor } from '../../support/services.ts'
import { verifyStream } from '../verify-stream.ts'
import { transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'
import { touchyModel, touchyRelease, troubled, troubles, UNSCORABLE } from '../troubled-processor.ts'

const PARTITIONS = 1

let stream: StreamUnderTest | undefined
afterEach(() => stream?.close())

const good = (customer: number, number: number) =>
  message(transactions, transaction(`c${customer}`, 1, { id: `t${customer}/${number}` }))
const bad = (customer: number, category: string) =>
  message(transactions, transaction(`c${customer}`, 1, { id: `bad/${category}`, category }))

const verify = () => verifyStream(stream!, troubled, { partitions: PARTITIONS, loadModel: () => touchyModel() })

test('an event that makes any step fail is set aside with its cause, all others count, and a replay agrees', async () => {
  stream = await createStream([troubled], { partitions: PARTITIONS })
  const customers = troubles.length
  const events = Array.from({ length: 20 }, (_, number) =>
    troubles.flatMap((trouble, customer) =>
      number === 10 ? [bad(customer, trouble), good(customer, number)] : [good(customer, number)],
    ),
  ).flat()
  const unscorable = [3, 4].map((customer) =>
    message(transactions, transaction(`c${customer}`, UNSCORABLE, { id: `unscorable/${customer}` })),
  )
  await stream.publish([message(releases, touchyRelease)])
  await stream.publish([...events.slice(0, 70), ...unscorable, ...events.slice(70)])
  await stream.start({ loadModel: () => touchyModel(), log: () => {} })

  const served = await waitFor(
    async () => {
      const found = await stream!.readAll(scores)
      return found.length >= 20 * customers + 2 ? found : undefined
    },
    { what: 'every score', timeoutMs: 150_000 },
  )
  expect(served).toHaveLength(20 * customers + 2)
  const letters = await stream.readAll(deadLetters)
  expect(
    Object.fromEntries(letters.map(({ code, message, offset }) => [offset, `${code}: ${message}`]).toSorted()),
  ).toEqual(
    Object.fromEntries(
      [
        'FOLD_FAILED: The processor failed on the event. troubled: a bug in the fold',
        'FOLD_FAILED: The processor failed on the event. troubled: a bug in the row',
        'FOLD_FAILED: The processor failed on the event. troubled: a bug in the decision',
        expect.stringContaining('INVALID: '),
        expect.stringContaining('OUTPUT_TOO_LARGE: '),
        expect.stringContaining('NOT_WRITTEN: '),
        expect.stringContaining('OUTPUT_TOO_LARGE: '),
      ].map((cause, trouble) => [72 + 2 * trouble, cause as string]),
    ),
  )
  // The failed events are not counted: the last row of each customer has seen the good ones, and the one without a
  // score.
  for (let customer = 0; customer < customers; customer++) {
    const own = served.filter(({ customerId }) => customerId === `c${customer}`)
    expect(Math.max(...own.map(({ row }) => row[0]!))).toBe(customer === 3 || customer === 4 ? 21 : 20)
  }
  const without = served.filter(({ probability }) => probability === null)
  expect(without.map(({ row, absent }) => [row[1], absent])).toEqual([
    [UNSCORABLE, 'The model touchy fails: not this one'],
    [UNSCORABLE, 'The model touchy fails: not this one'],
  ])

  const outcome = await verify()
  expect(outcome.tasks.map(({ gap }) => gap)).toEqual([undefined])
  expect(outcome.differences).toEqual([])
}, 240_000)

test('a model of features other than those of the rows scores nothing, and the reason is given', async () => {
  stream = await createStream([troubled], { partitions: PARTITIONS })
  await stream.publish([message(releases, touchyRelease)])
  await stream.publish([good(1, 1), good(2, 1)])
  await stream.start({ loadModel: () => touchyModel(['count']) })
  const served = await waitFor(
    async () => {
      const found = await stream!.readAll(scores)
      return found.length === 2 ? found : undefined
    },
    { what: '2 scores' },
  )
  for (const { probability, absent } of served) {
    expect(probability).toBeNull()
    expect(absent).toContain('was trained on 1 features of troubled@1, and there are 2 now')
  }
})
