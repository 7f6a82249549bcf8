import type { Fetcher, KafkaClient } from '../../../kafka/client.ts'
import { startStandby } from '../../../streams/checkpoint/standby.ts'
import { createHealth } from '../../../streams/health.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { createNaming } from '../../../streams/naming.ts'
import { memoryStore } from '../../../streams/state/memory-store.ts'
import type { StoreShelf } from '../../../streams/state/store-shelf.ts'
import { waitFor } from '../../support/services.ts'
import { counting } from '../counting-processor.ts'

test('a standby whose fetches fail is reported until they work again', async () => {
  let failure: Error | undefined = new Error('The topic is missing.')
  const fetcher: Partial<Fetcher> = {
    assign: () => Promise.resolve(),
    unassign: () => {},
    assigned: () => [],
    take: () => undefined,
    peek: () => undefined,
    failing: () => failure,
  }
  const client: Partial<KafkaClient> = { listOffset: () => Promise.resolve(0) }
  const shelf: Partial<StoreShelf> = {
    forStandby: () => Promise.resolve(memoryStore() as never),
    put: () => Promise.resolve(),
  }
  const health = createHealth()
  const standby = startStandby(
    {
      processor: counting,
      client: client as KafkaClient,
      naming: createNaming('standby-health.'),
      changelogId: 'changelog',
      checkpointAgeMsMax: 60_000,
      shelf: shelf as StoreShelf,
      log: () => {},
      health,
      metrics: noMetrics,
    },
    fetcher as Fetcher,
    3,
  )
  try {
    await waitFor(() => Promise.resolve(health.trouble()), { what: 'a report' })
    expect(health.trouble()).toMatch(/standby of counting\/3 .*The topic is missing/)
    failure = undefined
    await waitFor(() => Promise.resolve(health.trouble() === undefined), { what: 'no report' })
  } finally {
    await standby.stop()
  }
})
