import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startContinuousVerification } from '../../../composition/verify/continuous-verification.ts'
import type { CommandContext } from '../../../composition/context.ts'
import { readConfig } from '../../../config.ts'
import { ensureTopics } from '../../../composition/kafka.ts'
import { brokers, uniqueName, waitFor } from '../../support/services.ts'

const environment = {
  KAFKA_BROKERS: brokers().join(','),
  TOPIC_PREFIX: `${uniqueName('verification')}.`,
  TOPIC_PARTITIONS: '1',
  DATA_DIRECTORY: mkdtempSync(join(tmpdir(), 'verification-')),
}
const context: CommandContext = {
  config: { ...readConfig(environment), VERIFY_INTERVAL_MINUTES: 1 / 600 },
  log: () => {},
  print: () => {},
  stopped: new AbortController().signal,
  fail: (error) => console.error(error),
}

// The verifying process gets the configuration of this one.
const before = Object.keys(environment).map((name) => [name, process.env[name]] as const)
beforeAll(() => Object.assign(process.env, environment))
afterAll(() => {
  // Restores the same object: a new one would no longer be the environment of the process.
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
})

test('tasks are verified one after another in a process of its own, and the results are reported', async () => {
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
  }
}, 90_000)

test('a process that ends without a report is a failure, with what it printed', async () => {
  const failures: unknown[] = []
  process.env['TOPIC_PARTITIONS'] = 'many'
  const part = startContinuousVerification(
    { ...context, log: (level, _message, fields) => level === 'warn' && failures.push(fields?.['error']) },
    { verified: () => {} },
    1,
  )
  try {
    await waitFor(() => failures.length >= 2, { what: 'two failures', timeoutMs: 60_000 })
    expect(String(failures[0])).toMatch(/verify ended with \d+ and no report: .*TOPIC_PARTITIONS/s)
    expect(part.trouble!()).toContain('TOPIC_PARTITIONS')
  } finally {
    await part.stop()
    process.env['TOPIC_PARTITIONS'] = environment.TOPIC_PARTITIONS
  }
}, 90_000)
