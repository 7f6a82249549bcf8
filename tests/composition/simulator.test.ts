import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandContext } from '../../composition/context.ts'
import { ensureTopics } from '../../composition/kafka.ts'
import { readTopic } from '../../composition/read-topic.ts'
import { publishHistory, publishOutcomes } from '../../composition/simulator.ts'
import { readConfig } from '../../config.ts'
import { createKafkaClient } from '../../kafka/kafka-client.ts'
import { brokers, uniqueName } from '../support/services.ts'

const prefix = `${uniqueName('simulator')}.`
const client = createKafkaClient({ brokers: brokers(), clientId: 'simulator-test' })
afterAll(() => client.close())

function contextWith(stopped: AbortSignal): CommandContext {
  const config = readConfig({
    KAFKA_BROKERS: brokers().join(','),
    TOPIC_PREFIX: prefix,
    TOPIC_PARTITIONS: '1',
    DATA_DIRECTORY: directory,
    SIMULATOR_CUSTOMERS: '30',
    SIMULATOR_HISTORY_DAYS: '60',
  })
  const fail = (error: Error) => {
    throw error
  }
  return { config, log: () => {}, print: () => {}, stopped, fail }
}
const directory = mkdtempSync(join(tmpdir(), 'simulator-'))

async function countOf(topic: string): Promise<number> {
  const records: unknown[] = []
  for await (const record of readTopic(client, `${prefix}${topic}`)) records.push(record)
  return records.length
}

test('the outcomes of the history are published after its events, each once', async () => {
  const context = contextWith(new AbortController().signal)
  await ensureTopics(context)
  expect(await publishHistory(context)).toBeGreaterThan(1_000)
  const events = await countOf('transactions')
  expect(await countOf('outcomes')).toBe(0)
  // Registered at the midnight with which the world begins.
  expect(await countOf('profiles')).toBeGreaterThanOrEqual(30)

  const sent = await publishOutcomes(context)
  expect(sent).toBeGreaterThan(10)
  expect(await countOf('outcomes')).toBe(sent)

  // A restarted platform publishes neither again.
  expect([await publishHistory(context), await publishOutcomes(context)]).toEqual([0, 0])
  expect([await countOf('transactions'), await countOf('outcomes')]).toEqual([events, sent])
})
