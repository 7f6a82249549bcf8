import { startDispatch } from '../../../composition/deliveries/dispatch.ts'
import { createHealth } from '../../../streams/health.ts'
import { openDatabase } from '../../../store/database.ts'
import { migrate } from '../../../store/migrate.ts'
import { freshDatabase, waitFor } from '../../support/services.ts'

test('a database that accepts no changes is reported, although each turn between two reviews of the queue succeeds', async () => {
  const fresh = await freshDatabase()
  const writing = openDatabase({ url: fresh.url, poolMax: 1 })
  await migrate(writing)
  const readOnly = new URL(fresh.url)
  readOnly.searchParams.set('options', '-c default_transaction_read_only=on')
  const database = openDatabase({ url: readOnly.href, poolMax: 1 })
  const health = createHealth()
  const dispatch = startDispatch({
    database,
    health,
    outbound: { send: () => Promise.reject(new Error('nothing is to be sent')), close: () => Promise.resolve() },
    metrics: { deliveryBacklogs: () => {}, deliveryAttempted: () => {}, alertReported: () => {} },
    log: () => {},
    concurrency: 1,
    retryPolicy: { firstMs: 1_000, maxMs: 1_000, maxAgeMs: 1_000 },
    leaseMs: 1_000,
  })
  try {
    await waitFor(() => /Taking deliveries.*read-only/.test(health.trouble() ?? ''), {
      what: 'trouble with the read-only database',
      timeoutMs: 12_000,
    })
  } finally {
    await dispatch.stop()
    await Promise.all([database.destroy(), writing.destroy()])
    await fresh.drop()
  }
})
