import { UnclearCommitError } from '../../../kafka/errors.ts'
import { createGroupCommit, type GroupCommit, type GroupCommitOptions } from '../../../kafka/producer/group-commit.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import type { KafkaClient } from '../../../kafka/client.ts'
import type { RecordPlace } from '../../../kafka/producer/pending-send.ts'
import { brokers, createTopic, uniqueName } from '../kafka-under-test.ts'
import { readToEnd } from '../read-to-end.ts'
import { apiKeys, startTcpProxy } from '../tcp-proxy.ts'
import type { Fate, TcpProxy } from '../tcp-proxy.ts'

const direct = createKafkaClient({ brokers, clientId: 'group-commit-test' })
afterAll(() => direct.close())

let proxy: TcpProxy
let client: KafkaClient
let commits: GroupCommit[] = []
beforeEach(async () => {
  proxy = await startTcpProxy(brokers[0]!)
  client = createKafkaClient({
    brokers,
    clientId: 'group-commit',
    requestTimeoutMs: 500,
    resolveBroker: proxy.resolveBroker,
  })
})
afterEach(async () => {
  proxy.decide = () => 'pass'
  await Promise.all(commits.map((commit) => commit.close()))
  commits = []
  await client.close()
  await proxy.close()
})

function start(topic: string, changes: Partial<GroupCommitOptions> = {}): GroupCommit {
  const commit = createGroupCommit(client, {
    transactionalId: uniqueName('group-commit'),
    topics: [topic],
    deliveryTimeoutMs: 600,
    retryMs: 5_000,
    outcomeTimeoutMs: 5_000,
    ...changes,
  })
  commits.push(commit)
  return commit
}

const record = (value: string, partition = 0) => ({ key: 'key', value: Buffer.from(value), partition })

/** Applies these fates to the next requests of that API; later ones, and all other requests, pass. */
function meets(apiKey: number, ...fates: readonly Fate[]): () => number {
  let met = 0
  proxy.decide = (request) => (request.apiKey === apiKey ? (fates[met++] ?? 'pass') : 'pass')
  return () => Math.min(met, fates.length)
}

async function recordsOf(
  topic: string,
  partition = 0,
): Promise<readonly { readonly offset: number; readonly value: string }[]> {
  const { values, offsets } = await readToEnd(direct, topic, { partition })
  return values.map((value, index) => ({ value, offset: offsets[index]! }))
}

const written = async (topic: string, partition = 0) => (await readToEnd(direct, topic, { partition })).values
const again = (fate: Fate, times: number): Fate[] => Array.from({ length: times }, () => fate)

