import { spawn, type ChildProcess } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ClientOptions } from '../../kafka/client.ts'
import { createMoments, type Moments } from './moments.ts'
import type { LoopSettings } from './transaction-loop.ts'

/**
 * Transactions of the platform's client and of Java's, beside everything else: the stalls of both show the cost of a
 * fault.
 */
export interface StallClocks {
  readonly ours: Moments
  readonly java: Moments
  close(): void
}

export interface StallClocksOptions {
  readonly directory: string
  readonly client: Pick<ClientOptions, 'brokers' | 'tls' | 'sasl'>
  /** Certificate in PEM, if TLS is used. */
  readonly certificateFile: string | undefined
  readonly topic: string
  readonly partitions: number
  /** Names whose coordinators the two clients share, so that a fault affects all of them. */
  readonly transactionalId: string
  readonly groupId: string
}

const PAUSE_MS = 100
const JARS = fileURLToPath(new URL('../../deploy/broker/lib/*', import.meta.url))
const javaProgram = fileURLToPath(new URL('./TransactionLoop.java', import.meta.url))
const program = fileURLToPath(new URL('./transaction-loop.ts', import.meta.url))

export function startStallClocks(options: StallClocksOptions): StallClocks {
  const { directory, client, topic, partitions, transactionalId, groupId } = options
  const java = createMoments()
  const ours = createMoments()
  const names = (who: string) => ({
    transactionalId: neighbourOf(transactionalId, `stalls-${who}`),
    groupId: neighbourOf(groupId, `stalls-${who}`),
  })
  const loop = JSON.stringify({ client, topic, partitions, pauseMs: PAUSE_MS, ...names('ours') } satisfies LoopSettings)
  const javaNames = names('java')
  const settings = join(directory, 'java-client.properties')
  writeFileSync(settings, javaSettings(options, names('java').transactionalId), { mode: 0o600 })
  const children = [
    start(
      'java',
      [
        '-Xmx128m',
        '-XX:TieredStopAtLevel=1',
        '-cp',
        JARS,
        javaProgram,
        settings,
        topic,
        String(partitions),
        String(PAUSE_MS),
        javaNames.groupId,
      ],
      java,
    ),
    start(process.execPath, ['--disable-warning=ExperimentalWarning', program, loop], ours),
  ]

  function start(command: string, words: readonly string[], moments: Moments): ChildProcess {
    const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.trim().split('\n')) moments.record(Number(line))
    })
    const log = join(directory, `stalls-${moments === java ? 'java' : 'ours'}.log`)
    child.stderr.on('data', (data: Buffer) => appendFileSync(log, data))
    child.on('error', () => {})
    return child
  }

  return { ours, java, close: () => children.forEach((child) => child.kill('SIGKILL')) }
}

function javaSettings({ client, certificateFile }: StallClocksOptions, transactionalId: string): string {
  const { sasl } = client
  return Object.entries({
    'bootstrap.servers': client.brokers.join(','),
    'transactional.id': transactionalId,
    ...(certificateFile === undefined
      ? {}
      : { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': certificateFile, 'security.protocol': 'SASL_SSL' }),
    ...(sasl === undefined
      ? {}
      : {
          'sasl.mechanism': sasl.mechanism,
          'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${sasl.username}" password="${sasl.password}";`,
        }),
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

/** Partitions of the internal topics on the campaign's brokers. */
const INTERNAL_PARTITIONS = 4

/**
 * Returns a name that falls into the same partition of Kafka's internal topics. So the same broker coordinates it, even
 * after that partition moves.
 */
function neighbourOf(name: string, prefix: string): string {
  const partitionOf = (text: string) => (hashOf(text) & 0x7f_ff_ff_ff) % INTERNAL_PARTITIONS
  for (let attempt = 0; ; attempt++) {
    const candidate = `${prefix}-${attempt}`
    if (partitionOf(candidate) === partitionOf(name)) return candidate
  }
}

/** Java's `String.hashCode`. */
function hashOf(text: string): number {
  let hash = 0
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0
  return hash
}
