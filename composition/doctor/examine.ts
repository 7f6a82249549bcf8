import { statfs } from 'node:fs/promises'
import type { Config } from '../../config.ts'
import { createInspection, type Inspection } from '../../kafka/admin/inspection.ts'
import { openDatabase, type Database } from '../../store/database.ts'
import { clientOptions } from '../kafka.ts'
import { databaseUrlOf } from '../services.ts'
import type { Examined } from './check.ts'
import { checks } from './checks.ts'
import { hideSecrets } from './hide-secrets.ts'
import { runChecks, type Outcome } from './run-checks.ts'

/** A broker that does not answer for so long counts as silent; a new one takes seconds to make its internal topics. */
const REQUEST_TIMEOUT_MS = 10_000
/** Connections: some checks of the database run at the same time. */
const POOL_MAX = 3

/** Runs every check with this configuration. The outcomes hold no secrets. */
export async function examine(
  config: Config,
  changes: Partial<Pick<Examined, 'nowMs' | 'diskOf'>> = {},
): Promise<readonly Outcome[]> {
  let kafka: Inspection | undefined
  let database: Database | undefined
  try {
    const outcomes = await runChecks(checks, {
      config,
      nowMs: Date.now,
      async diskOf(folder) {
        const { bsize, bavail, blocks } = await statfs(folder)
        return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
      },
      ...changes,
      kafka: () =>
        (kafka ??= createInspection({ ...clientOptions(config, 'doctor'), requestTimeoutMs: REQUEST_TIMEOUT_MS })),
      database: () =>
        (database ??= openDatabase({
          url: databaseUrlOf(config),
          poolMax: POOL_MAX,
          applicationName: 'scoreline-doctor',
        })),
    })
    return hideSecrets(config, outcomes)
  } finally {
    await kafka?.close()
    await database?.destroy()
  }
}
