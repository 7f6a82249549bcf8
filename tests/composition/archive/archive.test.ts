import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMetrics } from '../../../api/operations/metrics.ts'
import { openArchiver, startArchiver } from '../../../composition/archive/archiver.ts'
import { replayScore } from '../../../composition/archive/replay-score.ts'
import { clientOptions, namingOf } from '../../../composition/kafka.ts'
import { readTopic } from '../../../composition/read-topic.ts'
import { verifyServed } from '../../../composition/verify/verify-served.ts'
import { createAdmin, type Admin } from '../../../kafka/admin/admin.ts'
import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { valueOf } from '../../../kafka/records/record-access.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { releases } from '../../../schemas/models/releases.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { erasures } from '../../../schemas/platform/erasures.ts'
import { journal } from '../../../schemas/platform/platform.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { personDigest } from '../../../streams/erasure/person-digest.ts'
import { smallReleases } from '../../../bench/small-models.ts'
import { deploy, type Deployment } from '../../end-to-end/deployment-under-test.ts'
import { waitFor } from '../../support/services.ts'

const MAIN = join(import.meta.dirname, '../../../main.ts')
const START = Date.UTC(2026, 5, 1)
const CUSTOMERS = 5
const folder = mkdtempSync(join(tmpdir(), 'archive-'))

const transaction = (index: number): Transaction => ({
  ...{ id: `t${index}`, occurredAt: START + index * 600_000, source: 'test' },
  ...{ customerId: `c${index % CUSTOMERS}`, accountId: 'a1', amountMinor: (index % 3 === 0 ? 1 : -1) * index * 100 },
  ...{ balanceMinor: 10_000, currency: 'CNY', kind: 'card', category: 'food', counterparty: null, channel: null },
})

let deployment: Deployment
let admin: Admin

beforeAll(async () => {
  deployment = await deploy({ ARCHIVE_DIRECTORY: folder })
  admin = createAdmin(clientOptions(deployment.context.config, 'test'))
  await deployment.publisher.publish(releases as Topic, smallReleases(Date.now()))
  await deployment.start()
}, 120_000)
afterAll(async () => {
  await admin.close()
  await deployment.close()
})

async function send(from: number, to: number): Promise<void> {
  for (let index = from; index < to; index += 10)
    await deployment.publisher.publish(
      transactions as Topic,
      Array.from({ length: 10 }, (_, place) => transaction(index + place)),
    )
  await deployment.untilCaughtUp()
}

/** Archives everything, as a process that starts now does. */
async function archiveAll() {
  const archiver = await openArchiver(deployment.context)
  try {
    return await archiver.pass(true)
  } finally {
    await archiver.close()
  }
}

async function publishedScores(): Promise<Score[]> {
  const client = createKafkaClient(clientOptions(deployment.context.config, 'test'))
  const list: Score[] = []
  try {
    for await (const { batch, index } of readTopic(client, nameOf(scores as Topic)))
      list.push(codecOf(scores as Topic, releasedRegistry).decode(valueOf(batch, index)!) as Score)
  } finally {
    await client.close()
  }
  return list
}

const nameOf = (topic: Topic) => namingOf(deployment.context.config).topic(topic)
const allFiles = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const filesOf = (topic: Topic, ending: string) =>
  allFiles().filter((path) => path.includes(`/${nameOf(topic)}/`) && path.endsWith(ending))

