/** Rights on a cluster with ACLs: none at all, all of them, and one that is missing on one topic. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Finding } from '../../../../composition/doctor/check.ts'
import { examine } from '../../../../composition/doctor/examine.ts'
import { ensureTopics } from '../../../../composition/kafka.ts'
import { readConfig, type Config } from '../../../../config.ts'
import { startOwnCluster, type OwnCluster } from '../../../support/own-cluster.ts'
import { waitFor } from '../../../support/services.ts'

const USER = 'platform'
let cluster: OwnCluster
let config: Config

beforeAll(async () => {
  cluster = await startOwnCluster({ secure: true, nodeCount: 1 })
  const { certificateFile, users } = cluster.security!
  config = readConfig({
    KAFKA_BROKERS: cluster.brokers.join(','),
    KAFKA_TLS: 'true',
    KAFKA_TLS_CA_FILE: certificateFile,
    KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
    KAFKA_SASL_USERNAME: USER,
    KAFKA_SASL_PASSWORD: users[USER],
    DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'rights-')),
  })
}, 120_000)
afterAll(() => cluster?.remove(), 60_000)

/** Returns the findings of these checks as text. The database is not configured, which is an error of its own. */
async function found(...names: string[]): Promise<string> {
  const outcomes = await examine(config)
  const findings = outcomes.flatMap(({ check, findings: list }): readonly Finding[] =>
    names.includes(check) ? list : [],
  )
  return findings.map(({ status, found: text }) => `${status}: ${text}`).join('\n')
}

async function untilFound(pattern: RegExp, name: string): Promise<void> {
  const what = `${name} to say ${pattern}`
  await waitFor(async () => pattern.test(await found(name)), { what, intervalMs: 500 }).catch(
    async (error: unknown) => {
      throw new Error(await found(name), { cause: error })
    },
  )
}

test('rights that are missing are named, and found once they are granted', async () => {
  expect(await found('kafka rights')).toMatch(/^error: Write is missing on \d+ topics: /m)
  expect(await found('kafka rights')).toMatch(/^error: Read is missing on \d+ groups: scoreline\./m)
  expect(await found('broker clock')).toMatch(/^error: .*TRANSACTIONAL_ID_AUTHORIZATION_FAILED/)
  expect(JSON.stringify(await examine(config))).not.toContain(cluster.security!.users[USER])
  await cluster.allow(USER)
  await waitFor(
    () =>
      ensureTopics({ config, log: () => {}, print: () => {}, stopped: AbortSignal.any([]), fail: () => {} }).then(
        () => true,
      ),
    { what: 'the rights to reach the broker' },
  )
  // The test's ACLs give no rights on the cluster itself.
  await untilFound(/^warning: Alter is missing on the cluster: [^\n]*$/, 'kafka rights')
  await untilFound(/^ok: Broker 1 and this machine agree/, 'broker clock')
  await cluster.forbidWriting(USER, 'visits')
  await untilFound(/^error: Write is missing on 1 topics: visits\.$/m, 'kafka rights')
}, 180_000)
