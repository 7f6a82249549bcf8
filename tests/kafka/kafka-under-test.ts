import { randomBytes } from 'node:crypto'
import { createAdmin } from '../../kafka/admin/admin.ts'

/** Addresses of the real broker for these tests, from `KAFKA_BROKERS`. */
export const brokers = (process.env['KAFKA_BROKERS'] ?? '127.0.0.1:9092').split(',')

/** Returns a name that no other test, and no earlier run of this one, has used. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomBytes(5).toString('hex')}`

export interface TestTopic {
  readonly partitions?: number
  readonly configs?: Readonly<Record<string, string>>
  readonly prefix?: string
}

const admin = createAdmin({ brokers, clientId: 'kafka-under-test' })

/** Creates a new topic for a test and returns its name. */
export async function createTopic({ partitions = 1, configs = {}, prefix = 'test' }: TestTopic = {}): Promise<string> {
  const name = uniqueName(prefix)
  await admin.ensureTopics([{ name, partitions, configs }])
  return name
}

afterAll(() => admin.close())
