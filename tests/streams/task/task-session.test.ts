import { createHealth } from '../../../streams/health.ts'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fetcher } from '../../../kafka/client.ts'
import { transactions } from '../../../schemas/customers/banking.ts'
import { clock } from '../../../schemas/platform/clock.ts'
import { releasedRegistry } from '../../../schemas/release/registry.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message, type Topic } from '../../../schemas/topic.ts'
import { emptyTables, globalsVersion, type GlobalsVersion } from '../../../streams/settings/global-tables.ts'
import { noMetrics } from '../../../streams/metrics.ts'
import { createStoreShelf } from '../../../streams/state/store-shelf.ts'
import type { TaskContext } from '../../../streams/task/task-context.ts'
import { openTaskSession, type TaskSession } from '../../../streams/task/task-session.ts'
import { counting, globalsWith, halving, transaction } from '../counting-processor.ts'
import { createStream, type StreamUnderTest } from '../stream-under-test.ts'

let stream: StreamUnderTest
let fetchers: Fetcher[]
beforeEach(async () => {
  stream = await createStream([counting], { partitions: 1 })
  fetchers = []
})
afterEach(async () => {
  await Promise.all(fetchers.map((fetcher) => fetcher.close()))
  await stream.close()
})

/** Returns the context of a process with its own state folder. */
function processAt(stateDirectory: string): TaskContext {
  const fetcher = stream.client.fetcher({})
  fetchers.push(fetcher)
  const globals: GlobalsVersion = {
    ...globalsVersion(emptyTables([]), []),
    ...globalsWith(halving()),
    settingsVersion: () => 'model-1',
  }
  return {
    processor: counting,
    inputTopics: [transactions as Topic, clock as Topic],
    client: stream.client,
    fetcher,
    naming: stream.naming,
    registry: releasedRegistry,
    globals: { current: () => globals, topicIds: () => new Map(), asOf: () => 0, close: () => Promise.resolve() },
    group: () => ({ groupId: stream.naming.group(counting), generationId: -1, memberId: '', groupInstanceId: null }),
    partitionCountOf: () => 1,
    forwardedTopics: new Set(),
    changelogId: 'changelog',
    accepted: new Set(),
    shelf: createStoreShelf(stateDirectory),
    log: () => {},
    metrics: noMetrics,
    onFatal: () => {},
    commitIntervalMs: 10,
    commitPace: undefined,
    checkpointIntervalMs: 0,
    unflushedBytesMax: 1 << 20,
    recordsMax: 1_000,
    bytesMax: 1 << 20,
    cachedRecordsMax: 1_000,
    fencedPauseMs: 100,
    health: createHealth(),
    checkpointAgeMsMax: 1e9,
  }
}

const open = async (context: TaskContext): Promise<TaskSession> =>
  (await openTaskSession(context, 0, new AbortController().signal))!
const publish = (...amounts: number[]) =>
  stream.publish(amounts.map((amount) => message(transactions, transaction('c1', amount))))

async function workUntil(run: TaskSession, count: number): Promise<void> {
  const deadline = performance.now() + 30_000
  while ((await stream.readAll(scores)).length < count) {
    if (performance.now() > deadline) throw new Error(`${count} scores did not come`)
    const { worked } = await run.transact()
    if (!worked) await delay(20)
  }
}

test('a checkpoint that a former owner writes late leaves out what its successor has done meanwhile', async () => {
  const folders = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'task-run-')))
  const former = await open(processAt(folders[0]!))
  await publish(1, 2, 3)
  await workUntil(former, 3)
  // The previous owner is paused here; another process takes over the task and continues.
  const successor = await open(processAt(folders[1]!))
  await publish(4, 5)
  await workUntil(successor, 5)
  // It resumes with its next step, the checkpoint; then the task returns to it.
  await former.checkpointIfDue()
  expect(former.isCheckpointing()).toBe(false)
  await former.close('lost')
  await successor.close('lost')
  const again = await open(processAt(folders[0]!))
  await publish(6)
  await workUntil(again, 6)
  await again.close('finished')
  const rows = (await stream.readAll(scores)).map(({ row }) => [...row])
  expect(rows).toEqual([
    [1, 1],
    [2, 3],
    [3, 6],
    [4, 10],
    [5, 15],
    [6, 21],
  ])
}, 90_000)
