import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brokers } from './kafka-under-test.ts'

/** Jars of Apache Kafka that `deploy/prepare.js` fetches: its own client is the reference for ours. */
const jars = join(import.meta.dirname, '../../deploy/broker/lib/*')
const java = ['-Xmx128m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', jars]
const bootstrap = ['--bootstrap-server', brokers.join(',')]

/**
 * Returns the committed values that Java’s consumer reads from partition 0: at least as many as asked for, if they
 * arrive within fifteen seconds.
 */
export async function javaReads(topic: string, count: number): Promise<string[]> {
  const options = ['--topic', topic, '--partition', '0', '--offset', 'earliest', '--isolation-level', 'read_committed']
  const end = ['--max-messages', String(count), '--timeout-ms', '15000']
  const command = [...java, 'org.apache.kafka.tools.consumer.ConsoleConsumer', ...bootstrap, ...options, ...end]
  const { stdout } = await promisify(execFile)('java', command, { maxBuffer: 1 << 28 })
  return stdout.split('\n').slice(0, -1)
}

/** Writes `key:value` lines with Java’s producer. */
export async function javaWrites(topic: string, compression: string, lines: readonly string[]): Promise<void> {
  const options = ['--topic', topic, '--compression-codec', compression, '--batch-size', '100000', '--timeout', '100']
  const keys = ['--reader-property', 'parse.key=true', '--reader-property', 'key.separator=:']
  const command = [...java, 'org.apache.kafka.tools.ConsoleProducer', ...bootstrap, ...options, ...keys]
  const child = spawn('java', command, { stdio: ['pipe', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`Java's producer ended with ${code}: ${complaints}`)
}