describe('scores whose topics were emptied after they were archived', () => {
  let old: readonly Score[]
  /** A time between the first events and the next. */
  let between: number

  beforeAll(async () => {
    await send(0, 100)
    // Killed in the middle of its work.
    const child = spawn(process.execPath, [MAIN, 'archive', '--once'], {
      env: { ...process.env, ...deployment.environment },
      stdio: 'ignore',
    })
    const ended = once(child, 'exit')
    // On a busy machine it would otherwise finish before this process sees its first files.
    setPriority(child.pid!, constants.priority.PRIORITY_LOW)
    await waitFor(() => Promise.resolve(allFiles().length > 0), { what: 'the first files', intervalMs: 2 })
    child.kill('SIGKILL')
    expect(await ended).toEqual([null, 'SIGKILL'])

    await archiveAll()
    between = Date.now()
    await send(100, 150)
    await archiveAll()
    await send(150, 200)
    const { records, segments } = await archiveAll()
    expect(records).toBeGreaterThan(50)
    expect(segments).toBeGreaterThan(3)
    expect(await archiveAll()).toMatchObject({ segments: 0, records: 0 })
    old = (await publishedScores()).filter(({ task }) => task === 'loan-demand')
    for (const topic of [transactions, journal, scores] as readonly Topic[]) await admin.purge(nameOf(topic))
    await send(200, 220)
    await deployment.stop()
  }, 180_000)

  test('are replayed to the same bytes: the first, one in the middle, and the last', async () => {
    expect(old.length).toBeGreaterThan(100)
    expect(await publishedScores()).not.toContainEqual(old.at(-1))
    for (const { id, probability } of [old[0]!, old[old.length >> 1]!, old.at(-1)!]) {
      const replayed = await replayScore(deployment.context, id)
      expect(probability).not.toBeNull()
      expect(replayed).toMatchObject({ outcome: 'equal', probability: { served: probability, replayed: probability } })
      expect(replayed.replayed).toEqual(replayed.served)
    }
  }, 120_000)

  test('and by the command', async () => {
    const { out, code } = await scoreline(['scores', 'replay', old[3]!.id])
    expect(out).toContain('The replay gives the same bytes.')
    expect(code).toBe(0)
  }, 60_000)

  test('are verified with everything else, which the topics alone no longer allow', async () => {
    const request = { processors: ['customer-features'], database: false, allowGaps: false }
    const alone = await verifyServed(deployment.context, request)
    expect(alone.ok).toBe(false)
    const { ok, processors, database } = await verifyServed(deployment.context, {
      ...{ database: true, allowGaps: false, fromArchive: true },
    })
    expect([...Object.values(processors).flatMap((one) => one.differences), ...database!.differences]).toEqual([])
    expect(processors['customer-features']!.differences).toEqual([])
    expect(processors['customer-features']!.tasks.map(({ gap }) => gap)).toEqual([undefined, undefined])
    expect(ok).toBe(true)
    expect(processors['customer-features']!.messages.compared).toBeGreaterThan(2 * old.length)
  }, 120_000)

  test('are verified for a span of the past, by the state before it', async () => {
    const request = { processors: ['customer-features'], database: false, allowGaps: false }
    const transactionsIn = async (from: number, to: number) => {
      const { ok, processors } = await verifyServed(deployment.context, { ...request, past: { from, to } })
      const { tasks, differences } = processors['customer-features']!
      expect(differences).toEqual([])
      expect(ok).toBe(true)
      expect(tasks.every(({ state }) => state.compared > 0)).toBe(true)
      return tasks.reduce((sum, task) => sum + task.transactions, 0)
    }
    const [before, after] = [await transactionsIn(0, between), await transactionsIn(between, Date.now())]
    expect(before).toBeGreaterThan(0)
    expect(after).toBeGreaterThan(0)
    expect(await transactionsIn(0, Date.now())).toBe(before + after)
    expect(await transactionsIn(between, between)).toBe(0)
  }, 120_000)

  test('can’t be replayed from a damaged file, which is named, nor without it', async () => {
    const [path] = filesOf(journal as Topic, '.zst')
    const whole = readFileSync(path!)
    const damaged = Buffer.from(whole)
    damaged[whole.length >> 1]! ^= 1
    writeFileSync(path!, damaged)
    const replayAll = async () => {
      for (const { id } of [old[0]!, old[1]!, old[2]!, old[3]!, old[4]!]) await replayScore(deployment.context, id)
    }
    await expect(replayAll()).rejects.toThrow(`${path} is damaged: it does not match its checksum`)
    renameSync(path!, `${path}.gone`)
    await expect(replayAll()).rejects.toThrow(`${path} is missing from the archive`)
    writeFileSync(path!, whole)
    await replayAll()
  }, 120_000)

  test('are lacking if a segment is lacking', async () => {
    const path = filesOf(transactions as Topic, '.json').find((one) => !one.includes('/0000000000000000-'))
    const whole = readFileSync(path!)
    renameSync(path!, `${path}.gone`)
    const outcome = await verifyServed(deployment.context, {
      ...{ processors: ['customer-features'], database: false, allowGaps: false, fromArchive: true },
    })
    writeFileSync(path!, whole)
    expect(outcome.ok).toBe(false)
    const gaps = outcome.processors['customer-features']!.tasks.map(({ gap }) => gap)
    expect(gaps).toContainEqual(expect.stringContaining(`the archive lacks ${nameOf(transactions as Topic)}-`))
  }, 120_000)

  test('are not replayed once their person is erased; those of others are', async () => {
    const person = old[0]!.customerId
    await deployment.publisher.publish(erasures as Topic, [
      {
        ...{ id: 'erasure-1', occurredAt: Date.now(), source: 'test', digest: personDigest(person) },
        refusedUntil: Date.now() + 86_400_000,
      },
    ])
    expect(await replayScore(deployment.context, old[0]!.id)).toEqual({
      ...{ id: old[0]!.id, outcome: 'erased', digest: personDigest(person) },
    })
    const other = old.findLast(({ customerId }) => customerId !== person)!
    const stillEqual = async () => {
      expect(await replayScore(deployment.context, other.id)).toMatchObject({ outcome: 'equal' })
      const outcome = await verifyServed(deployment.context, {
        ...{ processors: ['customer-features'], database: false, allowGaps: false, fromArchive: true },
      })
      expect(outcome.processors['customer-features']!.differences).toEqual([])
      expect(outcome).toMatchObject({ ok: true, erased: [personDigest(person)] })
    }
    await stillEqual()
    expect((await archiveAll()).erased).toBeGreaterThan(3)
    expect((await archiveAll()).erased).toBe(0)
    await expect(replayScore(deployment.context, old[0]!.id)).rejects.toThrow('removed with an erased person')
    await stillEqual()
  }, 120_000)
})

