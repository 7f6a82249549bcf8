import { expect, it } from '@jest/globals'
import type { KafkaClient } from '../../../kafka/client.ts'
import { ConnectionLostError, KafkaError } from '../../../kafka/errors.ts'
import { createGroupCommit } from '../../../kafka/producer/group-commit.ts'

/**
 * Creates a client whose producers count the commits; describing topics fails with a broken connection this many times.
 */
function clientWith(brokenConnections: number): { client: KafkaClient; asked: () => number; committed: () => number } {
  let asked = 0
  let committed = 0
  const client = {
    describeTopics: async () => {
      if (asked++ < brokenConnections)
        throw new ConnectionLostError('Metadata of visits: lost', 'CONNECTION_LOST', 'retriable')
      return [{ name: 'visits', topicId: '', partitionCount: 1 }]
    },
    transactionalProducer: (_id: string, options: { onAcknowledged: (...batch: unknown[]) => void }) => ({
      init: async () => undefined,
      begin: () => undefined,
      append: () => undefined,
      flush: async () => options.onAcknowledged({ topic: 'visits', partition: 0 }, 7, 1),
      commit: async () => void committed++,
      close: async () => undefined,
    }),
  } as unknown as KafkaClient
  return { client, asked: () => asked, committed: () => committed }
}

it('a connection that breaks while a topic is looked up delays a write, it does not reject it', async () => {
  const { client, asked, committed } = clientWith(2)
  const commit = createGroupCommit(client, { transactionalId: 'intake', topics: ['visits'] })
  const places = await commit.write('visits', [{ key: 'c1', value: Buffer.from('v') }])
  expect(places).toEqual([{ partition: 0, offset: 7 }])
  expect([asked(), committed()]).toEqual([3, 1])
  await commit.close()
})

it('the look-up ends with the patience of the write', async () => {
  const { client, committed } = clientWith(Infinity)
  const commit = createGroupCommit(client, { transactionalId: 'intake', topics: ['visits'], retryMs: 50 })
  await expect(commit.write('visits', [{ key: 'c1', value: null }])).rejects.toBeInstanceOf(KafkaError)
  expect(committed()).toBe(0)
  await commit.close()
})
