import { KafkaError, RecordTooLargeError } from '../../../kafka/errors.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { isRecordError } from '../../../streams/task/record-errors.ts'
import { UndeclaredTableError } from '../../../streams/settings/global-tables.ts'
import { StateFormatError } from '../../../streams/state/state-format-error.ts'
import { StoreDamagedError, StoreTakenOverError, StoreWriteError } from '../../../streams/state/store-errors.ts'

const withCode = (message: string, code: string | number) => Object.assign(new Error(message), { code })

test.each([
  new TypeError('a bug'),
  new RangeError('Invalid string length'),
  new EventError('INVALID', 'so'),
  new RecordTooLargeError('too large', 'MESSAGE_TOO_LARGE', 'abortable'),
  withCode('MDB_BAD_VALSIZE: Unsupported size of key', -30781),
])('records may be to blame for %s', (error) => {
  expect(isRecordError(error)).toBe(true)
})

test.each([
  new KafkaError('away', 'NETWORK_EXCEPTION', 'retriable'),
  new KafkaError('late', 'DELIVERY_TIMEOUT', 'abortable'),
  new KafkaError('fenced', 'PRODUCER_FENCED', 'fatal'),
  new StoreDamagedError('torn'),
  new StoreWriteError('full'),
  new StoreTakenOverError('late'),
  new StateFormatError('old'),
  new UndeclaredTableError('policies', 'a processor'),
  withCode('no space left on device', 'ENOSPC'),
  withCode('too many open files', 'EMFILE'),
  withCode('MDB_READERS_FULL: Environment maxreaders limit reached', -30790),
  new DOMException('stopped', 'AbortError'),
])('no record is to blame for %s', (error) => {
  expect(isRecordError(error)).toBe(false)
})
