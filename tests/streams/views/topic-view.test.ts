import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { customerFeatures, type CustomerFeatures } from '../../../schemas/customers/customer-features.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import { createHealth } from '../../../streams/health.ts'
import type { TopicViewOptions } from '../../../streams/views/open-view.ts'
import { openTopicView, type TopicView } from '../../../streams/views/topic-view.ts'
import { brokers, waitFor } from '../../support/services.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'

const program = fileURLToPath(new URL('view-process.ts', import.meta.url))
const topicOf = customerFeatures as Topic

let stream: StreamUnderTest
let topic: string
let directory: string
const lines: string[] = []
const undo: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  stream = await createStream([])
  undo.push(() => stream.close())
  topic = stream.naming.topic(topicOf)
  directory = join(stream.directory, 'views', topic)
})
afterAll(async () => {
  for (const step of undo.reverse()) await step()
})

const features = (customerId: string, value: number): Message =>
  message<CustomerFeatures>(customerFeatures, {
    id: `${customerId}/${value}`,
    occurredAt: 1_000 + value,
    source: 'test',
    customerId,
    featureSet: 'customer@1',
    values: [value],
    timeZone: 'UTC',
  })
const gone = (customerId: string): Message => ({ topic: topicOf, key: customerId, value: null })

async function open(changes: Partial<TopicViewOptions> = {}): Promise<TopicView> {
  return openTopicView({
    client: stream.client,
    topic,
    directory,
    tombstonesKeptMs: DAY_MS,
    accepts: (value) => value[0] === 0,
    log: (_level, text, fields) => void lines.push(`${text} ${JSON.stringify(fields)}`),
    health: createHealth(),
    ...changes,
  })
}

function valueIn(view: TopicView, customerId: string): number | undefined {
  const bytes = view.get(customerId)
  return bytes === undefined ? undefined : codecOf(customerFeatures, releasedRegistry).decode(bytes).values[0]
}

const becomes = (view: TopicView, customerId: string, value: number | undefined) =>
  waitFor(() => valueIn(view, customerId) === value, { what: `${customerId} to be ${value}` })

test('a view serves published records, beside another process that is killed, and continues where it was', async () => {
  await stream.publish(Array.from({ length: 300 }, (_, index) => features(`c-${index}`, 1)))
  const other = spawn(process.execPath, [program, brokers().join(), topic, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(other, 'exit')
  undo.push(() => Promise.resolve(other.kill('SIGKILL')))
  const view = await open()
  await Promise.all([once(other.stdout, 'data'), waitFor(() => view.state().isComplete, { what: 'the whole view' })])
  expect([valueIn(view, 'c-0'), valueIn(view, 'c-299'), valueIn(view, 'nobody')]).toEqual([1, 1, undefined])

  // Both views read every piece; one of them dies on it.
  for (let value = 2; value < 30; value++) {
    await stream.publish([features('c-0', value), features('c-1', value)])
    if (value === 15) other.kill('SIGKILL')
  }
  await ended
  await stream.publishRaw(topicOf, 'c-2', Buffer.from('garbage'))
  await stream.publish([gone('c-3'), features('c-2', 2)])
  await becomes(view, 'c-3', undefined)
  await becomes(view, 'c-2', 2)
  await becomes(view, 'c-1', 29)
  expect(valueIn(view, 'c-0')).toBe(29)
  const before = Date.now()
  await waitFor(() => (view.state().asOf ?? 0) >= before && view.state().behind === 0, { what: 'an age of now' })
  await view.close()
  expect(lines.filter((line) => line.includes('anew'))).toEqual([])

  await stream.publish([features('c-4', 7), gone('c-5')])
  const away = createKafkaClient({ brokers: ['127.0.0.1:1'], clientId: 'away', requestTimeoutMs: 500 })
  const alone = await open({ client: away })
  expect([alone.state(), valueIn(alone, 'c-0'), valueIn(alone, 'c-3'), valueIn(alone, 'c-4')]).toEqual([
    { isComplete: true, asOf: undefined, behind: undefined },
    29,
    undefined,
    1,
  ])
  await alone.close()
  await away.close()

  const again = await open()
  await becomes(again, 'c-4', 7)
  await becomes(again, 'c-5', undefined)
  expect(valueIn(again, 'c-299')).toBe(1)

  // Recreates the topic while the view runs.
  await stream.replace(topic)
  await stream.publish([features('c-6', 8)])
  await becomes(again, 'c-6', 8)
  await waitFor(() => again.state().isComplete, { what: 'the view of the new topic' })
  expect(['c-0', 'c-299'].map((id) => valueIn(again, id))).toEqual([undefined, undefined])
  expect(lines.find((line) => line.includes('anew'))).toContain('the topic was recreated')
  await again.close()

  // Records deleted while the view was away may have left no trace.
  lines.length = 0
  const old = await open({ tombstonesKeptMs: -1 })
  await waitFor(() => lines.find((line) => line.includes('older than what the topic keeps')), { what: 'a new view' })
  await becomes(old, 'c-6', 8)
  await old.close()
})
