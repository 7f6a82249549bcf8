/** Damages the file of a view while it is open, over a broker that the test plays. */
import { mkdtempSync, openSync, statSync, writeSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fetcher, KafkaClient, RecordBatch } from '../../../kafka/client.ts'
import { createHealth } from '../../../streams/health.ts'
import { openTopicView } from '../../../streams/views/topic-view.ts'
import { waitFor } from '../../support/services.ts'

const KEY = Buffer.from('c-1')
const VALUE = Buffer.from('1')

/** One partition with one record. */
const batch = {
  topic: 't',
  partition: 0,
  count: 1,
  offsets: Float64Array.of(0),
  keyStarts: Int32Array.of(0),
  keyLengths: Int32Array.of(KEY.length),
  valueStarts: Int32Array.of(KEY.length),
  valueLengths: Int32Array.of(VALUE.length),
  bytes: Buffer.concat([KEY, VALUE]),
} as unknown as RecordBatch

function fetcherOfOne(): Fetcher {
  let position = 0
  let isClosed = false
  return {
    assign: (_at: unknown, from: number) => Promise.resolve(void (position = from)),
    failing: () => (isClosed ? new Error('The fetcher is closed.') : undefined),
    peek: () => (position === 0 ? batch : undefined),
    take: () => (position === 0 ? ((position = 1), batch) : undefined),
    position: () => position,
    endOffset: () => 1,
    lastResponseAt: () => Date.now(),
    close: () => Promise.resolve(void (isClosed = true)),
  } as unknown as Fetcher
}
const client = {
  describeTopics: () => Promise.resolve([{ name: 't', topicId: 'first', partitionCount: 1 }]),
  listOffset: (_at: unknown, which: string) => Promise.resolve(which === 'earliest' ? 0 : 1),
  fetcher: fetcherOfOne,
} as unknown as KafkaClient

test('a view that is found damaged is reported as missing, and is rebuilt', async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'view-')), 'view')
  const lines: string[] = []
  const view = await openTopicView({
    client,
    topic: 't',
    directory,
    tombstonesKeptMs: 86_400_000,
    accepts: () => true,
    log: (_level, message) => void lines.push(message),
    health: createHealth(),
  })
  const isServed = () => view.state().isComplete && view.get('c-1')?.toString() === '1'
  await waitFor(isServed, { what: 'the view' })

  // All pages but the two head pages.
  const file = join(directory, 'data.mdb')
  const handle = openSync(file, 'r+')
  const { size } = statSync(file)
  writeSync(handle, Buffer.alloc(size - 8_192), 0, size - 8_192, 8_192)
  closeSync(handle)
  await waitFor(() => view.get('c-1') === undefined, { what: 'the damage to be seen' })
  expect(view.state().isComplete).toBe(false)
  await waitFor(isServed, { what: 'the new view' })
  expect(lines).toContain('A local view is damaged and is built anew from its topic')
  await view.close()
})
