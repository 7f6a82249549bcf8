/**
 * Loaded before a platform process (`node --import`): counts the Kafka requests of each of its threads by kind, and
 * writes the counts to a file per thread in `COUNT_REQUESTS_IN` once a second.
 */
import { tracingChannel } from 'node:diagnostics_channel'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'

/** https://kafka.apache.org/protocol#protocol_api_keys */
const NAMES: Readonly<Record<number, string>> = {
  0: 'produce',
  1: 'fetch',
  2: 'listOffsets',
  3: 'metadata',
  9: 'offsetFetch',
  12: 'heartbeat',
  22: 'initProducerId',
  24: 'addPartitionsToTxn',
  26: 'endTxn',
  28: 'txnOffsetCommit',
}
const EVERY_MS = 1_000

const file = join(process.env['COUNT_REQUESTS_IN']!, `${process.pid}-${threadId}.json`)
const counts: Record<string, number> = {}

tracingChannel<unknown, { readonly apiKey: number }>('plt:kafka:connections:api').start.subscribe((message) => {
  const { apiKey } = message as { readonly apiKey: number }
  const name = NAMES[apiKey] ?? 'other'
  counts[name] = (counts[name] ?? 0) + 1
})
setInterval(() => writeFileSync(file, JSON.stringify(counts)), EVERY_MS).unref()