test('the part archives by itself, and another process is refused meanwhile', async () => {
  const before = filesOf(releases as Topic, '.json').length
  await deployment.publisher.publish(releases as Topic, smallReleases(Date.now()))
  const metrics = createMetrics()
  const part = await startArchiver(deployment.context, metrics)
  try {
    await waitFor(() => Promise.resolve(filesOf(releases as Topic, '.json').length > before), { what: 'the releases' })
    expect(part.trouble()).toBeUndefined()
    const archivedAt = async () =>
      Number(/^scoreline_archive_timestamp_seconds (\S+)$/m.exec(await metrics.text())?.[1] ?? 0)
    await waitFor(async () => (await archivedAt()) > 0, { what: 'the end of the pass' })
    expect(Math.abs((await archivedAt()) - Date.now() / 1_000)).toBeLessThan(60)
    expect(await scoreline(['archive', '--once'])).toEqual({ code: 1, out: '' })
  } finally {
    await part.stop()
  }
  const { code, out } = await scoreline(['archive', '--once'])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ removed: 0, erased: 0, seconds: expect.any(Number) })
}, 60_000)

test('what retention deletes before it is archived is told once, with the number of offsets', async () => {
  const lost = new Map<string, number>()
  const metrics = {
    archived() {},
    gapFound: (reader: string, topic: string, offsets: number) => void lost.set(`${reader}/${topic}`, offsets),
  }
  const publish = (from: number, to: number) =>
    deployment.publisher.publish(
      transactions as Topic,
      Array.from({ length: to - from }, (_, index) => transaction(from + index)),
    )
  await publish(1_000, 1_020)
  await admin.purge(nameOf(transactions as Topic))
  await publish(1_020, 1_040)
  const archiver = await openArchiver({ ...deployment.context, log: () => {} }, undefined, metrics)
  try {
    await archiver.pass(true)
    expect([...lost.keys()]).toEqual([`archive/${nameOf(transactions as Topic)}`])
    expect([...lost.values()][0]).toBeGreaterThanOrEqual(1)
    lost.clear()
    await publish(1_040, 1_060)
    await archiver.pass(true)
    expect(lost.size).toBe(0)
  } finally {
    await archiver.close()
  }
}, 60_000)

function scoreline(words: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const env = { ...process.env, ...deployment.environment }
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...words], { env }, (error, out) =>
      resolve({ code: error === null ? 0 : Number(error.code), out }),
    )
  })
}