describe('group commit', () => {
  it('returns the true place of each record, for calls that share a transaction and calls that do not', async () => {
    const topic = await createTopic({ partitions: 2 })
    const commit = start(topic)
    const first = await commit.write(topic, [record('a'), record('b', 1), record('c')])
    const places = await Promise.all([
      commit.write(topic, [record('d')]),
      commit.write(topic, [record('e', 1), record('f')]),
      commit.write(topic, [record('g')]),
    ])
    const values = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const found = [first, ...places].flat()
    for (const partition of [0, 1]) {
      const records = await recordsOf(topic, partition)
      const told = found.flatMap((place, index) =>
        place.partition === partition ? [[place.offset, values[index]]] : [],
      )
      expect(told).toEqual(records.map(({ offset, value }) => [offset, value]))
    }
    const ends = proxy.seen.filter(({ apiKey }) => apiKey === apiKeys.endTxn)
    expect(ends.length).toBe(3)
  })

  it.each(['cut', 'cutAnswer', 'drop', 'dropAnswer'] as const)(
    'meets %s at Produce: all are taken, once',
    async (loss) => {
      const topic = await createTopic({ partitions: 2 })
      const commit = start(topic)
      await commit.write(topic, [record('first'), record('first', 1)])
      const met = meets(apiKeys.produce, loss, 'pass', loss)
      for (const round of [1, 2, 3]) await commit.write(topic, [record(`${round}`), record(`${round}`, 1)])
      expect(met()).toBe(3)
      for (const partition of [0, 1]) expect(await written(topic, partition)).toEqual(['first', '1', '2', '3'])
    },
  )

  it('accepts none if one partition does not answer within the delivery timeout, and reports it', async () => {
    const topic = await createTopic({ partitions: 2 })
    const commit = start(topic, { retryMs: 1_000 })
    await commit.write(topic, [record('first')])
    let first = true
    proxy.decide = ({ apiKey, bytes }) => {
      if (apiKey !== apiKeys.produce || !bytes.includes('lost')) return 'pass'
      const fate = first ? 'cutAnswer' : 'drop'
      first = false
      return fate
    }
    const refused = await commit.write(topic, [record('lost'), record('lost', 1)]).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Error)
    expect(refused).not.toBeInstanceOf(UnclearCommitError)
    proxy.decide = () => 'pass'
    await commit.write(topic, [record('later'), record('later', 1)])
    expect(await written(topic)).toEqual(['first', 'later'])
    expect(await written(topic, 1)).toEqual(['later'])
  })

  it('finds out that a commit without an answer was executed', async () => {
    const topic = await createTopic()
    const commit = start(topic)
    await commit.write(topic, [record('first')])
    const met = meets(apiKeys.endTxn, ...again('dropAnswer', 6))
    const sent = commit.write(topic, [record('unclear'), record('too')])
    const [{ offset }] = (await sent) as [RecordPlace]
    expect(met()).toBeGreaterThan(1)
    proxy.decide = () => 'pass'
    await commit.write(topic, [record('later')])
    const records = await recordsOf(topic)
    expect(records.map(({ value }) => value)).toEqual(['first', 'unclear', 'too', 'later'])
    expect(records[1]!.offset).toBe(offset)
  })

  it('finds out that a commit that never arrived was not carried out, and writes again', async () => {
    const topic = await createTopic()
    const commit = start(topic)
    await commit.write(topic, [record('first')])
    const met = meets(apiKeys.endTxn, ...again('drop', 6))
    const [{ offset }] = (await commit.write(topic, [record('unclear')])) as [RecordPlace]
    expect(met()).toBeGreaterThan(1)
    const records = await recordsOf(topic)
    expect(records.map(({ value }) => value)).toEqual(['first', 'unclear'])
    expect(records[1]!.offset).toBe(offset)
  })

  it('reports that no broker can say whether a commit happened, and continues afterwards', async () => {
    const topic = await createTopic()
    const commit = start(topic, { outcomeTimeoutMs: 1_000 })
    await commit.write(topic, [record('first')])
    let ended = false
    proxy.decide = ({ apiKey }) => {
      ended ||= apiKey === apiKeys.endTxn
      return ended ? 'cut' : 'pass'
    }
    await expect(commit.write(topic, [record('unclear')])).rejects.toBeInstanceOf(UnclearCommitError)
    proxy.decide = () => 'pass'
    await commit.write(topic, [record('later')])
    expect(await written(topic)).toEqual(['first', 'later'])
  })

  it('refuses only the records that are too large for the topic', async () => {
    const topic = await createTopic({ configs: { 'max.message.bytes': '2000' } })
    const commit = start(topic)
    await commit.write(topic, [record('first')])
    const calls = ['a', 'x'.repeat(3_000), 'b'].map((value) => commit.write(topic, [record(value)]))
    const fates = await Promise.allSettled(calls)
    expect(fates.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(fates[1]).toMatchObject({ reason: { code: 'MESSAGE_TOO_LARGE' } })
    expect(await written(topic)).toEqual(['first', 'a', 'b'])
  })

  it('continues under another id after another owner has taken its own', async () => {
    const topic = await createTopic()
    const transactionalId = uniqueName('shared')
    const [one, other] = [start(topic, { transactionalId }), start(topic, { transactionalId })]
    const values = Array.from({ length: 12 }, (_, i) => String(i))
    for (const value of values)
      await Promise.all([one.write(topic, [record(`one-${value}`)]), other.write(topic, [record(`other-${value}`)])])
    const sorted = (await written(topic)).toSorted()
    expect(sorted).toEqual(values.flatMap((value) => [`one-${value}`, `other-${value}`]).toSorted())
  })

  it('many writers, while connections break again and again: each learns where its records are, and they are there once', async () => {
    const topic = await createTopic({ partitions: 3 })
    const commit = start(topic, { deliveryTimeoutMs: 3_000, retryMs: 30_000 })
    const told = new Map<string, number>()
    const cutting = setInterval(() => proxy.cutAll(), 60)
    try {
      const writer = async (name: number) => {
        for (let i = 0; i < 15; i++) {
          const value = `${name}/${i}`
          const places = await commit.write(
            topic,
            [0, 1, 2].map((partition) => record(value, partition)),
          )
          for (const { partition, offset } of places) told.set(`${partition}/${value}`, offset)
        }
      }
      await Promise.all(Array.from({ length: 10 }, (_, name) => writer(name)))
    } finally {
      clearInterval(cutting)
    }
    for (const partition of [0, 1, 2]) {
      const records = await recordsOf(topic, partition)
      expect(records.length).toBe(150)
      for (const { value, offset } of records) expect(told.get(`${partition}/${value}`)).toBe(offset)
    }
  })
})
