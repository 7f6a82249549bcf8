/** What the checks make of what they find, by examples. */
import type { Operation } from '../../../../kafka/admin/authorized-operations.ts'
import { copiesFinding } from '../../../../composition/doctor/checks/brokers.ts'
import { channelFindings } from '../../../../composition/doctor/checks/channels.ts'
import { grantFindings } from '../../../../composition/doctor/checks/database-rights.ts'
import { deadLetterFindings } from '../../../../composition/doctor/checks/dead-letters.ts'
import { spaceFinding } from '../../../../composition/doctor/checks/disk.ts'
import { groupFindings } from '../../../../composition/doctor/checks/groups.ts'
import { clusterFindings, missingRights } from '../../../../composition/doctor/checks/kafka-rights.ts'
import { migrationFindings } from '../../../../composition/doctor/checks/migrations.ts'
import { versionFinding } from '../../../../composition/doctor/checks/node.ts'
import { serverFindings } from '../../../../composition/doctor/checks/postgres.ts'
import { missingFinding, topicFindings } from '../../../../composition/doctor/checks/topics.ts'
import { verificationFinding } from '../../../../composition/doctor/checks/verification.ts'
import { skewFinding } from '../../../../composition/doctor/skew.ts'

const GIB = 2 ** 30
const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

const statuses = (findings: readonly { readonly status: string }[]) => findings.map(({ status }) => status)
const operations = (...names: Operation[]): ReadonlySet<Operation> => new Set(names)

test.each([
  ['24.1.0', 'ok'],
  ['20.0.0', 'ok'],
  ['18.20.1', 'error'],
])('Node %s: %s', (version, status) => expect(versionFinding(version).status).toBe(status))

test.each([
  [50, 100, 'ok'],
  [9, 100, 'warning'],
  [0.4, 1, 'error'],
  [0.4, 100, 'error'],
])('%d of %d GiB free: %s', (free, total, status) =>
  expect(spaceFinding({ freeBytes: free * GIB, totalBytes: total * GIB }).status).toBe(status),
)

// The other clock read 1,000 ms between 900 and 1,100 ms of this one in the first case, and so on.
test.each([
  [1_000, 900, 1_100, 'ok', ''],
  [10_000, 5_000, 12_000, 'ok', ''],
  [8_000, 1_000, 3_000, 'warning', '5.0 s ahead of'],
  [1_000, 4_500, 9_000, 'warning', '3.5 s behind'],
  [100_000, 1_000, 2_000, 'error', '98.0 s ahead of'],
])('a clock at %d ms, read between %d and %d: %s', (otherMs, beforeMs, afterMs, status, found) =>
  expect(skewFinding('It', { otherMs, beforeMs, afterMs })).toMatchObject({
    status,
    found: expect.stringContaining(found) as string,
  }),
)

test('copies beyond the number of brokers are an error', () => {
  expect(copiesFinding(3, 3)).toEqual([])
  expect(statuses(copiesFinding(3, 1))).toEqual(['error'])
})

