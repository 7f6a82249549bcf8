/**
 * Lower bounds: the cost of copying the same records and rows without any computation, which no platform on these
 * servers can undercut.
 */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdmin } from '../kafka/admin/admin.ts'
import { createKafkaClient } from '../kafka/kafka-client.ts'
import { openDatabase } from '../store/database.ts'
import { cpuSeconds } from './benchmark.ts'
import { readAll } from './sb-s/read-all.ts'

export interface CopiedRecords {
  readonly records: number
  readonly seconds: number
  readonly cpuSeconds: number
}

const RECORDS_PER_TRANSACTION = 20_000

/** Copies every record of the topics byte for byte to another topic, exactly once, with our client. */
export async function copyTopics(
  brokers: readonly string[],
  topics: readonly string[],
  partitions: number,
): Promise<CopiedRecords> {
  const target = `bench-copy-${randomBytes(4).toString('hex')}`
  const options = { brokers, clientId: 'bench-copy' }
  const admin = createAdmin(options)
  await admin.ensureTopics([{ name: target, partitions, replicationFactor: 1 }])
  const client = createKafkaClient(options)
  const producer = client.transactionalProducer(target)
  try {
    await producer.init()
    const cpuBefore = process.cpuUsage()
    const startedAt = performance.now()
    let records = 0
    let inTransaction = 0
    producer.begin()
    for (const topic of topics) {
      const [described] = await client.describeTopics([topic])
      for await (const batch of readAll(client, topic, described!.partitionCount)) {
        for (let index = 0; index < batch.count; index++) {
          const keyStart = batch.keyStarts[index]!
          const valueStart = batch.valueStarts[index]!
          const valueLength = batch.valueLengths[index]!
          const keyLength = batch.keyLengths[index]!
          const key = keyLength < 0 ? null : batch.bytes.subarray(keyStart, keyStart + keyLength)
          const value = valueLength < 0 ? null : batch.bytes.subarray(valueStart, valueStart + valueLength)
          producer.append(target, batch.partition % partitions, batch.timestamps[index]!, key, value)
        }
        records += batch.count
        inTransaction += batch.count
        if (inTransaction < RECORDS_PER_TRANSACTION) continue
        await producer.commit()
        producer.begin()
        inTransaction = 0
      }
    }
    await producer.commit()
    return { records, seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: cpuSeconds(cpuBefore) }
  } finally {
    await producer.close()
    await client.close()
    await admin.deleteTopics([target])
    await admin.close()
  }
}

export interface CopiedRows {
  readonly rows: number
  readonly seconds: number
}

/**
 * Copies every row of the tables with `COPY … (FORMAT binary)` from a file on the server into empty tables with the
 * same columns and indexes.
 */
export async function copyTables(url: string, tables: readonly string[]): Promise<CopiedRows> {
  const database = openDatabase({ url, poolMax: 1, statementTimeoutMs: 0 })
  const { pool } = database
  const file = join(tmpdir(), `bench-copy-${randomBytes(4).toString('hex')}`)
  let rows = 0
  let seconds = 0
  try {
    for (const table of tables) {
      const target = `copy_of_${table}`
      await pool.query(`create table ${target} (like ${table} including all)`)
      await pool.query(`copy (select * from ${table}) to '${file}' (format binary)`)
      await pool.query('checkpoint')
      const startedAt = performance.now()
      const { rowCount } = await pool.query(`copy ${target} from '${file}' (format binary)`)
      seconds += (performance.now() - startedAt) / 1_000
      rows += rowCount ?? 0
      await pool.query(`drop table ${target}`)
      rmSync(file, { force: true })
    }
    return { rows, seconds }
  } finally {
    rmSync(file, { force: true })
    await database.destroy()
  }
}
