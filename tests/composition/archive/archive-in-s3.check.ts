/** The archive in an S3 server of another maker: `npm run check:python`. */
import { openArchiver } from '../../../composition/archive/archiver.ts'
import { replayScore } from '../../../composition/archive/replay-score.ts'
import { exportParquet } from '../../../composition/export-parquet.ts'
import { verifyServed } from '../../../composition/verify/verify-served.ts'
import { smallReleases } from '../../../bench/small-models.ts'
import { openStore } from '../../../files/objects/open-store.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { releases } from '../../../schemas/models/releases.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { deploy, type Deployment } from '../../end-to-end/deployment-under-test.ts'
import { startS3Server } from '../../files/objects/s3-server.ts'

const START = Date.UTC(2026, 5, 1)
const PLACE = 's3://bank/scoreline/archive'

let server: Awaited<ReturnType<typeof startS3Server>>
let deployment: Deployment
beforeAll(async () => {
  server = await startS3Server('bank')
  deployment = await deploy({ ARCHIVE_DIRECTORY: PLACE, AWS_ENDPOINT_URL_S3: server.address })
  await deployment.publisher.publish(releases as Topic, smallReleases(Date.now()))
  await deployment.start()
  await deployment.publisher.publish(
    transactions as Topic,
    Array.from({ length: 40 }, (_, index) => ({
      ...{ id: `t${index}`, occurredAt: START + index * 600_000, source: 'test' },
      ...{ customerId: `c${index % 5}`, accountId: 'a1', amountMinor: (index % 3 === 0 ? 1 : -1) * index * 100 },
      ...{ balanceMinor: 10_000, currency: 'CNY', kind: 'card', category: 'food', counterparty: null, channel: null },
    })),
  )
  await deployment.untilCaughtUp()
}, 240_000)
afterAll(async () => {
  await deployment.close()
  await server.stop()
})

async function archiveAll() {
  const archiver = await openArchiver(deployment.context)
  try {
    return await archiver.pass(true)
  } finally {
    await archiver.close()
  }
}

test('what is archived in a bucket replays a score to the same bytes, and is verified', async () => {
  await archiveAll()
  expect((await openStore(PLACE, server.address).list('topics/')).length).toBeGreaterThan(20)
  // The lease is given back.
  expect(await openStore(PLACE, server.address).has('archiver.json')).toBe(false)
  const [score] = await deployment.database
    .selectFrom('score_history')
    .select(['id'])
    .where('task', '=', 'loan-demand')
    .limit(1)
    .execute()
  expect(await replayScore(deployment.context, score!.id)).toMatchObject({ outcome: 'equal' })
  const outcome = await verifyServed(deployment.context, { database: false, allowGaps: false, fromArchive: true })
  expect(outcome.ok).toBe(true)
}, 240_000)

test('days are exported to a bucket as Parquet, and those that are there are skipped', async () => {
  const lines: unknown[] = []
  const context = { ...deployment.context, print: (line: string) => lines.push(JSON.parse(line)) }
  const day = '2026-06-01'
  const options = { view: 'bi_score_history', time: 'occurred_at', from: day, to: day, out: 's3://bank/lake' }
  await exportParquet(context, { ...options, again: false })
  await exportParquet(context, { ...options, again: false })
  expect(lines).toMatchObject([
    { day, rows: expect.any(Number) },
    { day, skipped: true },
  ])
  const file = (await openStore('s3://bank/lake', server.address).get(`bi_score_history/day=${day}/rows.parquet`))!
  expect(file.subarray(0, 4).toString()).toBe('PAR1')
})