describe('topics', () => {
  const wanted = { name: 'visits', partitions: 4, replicationFactor: 3, minInSyncReplicas: 2, configs: { a: '1' } }
  const found = { name: 'visits', exists: true, partitionCount: 4, copies: 3, leaderless: 0, operations: operations() }
  const settings = (min: string, a: string) =>
    new Map([
      [
        'visits',
        new Map([
          ['min.insync.replicas', min],
          ['a', a],
        ]),
      ],
    ])

  test('a topic as declared has no findings, and a higher min.insync.replicas is kept', () => {
    expect(topicFindings([wanted], [found], settings('2', '1'))).toEqual([])
    expect(topicFindings([wanted], [found], settings('3', '1'))).toEqual([])
  })

  test.each([
    ['partitions', { partitionCount: 8 }, '2', '1', 'visits has 8 partitions, and 4 are configured.'],
    ['leaders', { leaderless: 2 }, '2', '1', '2 partitions of visits have no leader.'],
    ['copies', { copies: 2 }, '2', '1', 'visits has 2 copies, and TOPIC_REPLICATION is 3.'],
    ['settings', {}, '2', '7', 'visits has a=7, not 1.'],
    ['too few in sync', {}, '1', '1', 'visits has min.insync.replicas=1, not 2.'],
    ['more in sync than copies', {}, '4', '1', 'visits has min.insync.replicas=4 and 3 copies: it accepts no records.'],
  ])('differing %s are named', (_, change, min, a, text) =>
    expect(topicFindings([wanted], [{ ...found, ...change }], settings(min, a)).map((one) => one.found)).toEqual([
      text,
    ]),
  )

  test('missing topics are counted, and the first few named', () => {
    expect(missingFinding([])).toEqual([])
    const [finding] = missingFinding(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
    expect(finding!.found).toBe('7 topics are missing: a, b, c, d, e and 2 more.')
  })
})

test('a missing operation is one error, with the resources that lack it', () => {
  const resources = [
    { name: 'a', operations: operations('Read') },
    { name: 'b', operations: operations('Read', 'Write') },
  ]
  expect(missingRights('topic', resources, ['Read'])).toEqual([])
  expect(missingRights('topic', resources, ['Read', 'Write']).map(({ found }) => found)).toEqual([
    'Write is missing on 1 topics: a.',
  ])
})

test('Create is needed only while topics are missing', () => {
  expect(clusterFindings(operations('Create', 'Alter'), false)).toEqual([])
  expect(clusterFindings(operations('Alter'), true)).toEqual([])
  expect(statuses(clusterFindings(operations(), false))).toEqual(['warning', 'warning'])
})

test('groups: no process at all, one group idle, a large lag', () => {
  const state = { group: 'a', members: 2, lag: 10 }
  expect(statuses(groupFindings([state]))).toEqual(['ok'])
  expect(groupFindings([{ ...state, members: 0 }])[0]!.found).toBe('No process runs the processors.')
  const mixed = groupFindings([state, { group: 'b', members: 0, lag: 3 }, { group: 'c', members: 1, lag: 200_000 }])
  expect(mixed.map(({ found }) => found)).toEqual([
    'b has no member and 3 records to read.',
    'c has 200000 records to read.',
  ])
})

test('PostgreSQL: writable and maintained', () => {
  const server = { version: 180_004, name: '18.4', readOnly: false }
  expect(statuses(serverFindings(server))).toEqual(['ok'])
  expect(statuses(serverFindings({ ...server, readOnly: true }))).toEqual(['error'])
  expect(statuses(serverFindings({ ...server, version: 130_000 }))).toEqual(['warning'])
})

test('grants and migrations', () => {
  expect(statuses(grantFindings({ tables: [], mayCreate: true }))).toEqual(['ok'])
  const without = grantFindings({ tables: [{ table: 'visits', rights: ['INSERT'] }], mayCreate: false })
  expect(without.map(({ found }) => found)).toEqual([
    'Rights are missing on 1 tables: visits (INSERT).',
    'This user may create no tables: it can’t migrate the database.',
  ])
  expect(statuses(migrationFindings({ pending: [], unknown: [] }))).toEqual(['ok'])
  expect(statuses(migrationFindings({ pending: ['0034-x'], unknown: ['0035-y'] }))).toEqual(['error', 'warning'])
})

test('channels: missing secrets, held, dead deliveries', () => {
  const channel = { name: 'crm', missingSecrets: [], held: false, dead: 0 }
  expect(statuses(channelFindings([]))).toEqual(['ok'])
  expect(statuses(channelFindings([channel]))).toEqual(['ok'])
  const bad = channelFindings([{ ...channel, missingSecrets: ['crm-key'], held: true, dead: 4 }])
  expect(bad.map(({ found }) => found)).toEqual([
    'The channel crm names the secret crm-key, which is not set here.',
    'The channel crm is held.',
    'The channel crm has 4 dead deliveries.',
  ])
})

test('dead letters of the last day are warnings, older ones are not', () => {
  const count = { processor: 'customers', code: 'UNDECODABLE', count: 9, recent: 0 }
  expect(deadLetterFindings([count])).toEqual([{ status: 'ok', found: 'No dead letters within a day; 9 in all.' }])
  expect(statuses(deadLetterFindings([{ ...count, recent: 2 }, count]))).toEqual(['warning'])
})

test('a verification is too old, found differences, or was never made', () => {
  const nowMs = Date.parse('2026-11-30T12:00:00Z')
  const last = { at: '2026-11-30T11:00:00Z', what: 'customers/3', differences: 0 }
  expect(verificationFinding(last, nowMs, DAY_MS).status).toBe('ok')
  expect(verificationFinding(last, nowMs + DAY_MS, DAY_MS).status).toBe('warning')
  expect(verificationFinding({ ...last, differences: 1 }, nowMs, DAY_MS).status).toBe('error')
  expect(verificationFinding(undefined, nowMs, DAY_MS).status).toBe('warning')
})
