import { createAdmin, type Admin } from '../../kafka/admin/admin.ts'
import { topicConfigs } from '../../kafka/admin/config-requests.ts'
import { createCluster } from '../../kafka/cluster/cluster.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { createNaming } from '../../streams/naming.ts'
import { platformTopics } from '../../streams/platform-topics.ts'
import { brokers, uniqueName, waitFor } from '../support/services.ts'

const options = { brokers: brokers(), clientId: 'platform-topics-test' }
const admin: Admin = createAdmin(options)
const cluster = createCluster(options)
afterAll(async () => {
  await admin.close()
  await cluster.close()
})

test('an installation that dropped features after 30 days keeps the newest of each customer from its next start on', async () => {
  const naming = createNaming(`${uniqueName('older')}.`)
  const [wanted] = platformTopics(naming, { topics: [customerFeatures as Topic], processors: [], partitions: 1 })
  const { name, configs } = wanted!
  const before = { 'cleanup.policy': 'delete', 'retention.ms': String(30 * DAY_MS) }
  await admin.ensureTopics([{ name, partitions: 1, replicationFactor: 1, configs: before }])

  expect(await admin.ensureTopics([{ ...wanted!, replicationFactor: 1 }])).toMatchObject({
    created: [],
    altered: [name],
  })
  // A broker shows a change a moment after the controller has made it.
  const now = await waitFor(
    async () => {
      const shown = (await topicConfigs(cluster, [name])).get(name)!
      return Object.entries(configs).every(([key, value]) => shown.get(key) === value) ? shown : undefined
    },
    { what: 'the settings of the topic' },
  )
  expect([now.get('cleanup.policy'), now.get('min.compaction.lag.ms')]).toEqual(['compact', String(30 * DAY_MS)])
  await admin.deleteTopics([name])
})
