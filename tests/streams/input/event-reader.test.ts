import { batchHeaders, readRecords } from '../../../kafka/records/record-batch-reader.ts'
import { createRecordBatchWriter } from '../../../kafka/records/record-batch-writer.ts'
import { transactions, type Transaction } from '../../../schemas/customers/banking.ts'
import { codecOf } from '../../../schemas/avro/codec.ts'
import type { EventErrorCode } from '../../../schemas/event-error.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import type { Topic } from '../../../schemas/topic.ts'
import { createEventReader, type Reading } from '../../../streams/input/event-reader.ts'

const NOW = Date.UTC(2026, 0, 31, 12)
const event: Transaction = {
  id: 't-1',
  occurredAt: NOW,
  source: 'test',
  customerId: 'VIP1234',
  accountId: 'a-1',
  amountMinor: -100,
  balanceMinor: null,
  currency: 'CNY',
  kind: 'card',
  category: 'QQQQ',
  counterparty: null,
  channel: null,
}
const value = codecOf(transactions, releasedRegistry).encode(event)
/** 张三 in another encoding; decoded carelessly it becomes “�”s, as does 李四. */
const gbk = Buffer.from('d5c5c8fd', 'hex')
const named = (bytes: Buffer) => Buffer.concat([Buffer.from('VIP'), bytes])

function readingOf(key: Buffer | null, bytes: Buffer, timestamp = NOW): Reading {
  const writer = createRecordBatchWriter()
  writer.append(timestamp, key, bytes)
  const batch = writer.finish(-1n, -1, -1, false, 'none')
  const [header] = [...batchHeaders(batch, 'transactions-0')]
  return createEventReader(
    transactions as Topic,
    releasedRegistry,
    1,
  )(readRecords(batch, header!, 'transactions', 0, 0)!, 0)
}

function replaced(text: string, bytes: Buffer): Buffer {
  const at = value.indexOf(text)
  return Buffer.concat([value.subarray(0, at), bytes, value.subarray(at + text.length)])
}

function refusal(reading: Reading): { code: EventErrorCode; message: string } {
  if (reading.kind !== 'refused') throw new Error(`It was taken as ${reading.kind}.`)
  const { code, message } = reading.error
  return { code, message }
}

test('a good record is an event', () => {
  expect(readingOf(Buffer.from('VIP1234'), value)).toMatchObject({ kind: 'event', key: 'VIP1234', event })
})

test('text in another encoding is refused, in the key as in a field, and never becomes another customer', () => {
  const inBoth = replaced('VIP1234', named(gbk))
  expect(refusal(readingOf(named(gbk), inBoth))).toEqual({
    code: 'NOT_UTF8',
    message: 'A string is not valid UTF-8. A field of transactions has the bytes 564950d5c5c8fd.',
  })
  expect(refusal(readingOf(named(gbk), value))).toEqual({
    code: 'NOT_UTF8',
    message: 'A string is not valid UTF-8. The key has the bytes 564950d5c5c8fd.',
  })
  expect(refusal(readingOf(Buffer.from('VIP1234'), replaced('QQQQ', gbk))).code).toBe('NOT_UTF8')
})

test('a record without a timestamp is refused with what to do about it', () => {
  const { code, message } = refusal(readingOf(Buffer.from('VIP1234'), value, -1))
  expect(code).toBe('NO_TIMESTAMP')
  expect(message).toContain('LogAppendTime')
})

test('the longest id is taken as a key, a longer one is not', () => {
  const longest = '客'.repeat(170)
  const encode = (customerId: string) => codecOf(transactions, releasedRegistry).encode({ ...event, customerId })
  expect(readingOf(Buffer.from(longest), encode(longest))).toMatchObject({ kind: 'event', key: longest })
  const { code, message } = refusal(readingOf(Buffer.from(`${longest}客`), encode(`${longest}客`)))
  expect(code).toBe('INVALID')
  expect(message).toContain('1 to 512 bytes of UTF-8')
})
