import { resendRecord } from '../../composition/resend-record.ts'
import type { PlainProducer } from '../../kafka/producer/plain-producer.ts'

const value = Buffer.from('bytes as they were')

async function sent(key: Buffer | null): Promise<Parameters<PlainProducer['send']>> {
  const sends: Parameters<PlainProducer['send']>[] = []
  const producer: Pick<PlainProducer, 'send'> = {
    send(...args) {
      sends.push(args)
      return Promise.resolve([])
    },
  }
  await resendRecord(producer, { topic: 'visits', partition: 3, key, value })
  expect(sends).toHaveLength(1)
  return sends[0]!
}

test('a record goes to the partition of its key, with its bytes unchanged', async () => {
  const key = Buffer.from('c-1')
  expect(await sent(key)).toEqual(['visits', [{ key, value }]])
})

test('a record without a key goes back to its partition', async () => {
  expect(await sent(null)).toEqual(['visits', [{ key: Buffer.alloc(0), value, partition: 3 }]])
})
