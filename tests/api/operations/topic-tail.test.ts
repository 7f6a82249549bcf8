import { tailTopic } from '../../../composition/api/topic-tail.ts'
import { createAdmin } from '../../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { erasures } from '../../../schemas/platform/erasures.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { reportOnly, visits, type Visit } from '../../../schemas/visits/visits.ts'
import { brokers, uniqueName } from '../../support/services.ts'
import { apiUnderTest, type ApiUnderTest } from '../api-under-test.ts'

const prefix = `${uniqueName('tail')}.`
const options = { brokers: brokers(), clientId: 'tail-test' }
const admin = createAdmin(options)
const client = createKafkaClient(options)
const address = `${prefix}visits`
const { encode } = codecOf(visits, releasedRegistry)

let api: ApiUnderTest
let url: string
beforeAll(async () => {
  await admin.ensureTopics([{ name: address, partitions: 2 }])
  api = await apiUnderTest({
    addressOf: ({ name }) => `${prefix}${name}`,
    tail: (request) => tailTopic(client, request),
  })
  url = await api.server.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await api.close()
  await client.close()
  await admin.deleteTopics([address])
  await admin.close()
})

const visit = (number: number): Visit => ({
  ...{ id: `v${number}`, occurredAt: 0, source: 'test', visitId: `v${number}`, revision: 0, withdrawn: false },
  ...{ opportunityId: 'o', customerId: `c${number}`, salespersonId: 's', text: 'asked for the rate' },
  ...reportOnly,
})

/** Publishes visits in a transaction, to a partition. */
async function publish(numbers: readonly number[], partition: number, outcome: 'commit' | 'abort' = 'commit') {
  const producer = client.transactionalProducer(uniqueName('crm'))
  await producer.init()
  producer.begin()
  for (const number of numbers)
    producer.append(address, partition, Date.now(), Buffer.from(`c${number}`), encode(visit(number)))
  if (outcome === 'abort') await producer.flush()
  await producer[outcome]()
  await producer.close()
}

/** Opens a tail, and returns how to read its lines and how to leave it. */
async function open(query: string) {
  const leaving = new AbortController()
  const response = await fetch(`${url}/topics/visits/tail?${query}`, { signal: leaving.signal })
  expect(response.status).toBe(200)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    leave: () => leaving.abort(),
    async line(): Promise<Record<string, unknown> | undefined> {
      while (!text.includes('\n')) {
        const { value, done } = await reader.read()
        if (done) return undefined
        text += value
      }
      const [first, ...rest] = text.split('\n')
      text = rest.join('\n')
      return JSON.parse(first!) as Record<string, unknown>
    },
  }
}

test('shows the newest committed records and then those that arrive, and ends with its time', async () => {
  await publish([1, 2], 0)
  await publish([3], 1, 'abort')
  const tail = await open('last=20&seconds=4')
  expect(await tail.line()).toEqual({ topic: 'visits' })
  expect([await tail.line(), await tail.line()].map((one) => one!['key'])).toEqual(['c1', 'c2'])
  await publish([4], 1)
  expect(await tail.line()).toMatchObject({ partition: 1, key: 'c4', value: { visitId: 'v4' } })
  expect(await tail.line()).toBeUndefined()
}, 30_000)

test('reads one partition, and refuses what does not exist', async () => {
  const tail = await open('last=200&partition=1&seconds=60')
  await tail.line()
  expect(await tail.line()).toMatchObject({ partition: 1, key: 'c4' })
  tail.leave()
  const refused = async (path: string) => {
    const response = await fetch(`${url}${path}`)
    return [response.status, ((await response.json()) as { detail: string }).detail]
  }
  expect(await refused('/topics/visits/tail?partition=7')).toEqual([
    404,
    expect.stringContaining('they are 0 to 1') as string,
  ])
  expect(await refused('/topics/weather/tail')).toEqual([404, expect.stringContaining('GET /topics') as string])
  expect(await refused(`/topics/${erasures.name}/tail`)).toEqual([404, expect.stringContaining('no topic') as string])
  const listed = (await (await fetch(`${url}/topics`)).json()) as { items: { topic: string }[] }
  expect(listed.items.map(({ topic }) => topic)).toContain((visits as Topic).name)
}, 30_000)

test('ten tails are open at once, and one that is left makes room', async () => {
  const tails = await Promise.all(Array.from({ length: 10 }, () => open('last=0&seconds=60')))
  await Promise.all(tails.map((tail) => tail.line()))
  expect((await fetch(`${url}/topics/visits/tail`)).status).toBe(503)
  tails[0]!.leave()
  let status = 503
  for (let attempt = 0; attempt < 50 && status === 503; attempt++) {
    const leaving = new AbortController()
    status = (await fetch(`${url}/topics/visits/tail?last=0`, { signal: leaving.signal })).status
    leaving.abort()
  }
  for (const tail of tails) tail.leave()
  expect(status).toBe(200)
}, 30_000)
