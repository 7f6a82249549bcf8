import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startContinuousVerification } from '../../../composition/verify/continuous-verification.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { readConfig } from '../../../config.ts'
import { ensureTopics } from '../../../composition/kafka.ts'
import { brokers, uniqueName, waitFor } from '../../support/services.ts'

test('tasks are verified one after another in a process of its own, and the results are reported', async () => {
  const environment = {
    KAFKA_BROKERS: brokers().join(','),
    TOPIC_PREFIX: `${uniqueName('verification')}.`,
    TOPIC_PARTITIONS: '1',
    DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'verification-')),
  }
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const)
  // The verifying process gets the configuration of this one.
  Object.assign(process.env, environment)
  const context: CommandContext = {
    config: { ...readConfig(environment), VERIFY_INTERVAL_MINUTES: 1 / 600 },
    log: () => {},
    print: () => {},
    stopped: new AbortController().signal,
    fail: (error) => console.error(error),
  }
  await ensureTopics(context)
  const told: [string, number, number][] = []
  const part = startContinuousVerification(
    context,
    { verified: (processor, transactions, differences) => void told.push([processor, transactions, differences]) },
    1,
  )
  try {
    await waitFor(() => told.length >= 2, { what: 'two verified tasks', timeoutMs: 60_000 })
    expect(told[0]![0]).not.toBe(told[1]![0])
    expect(told.every(([, , differences]) => differences === 0)).toBe(true)
  } finally {
    await part.stop()
    // Restores the same object: a new one would no longer be the environment of the process.
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}, 90_000)
